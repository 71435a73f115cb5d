package io.atalaya.bench.comparison;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ComparisonTest {
    /** Its compiler has half as much to do from lap to lap. */
    private static final class Compiled implements Contender {
        private final String name;
        private double compilerSeconds;

        Compiled(String name, double compilerSeconds) {
            this.name = name;
            this.compilerSeconds = compilerSeconds;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Lap lap(int round, long records) {
            Lap lap = new Lap(name, round, records, 1, 1, compilerSeconds, Map.of());
            compilerSeconds /= 2;
            return lap;
        }
    }

    @Test
    void warmsUpUntilTheCompilerIsNearlyIdleForAllContenders() throws Exception {
        List<Lap> shown = new ArrayList<>();

        List<Lap> laps =
                Comparison.run(
                                List.of(new Compiled("long", 0.24), new Compiled("short", 0.04)),
                                100,
                                8,
                                2,
                                0,
                                shown::add)
                        .laps();

        // 0.24, 0.12, 0.06, 0.03; and 0.04, 0.02
        assertThat(shown)
                .extracting(Lap::round)
                .containsExactly(-8, -8, -7, -7, -6, -5, 0, 0, 1, 1);
        assertThat(laps).isEqualTo(shown.subList(6, 10));
        assertThat(laps)
                .extracting(Lap::contender)
                .containsExactly("long", "short", "long", "short");
    }

    @Test
    void readsTheRecordingUntilALapIsLongEnough() throws Exception {
        List<Lap> laps =
                Comparison.run(List.of(new Compiled("fast", 1)), 100, 0, 1, 3, lap -> {}).laps();

        assertThat(laps).containsExactly(new Lap("fast", 0, 300, 3, 3, 1.75, Map.of()));
    }

    @Test
    void limitsTheWarmUpRounds() throws Exception {
        List<Lap> shown = new ArrayList<>();

        Comparison.run(List.of(new Compiled("endless", 1_000)), 100, 3, 1, 0, shown::add);

        assertThat(shown).extracting(Lap::round).containsExactly(-3, -2, -1, 0);
    }

    private static final Comparison COMPARISON =
            new Comparison(
                    List.of(
                            new Lap("slow", 0, 100, 2, 3, 0, Map.of()),
                            new Lap("fast", 0, 100, 1, 1, 0, Map.of()),
                            new Lap("slow", 1, 100, 4, 3, 0, Map.of()),
                            new Lap("fast", 1, 100, 1, 1, 0, Map.of()),
                            // A stall of the machine, which the median leaves out.
                            new Lap("slow", 2, 100, 400, 3, 0, Map.of()),
                            new Lap("fast", 2, 100, 1, 1, 0, Map.of())));

    @Test
    void ratiosAreOfMedians() {
        assertThat(COMPARISON.speed("slow").median()).isEqualTo(25);
        assertThat(COMPARISON.ratio("slow", "fast")).isEqualTo(0.25);
        assertThat(COMPARISON.cpuRatio("slow", "fast")).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(COMPARISON.cpu("slow").median()).isCloseTo(30_000, within(1e-6));
    }

    @Test
    void rejectsAContenderWithoutLaps() {
        assertThatThrownBy(() -> COMPARISON.speed("absent"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
