package io.atalaya.hotlistmatch.metrics;

import io.atalaya.flink.metrics.LatencyHistogram;

import org.apache.flink.metrics.MetricGroup;

/**
 * The time from the arrival of a list change until one subtask applies it. The list that is read
 * from its beginning when the job starts is not measured.
 */
public final class ListChangeLatency {
    private final LatencyHistogram latency;

    /** Wall clock of the first change; only changes that arrive later are measured. 0 before it. */
    private long liveSince;

    public ListChangeLatency(MetricGroup metrics) {
        latency = HotlistMatchMetrics.LIST_CHANGE_TO_EFFECT.measureIn(metrics);
    }

    /**
     * Notes that an entry is in force.
     *
     * @param arrival arrival time of its record, epoch ms
     * @param now wall clock, epoch ms
     */
    public void inForce(long arrival, long now) {
        if (liveSince == 0) {
            liveSince = now;
        }
        if (arrival >= liveSince) {
            latency.update(now - arrival);
        }
    }
}
