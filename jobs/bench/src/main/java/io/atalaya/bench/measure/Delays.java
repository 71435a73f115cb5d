package io.atalaya.bench.measure;

import org.HdrHistogram.Histogram;

/**
 * A distribution of delays, milliseconds.
 *
 * @param missing expected results that did not arrive; not part of the percentiles
 */
public record Delays(long count, long missing, double p50, double p99, double p999, double max) {
    private static final double MICROS_PER_MILLI = 1000;

    /**
     * @param micros delays in microseconds
     */
    public static Delays of(Histogram micros, long missing) {
        return new Delays(
                micros.getTotalCount(),
                missing,
                micros.getValueAtPercentile(50) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(99) / MICROS_PER_MILLI,
                micros.getValueAtPercentile(99.9) / MICROS_PER_MILLI,
                micros.getMaxValue() / MICROS_PER_MILLI);
    }
}
