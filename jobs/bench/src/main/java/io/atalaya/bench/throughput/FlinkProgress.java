package io.atalaya.bench.throughput;

import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.metrics.MetricNames;

import java.util.List;

/** Progress of a Flink job, by its counters and the queues between its tasks. */
final class FlinkProgress implements Progress {
    private final EmbeddedFlink flink;
    private final JobClient job;
    private final List<String> counters;

    /**
     * @param counters counters of its first step; their sum is the number of passed records
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
     * Counts per task, because a sink's committer receives an element with each checkpoint even
     * without input.
     */
    @Override
    public long taken() {
        return flink.sumOfTaskCounters(job, MetricNames.IO_NUM_RECORDS_IN);
    }

    /**
     * Late, because a queue's last buffer counts until a barrier arrives even if it has been read.
     */
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
