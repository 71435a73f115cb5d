package io.atalaya.hotlistmatch.metrics;

import io.atalaya.flink.metrics.LatencyHistogram;

import org.apache.flink.metrics.MetricGroup;

/**
 * How long a change of the list takes until one subtask goes by it. A list that is read from its
 * beginning when the job starts has no such time.
 */
public final class ListChangeLatency {
    private final LatencyHistogram latency;

    /** When the first change came by, since which they are live; 0 before it. */
    private long liveSince;

    public ListChangeLatency(MetricGroup metrics) {
        latency = HotlistMatchMetrics.LIST_CHANGE_TO_EFFECT.measureIn(metrics);
    }

    /**
     * An entry is in force.
     *
     * @param arrival of its record
     * @param now wall clock
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
