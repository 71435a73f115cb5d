package io.atalaya.anomaly.series;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SeriesModelTest {
    private static final long STEP = 1_800_000;
    private static final int DAY = 48;

    /** Busy by day and quiet at weekends; 1 January 1970 was a Thursday. */
    private static double typical(int row) {
        int weekday = (row / DAY + 3) % 7;
        double busy = 1 - Math.cos(2 * Math.PI * row / DAY);
        return 100 + (weekday >= 5 ? 20 : 100) * busy;
    }

    private static SeriesModel after(int rows, Random random) {
        SeriesModel model = SeriesModel.fresh();
        for (int row = 0; row < rows; row++) {
            model.update(row * STEP, typical(row) + 5 * random.nextGaussian());
        }
        return model;
    }

    @Test
    void learnsDayAndWeek() {
        Random random = new Random(1);
        int weeks = 6 * 7 * DAY;
        SeriesModel model = after(weeks, random);
        double worst = 0;
        for (int row = weeks; row < weeks + 7 * DAY; row++) {
            SeriesScore evidence =
                    model.update(row * STEP, typical(row) + 5 * random.nextGaussian());
            worst = Math.max(worst, Math.abs(evidence.season() - typical(row)));
        }
        // The hour of the day alone would be wrong by up to 80 at weekends.
        assertThat(worst).isLessThan(20);
    }

    @Test
    void workingDayLikeASundayIsRarest() {
        Random random = new Random(2);
        int weeks = 8 * 7 * DAY;
        SeriesModel model = SeriesModel.fresh();
        double before = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < weeks; row++) {
            SeriesScore evidence =
                    model.update(row * STEP, typical(row) + 5 * random.nextGaussian());
            before = row > weeks / 2 ? Math.max(before, statistic(evidence)) : before;
        }
        double holiday = Double.NEGATIVE_INFINITY;
        for (int row = weeks; row < weeks + DAY; row++) {
            // Values of the previous Sunday.
            double value = typical(row - 4 * DAY) + 5 * random.nextGaussian();
            holiday = Math.max(holiday, statistic(model.update(row * STEP, value)));
        }
        assertThat(holiday).isGreaterThan(before + 0.5);
    }

    private static double statistic(SeriesScore evidence) {
        return evidence.statistic().orElseThrow();
    }

    @Test
    void newLevelIsRareAtFirstOnly() {
        Random random = new Random(3);
        int weeks = 6 * 7 * DAY;
        SeriesModel model = after(weeks, random);
        double[] farthest = new double[15];
        for (int row = weeks; row < weeks + farthest.length * DAY; row++) {
            SeriesScore evidence =
                    model.update(row * STEP, 150 + typical(row) + 5 * random.nextGaussian());
            int day = (row - weeks) / DAY;
            farthest[day] = Math.max(farthest[day], statistic(evidence));
        }
        assertThat(farthest[0]).isGreaterThan(3);
        assertThat(farthest[14]).isLessThan(farthest[0] - 1);
    }

    @Test
    void detectsAStuckSensorAtATypicalValue() {
        Random random = new Random(4);
        int weeks = 4 * 7 * DAY;
        SeriesModel model = after(weeks, random);
        SeriesScore evidence = null;
        for (int row = weeks; row < weeks + 12; row++) {
            evidence = model.update(row * STEP, 110);
        }
        float stuckValue = evidence.features()[22];
        assertThat(stuckValue).isGreaterThan(3);
    }

    /**
     * Values are often rounded to whole miles per hour. Then all earlier deviations are rounding
     * errors, and relative to them the first real deviation is infinite.
     */
    @ParameterizedTest
    @ValueSource(ints = {57, 60, 61})
    void forecastsASeriesThatBeginsWithEqualValues(int free) {
        Random random = new Random(8);
        SeriesModel model = SeriesModel.fresh();
        model.update(0, free);
        model.update(STEP, free);
        for (int row = 2; row < 3 * DAY; row++) {
            int jam = row % DAY < DAY / 8 ? 20 : 0;
            double value = free - jam + Math.rint(2 * random.nextGaussian());
            SeriesScore evidence = model.update(row * STEP, value);
            assertThat(evidence.expected()).as("row %d", row).isBetween(0.0, 100.0);
        }
    }

    @Test
    void hasNoScoreBeforeTheSeriesIsKnown() {
        SeriesModel model = SeriesModel.fresh();
        for (int row = 0; row < SeriesModel.WARM_UP - 1; row++) {
            SeriesScore evidence = model.update(row * STEP, row % 7 == 0 ? 1e9 : 1);
            assertThat(evidence.isKnown()).isFalse();
            assertThat(evidence.score(10)).isEmpty();
        }
    }

    @Test
    void continuesAfterRestore() {
        Random random = new Random(5);
        SeriesModel kept = SeriesModel.fresh();
        SeriesModel restored = SeriesModel.fresh();
        for (int row = 0; row < 20 * DAY; row++) {
            double value = typical(row) + 20 * random.nextGaussian();
            long time = row * STEP + (random.nextInt(50) == 0 ? STEP * 10 : 0);
            restored = SeriesModel.fromBytes(restored.toBytes());
            SeriesScore expected = kept.update(time, value);
            SeriesScore actual = restored.update(time, value);
            assertThat(actual.features()).isEqualTo(expected.features());
        }
        assertThat(kept.toBytes()).hasSize(SeriesModel.BYTES);
        assertThat(SeriesModel.BYTES).isLessThanOrEqualTo(12 * 1024);
    }

    @Test
    void featuresAreFiniteForAllInputs() {
        double[] nasty = {0, 1e12, -1e12, 1e-300, Double.MIN_VALUE, 5, 5, 5, -7};
        Random random = new Random(6);
        SeriesModel model = SeriesModel.fresh();
        long time = 0;
        for (int row = 0; row < 3000; row++) {
            time += new long[] {0, 1, STEP, -STEP, 90L * 86_400_000}[random.nextInt(5)];
            SeriesScore evidence = model.update(time, nasty[random.nextInt(nasty.length)]);
            for (float feature : evidence.features()) {
                assertThat(Float.isFinite(feature))
                        .as("row %d: %s", row, java.util.Arrays.toString(evidence.features()))
                        .isTrue();
            }
        }
    }

    @Test
    void rejectsNonFiniteValuesAndInvalidState() {
        SeriesModel model = SeriesModel.fresh();
        assertThatThrownBy(() -> model.update(0, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("value: got NaN, expected a number from -1.0E12 to 1.0E12");
        byte[] later = model.toBytes();
        later[0] = 9;
        assertThatThrownBy(() -> SeriesModel.fromBytes(later))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of version 9, expected");
    }
}
