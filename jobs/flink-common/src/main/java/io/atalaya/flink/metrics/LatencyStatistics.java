package io.atalaya.flink.metrics;

import org.HdrHistogram.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/** A histogram's values in the form of Flink's reporters. */
final class LatencyStatistics extends HistogramStatistics {
    private final Histogram values;

    LatencyStatistics(Histogram values) {
        this.values = values;
    }

    @Override
    public double getQuantile(double quantile) {
        return values.getValueAtPercentile(quantile * 100);
    }

    /** Unsupported, because it would return as many numbers as were recorded. */
    @Override
    public long[] getValues() {
        throw new UnsupportedOperationException("only quantiles are kept, not the values");
    }

    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, values.getTotalCount());
    }

    @Override
    public double getMean() {
        return values.getTotalCount() == 0 ? 0 : values.getMean();
    }

    @Override
    public double getStdDev() {
        return values.getTotalCount() == 0 ? 0 : values.getStdDeviation();
    }

    @Override
    public long getMax() {
        return values.getMaxValue();
    }

    @Override
    public long getMin() {
        return values.getMinValue();
    }
}
