package io.atalaya.bench.comparison;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StopwatchTest {
    private static final long TOTAL = 1_000;
    private static final long WARM = 100;

    @Test
    void stopsWhenTheLastStepHasNearlyAllRecords() throws Exception {
        LaterSteps contender = new LaterSteps(0);

        long from = System.nanoTime();
        Lap lap = Stopwatch.time("contender", 0, contender, TOTAL, WARM);
        double elapsed = (System.nanoTime() - from) / 1e9;

        assertThat(lap.records()).isEqualTo(TOTAL - WARM);
        assertThat(lap.seconds()).as("until the last record").isGreaterThan(0.1);
        assertThat(lap.seconds()).as("without the wait").isLessThan(elapsed - 0.2);
    }

    @Test
    void startsWhenTheStartIsOver() throws Exception {
        assertThat(Stopwatch.time("contender", 0, new LaterSteps(4 * WARM), TOTAL, WARM).records())
                .isEqualTo(TOTAL - 4 * WARM);
    }

    @Test
    void countsAllRecordsIfTheStartOutlastsThem() throws Exception {
        assertThat(Stopwatch.time("contender", 0, new LaterSteps(TOTAL), TOTAL, WARM).records())
                .isEqualTo(TOTAL);
    }

    /**
     * The first step passes at once, the others need 100 polls; then a timer sends a record, and
     * 200 polls later the contender is drained.
     */
    private static final class LaterSteps implements Stopwatch.Progress {
        private static final int WORKING = 100;

        private final long startedFrom;
        private long looks;

        /**
         * @param startedFrom number of records after which the start is over
         */
        LaterSteps(long startedFrom) {
            this.startedFrom = startedFrom;
        }

        @Override
        public boolean isStarted() {
            return (looks - 1) * WARM >= startedFrom;
        }

        @Override
        public long passed() {
            return Math.min(TOTAL, looks++ * WARM);
        }

        @Override
        public long taken() {
            return TOTAL * WORKING
                    + TOTAL * Math.min(looks, WORKING)
                    + (looks > 3 * WORKING - 10 ? 1 : 0);
        }

        @Override
        public boolean isDrained() {
            return looks > 3 * WORKING;
        }

        @Override
        public void checkRunning() {
            // It never fails.
        }
    }
}
