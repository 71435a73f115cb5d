package io.atalaya.bench.throughput;

import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.metrics.MetricNames;

import java.util.List;

/** A Flink job's progress, by its counters and by what is queued between its tasks. */
final class FlinkProgress implements Progress {
    private final EmbeddedFlink flink;
    private final JobClient job;
    private final List<String> counters;

    /**
     * @param counters of its first step; their sum is the number of records that have passed
     */
    FlinkProgress(EmbeddedFlink flink, JobClient job, List<String> counters) {
        this.flink = flink;
        this.job = job;
        this.counters = counters;
    }

    @Override
    public long passed() {
        return counters.stream().mapToLong(name -> flink.sumOfCounters(job, name)).sum();
    }

    /**
     * By tasks: a sink's committer takes something in with each checkpoint, though nothing came.
     */
    @Override
    public long taken() {
        return flink.sumOfTaskCounters(job, MetricNames.IO_NUM_RECORDS_IN);
    }

    /** A queue's last buffer counts, though it has been read to its end, until a barrier comes. */
    @Override
    public boolean isDrained() {
        return flink.sumOfGauges(job, "inputQueueLength") == 0
                && flink.sumOfGauges(job, "outputQueueLength") == 0;
    }

    @Override
    public void requireAlive() {
        Throwable failure = flink.failureOf(job);
        if (failure != null) {
            throw new IllegalStateException("the job has failed", failure);
        }
    }
}
