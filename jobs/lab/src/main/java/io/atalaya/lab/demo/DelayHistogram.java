package io.atalaya.lab.demo;

import org.HdrHistogram.Histogram;

/** Delays in milliseconds. Not thread-safe. */
final class DelayHistogram {
    private final Histogram histogram = new Histogram(3);

    /** A delay below 0 counts as 0, because clocks of one machine may differ by a millisecond. */
    void add(long millis) {
        histogram.recordValue(Math.max(0, millis));
    }

    Percentiles percentiles() {
        return new Percentiles(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(95),
                histogram.getValueAtPercentile(99),
                histogram.getMaxValue());
    }

    /** Percentiles in milliseconds; undefined if count is 0. */
    record Percentiles(long count, long p50, long p95, long p99, long max) {}
}
