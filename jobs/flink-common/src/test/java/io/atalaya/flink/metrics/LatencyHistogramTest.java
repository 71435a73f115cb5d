package io.atalaya.flink.metrics;

import org.apache.flink.metrics.HistogramStatistics;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatencyHistogramTest {
    private final AtomicLong clock = new AtomicLong();
    private final LatencyHistogram latency = new LatencyHistogram(clock::get);

    @Test
    void quantilesAreThoseOfWhatWasRecorded() {
        for (int each = 1; each <= 1_000; each++) {
            latency.update(each);
        }

        HistogramStatistics statistics = latency.getStatistics();
        assertThat(latency.getCount()).isEqualTo(1_000);
        assertThat(statistics.size()).isEqualTo(1_000);
        assertThat(statistics.getQuantile(0.5)).isCloseTo(500, within(5.0));
        assertThat(statistics.getQuantile(0.999)).isCloseTo(1_000, within(10.0));
        assertThat(statistics.getMin()).isEqualTo(1);
    }

    @Test
    void readingTwiceTakesNothingAway() {
        latency.update(7);

        assertThat(latency.getStatistics().size()).isEqualTo(1);
        assertThat(latency.getStatistics().size()).isEqualTo(1);
    }

    @Test
    void quantilesForgetAfterAMinuteAndTheCountDoesNot() {
        latency.update(7);
        latency.getStatistics();
        pass(30);
        latency.update(9);
        assertThat(latency.getStatistics().size()).isEqualTo(2);

        pass(40);
        assertThat(latency.getStatistics().getMax()).isEqualTo(9);

        pass(3_600);
        assertThat(latency.getStatistics().size()).isZero();
        assertThat(latency.getStatistics().getMean()).isZero();
        assertThat(latency.getCount()).isEqualTo(2);
    }

    @Test
    void clocksThatDifferAndCatchUpsBreakNothing() {
        latency.update(-5);
        latency.update(Long.MAX_VALUE);

        assertThat(latency.getStatistics().getMin()).isZero();
        assertThat(latency.getStatistics().getQuantile(1))
                .isCloseTo(LatencyHistogram.MAX_MS, within(LatencyHistogram.MAX_MS / 100.0));
    }

    private void pass(long seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }
}
