package io.atalaya.anomaly.series;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Any series gives finite scores, because {@link SeriesScore} checks its numbers. */
class DegenerateSeriesTest {
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    /** Values at one interval, constant or scattered. */
    record Stretch(int values, long gap, double level, double scatter) {}

    @Provide
    Arbitrary<List<Stretch>> series() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 150),
                        Arbitraries.of(
                                0L, 1L, MINUTE, 5 * MINUTE, DAY, 45 * DAY, 400 * DAY, 20_000 * DAY),
                        Arbitraries.of(0.0, 1.0, -3.5, 1e-300, 1e-9, 1e6, 1e12, -1e12),
                        Arbitraries.of(0.0, 0.0, 1.0, 1e-12, 1e6))
                .as(Stretch::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 150)
    void scoresAreFinite(@ForAll("series") List<Stretch> stretches, @ForAll long seed) {
        Random random = new Random(seed);
        SeriesModel model = SeriesModel.fresh();
        long time = 1_772_542_800_000L;
        for (Stretch stretch : stretches) {
            for (int i = 0; i < stretch.values(); i++) {
                time += stretch.gap();
                double value = stretch.level() + stretch.scatter() * random.nextGaussian();
                model.update(time, Math.max(-1e12, Math.min(1e12, value)));
            }
            model = SeriesModel.fromBytes(model.toBytes());
        }
        // The series then continues like any other.
        for (int i = 0; i < SeriesModel.WARM_UP; i++) {
            time += 5 * MINUTE;
            model.update(time, 4 + random.nextGaussian());
        }
    }

    /** Such as a camera whose clock is set only later. */
    @Test
    void survivesAClockJumpOfDecades() {
        Random random = new Random(1);
        SeriesModel model = SeriesModel.fresh();
        for (int i = 0; i < 5; i++) {
            model.update(i * 5 * MINUTE, 4 + random.nextGaussian());
        }
        SeriesScore evidence = null;
        for (int i = 0; i < 20 * 288; i++) {
            evidence =
                    model.update(
                            1_772_542_800_000L + i * 5 * MINUTE, 4 + 0.3 * random.nextGaussian());
        }
        assertThat(evidence.statistic().orElseThrow()).isLessThan(3);
        assertThat(evidence.expected()).isBetween(3.0, 5.0);
    }
}
