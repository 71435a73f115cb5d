package io.atalaya.flink.metrics;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.apache.flink.metrics.HistogramStatistics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * A histogram of whole numbers, mostly times in milliseconds: count since the start, quantiles of
 * the last minute. Recording takes a few nanoseconds and never waits for a reader.
 */
public final class LatencyHistogram implements org.apache.flink.metrics.Histogram {
    /** Upper limit of recorded times, because only a catch-up takes longer. */
    static final long MAX_MS = 24 * 60 * 60 * 1_000L;

    private static final int DIGITS = 2;
    private static final int SLICES = 6;
    private static final long SLICE_NS = 10_000_000_000L;

    private final Recorder recorder = new Recorder(MAX_MS, DIGITS);
    private final LongAdder count = new LongAdder();
    private final LongSupplier nanoTime;

    /** The last minute, oldest first, without the values since the last reading. */
    private final Deque<Histogram> slices = new ArrayDeque<>();

    private long cutAt;

    public LatencyHistogram() {
        this(System::nanoTime);
    }

    LatencyHistogram(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        cutAt = nanoTime.getAsLong();
        slices.add(new Histogram(MAX_MS, DIGITS));
    }

    /** Records a time; one below 0, caused by clocks that differ, counts as 0. */
    @Override
    public void update(long ms) {
        recorder.recordValue(Math.max(0, Math.min(MAX_MS, ms)));
        count.increment();
    }

    @Override
    public long getCount() {
        return count.sum();
    }

    @Override
    public synchronized HistogramStatistics getStatistics() {
        cut();
        slices.getLast().add(recorder.getIntervalHistogram());
        Histogram minute = new Histogram(MAX_MS, DIGITS);
        slices.forEach(minute::add);
        return new LatencyStatistics(minute);
    }

    /** Starts the slices that are due; values since the last reading go to the newest. */
    private void cut() {
        long passed = (nanoTime.getAsLong() - cutAt) / SLICE_NS;
        cutAt += passed * SLICE_NS;
        for (long each = 0; each < Math.min(passed, SLICES); each++) {
            slices.add(new Histogram(MAX_MS, DIGITS));
        }
        while (slices.size() > SLICES) {
            slices.removeFirst();
        }
    }
}
