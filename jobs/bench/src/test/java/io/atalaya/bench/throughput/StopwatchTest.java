package io.atalaya.bench.throughput;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class StopwatchTest {
    private static final long TOTAL = 1_000;
    private static final long WARM = 100;

    @Test
    void stopsWhenTheLastStepHasTakenTheLastRecordInNotWhenThatWasCertain() throws Exception {
        LaterSteps contender = new LaterSteps();

        long from = System.nanoTime();
        Lap lap = Stopwatch.time("contender", 0, contender, TOTAL, WARM);
        double elapsed = (System.nanoTime() - from) / (double) TimeUnit.SECONDS.toNanos(1);

        assertThat(lap.records()).isEqualTo(TOTAL - WARM);
        assertThat(lap.seconds()).as("the first look until the last record").isGreaterThan(0.1);
        assertThat(lap.seconds()).as("without the wait").isLessThan(elapsed - 2);
    }

    /** The first step is through at once, the others need another hundred looks. */
    private static final class LaterSteps implements Progress {
        private long looks;

        @Override
        public long passed() {
            return Math.min(TOTAL, looks++ * WARM);
        }

        @Override
        public long taken() {
            return TOTAL + Math.min(looks, 100);
        }

        @Override
        public void requireAlive() {
            // It never fails.
        }
    }
}
