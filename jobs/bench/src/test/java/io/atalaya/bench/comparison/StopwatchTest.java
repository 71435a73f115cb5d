package io.atalaya.bench.comparison;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StopwatchTest {
    private static final long TOTAL = 1_000;
    private static final long WARM = 100;

    @Test
    void stopsWhenTheLastStepHasNearlyAllRecords() throws Exception {
        LaterSteps contender = new LaterSteps();

        long from = System.nanoTime();
        Lap lap = Stopwatch.time("contender", 0, contender, TOTAL, WARM);
        double elapsed = (System.nanoTime() - from) / 1e9;

        assertThat(lap.records()).isEqualTo(TOTAL - WARM);
        assertThat(lap.seconds()).as("until the last record").isGreaterThan(0.1);
        assertThat(lap.seconds()).as("without the wait").isLessThan(elapsed - 0.2);
    }

    /**
     * The first step passes at once, the others need 100 polls; then a timer sends a record, and
     * 200 polls later the contender is drained.
     */
    private static final class LaterSteps implements Stopwatch.Progress {
        private static final int WORKING = 100;

        private long looks;

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
