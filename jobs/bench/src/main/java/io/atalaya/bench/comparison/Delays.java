package io.atalaya.bench.comparison;

import org.HdrHistogram.Histogram;

/**
 * A distribution of delays, milliseconds.
 *
 * @param missing expected results that did not arrive; not part of the percentiles
 */
public record Delays(long count, long missing, double p50, double p99, double p999, double max) {
    private static final double MICROS_PER_MILLI = 1000;

    /** Collects delays. */
    public static final class Recorder {
        private static final long MAX_MICROS = 600_000_000;
        private static final int DIGITS = 3;

        private final Histogram histogram = new Histogram(MAX_MICROS, DIGITS);

        /** A delay above ten minutes counts as ten minutes, a negative one as none. */
        public void add(long micros) {
            histogram.recordValue(Math.max(0, Math.min(micros, MAX_MICROS)));
        }

        public Delays delays(long missing) {
            return new Delays(
                    histogram.getTotalCount(),
                    missing,
                    histogram.getValueAtPercentile(50) / MICROS_PER_MILLI,
                    histogram.getValueAtPercentile(99) / MICROS_PER_MILLI,
                    histogram.getValueAtPercentile(99.9) / MICROS_PER_MILLI,
                    histogram.getMaxValue() / MICROS_PER_MILLI);
        }
    }
}
