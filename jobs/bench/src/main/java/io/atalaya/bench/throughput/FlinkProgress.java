package io.atalaya.bench.throughput;

import io.atalaya.testkit.EmbeddedFlink;

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
     * Counted, for the lengths of Flink's queues do not tell: the buffer at the end of a queue is
     * still in it when it has been read to its end, until the next barrier.
     */
    @Override
    public long taken() {
        return flink.sumOfCounters(job, MetricNames.IO_NUM_RECORDS_IN);
    }

    @Override
    public void requireAlive() {
        Throwable failure = flink.failureOf(job);
        if (failure != null) {
            throw new IllegalStateException("the job has failed", failure);
        }
    }
}
