package io.atalaya.bench.cluster;

import io.atalaya.bench.comparison.Contender;
import io.atalaya.bench.comparison.Lap;
import io.atalaya.bench.comparison.Stopwatch;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A Flink job, started for each lap.
 *
 * @param job builds the job
 * @param counters counters of its first step; their sum is the number of passed records
 * @param warm number of records that pass before the clock starts
 */
public record FlinkContender(
        String name,
        EmbeddedFlink flink,
        BenchBroker broker,
        Supplier<StreamExecutionEnvironment> job,
        List<String> counters,
        long warm)
        implements Contender {

    @Override
    public Lap lap(int round, long records) throws InterruptedException {
        broker.empty(Topics.ALERTS);
        JobClient started = start();
        try {
            return time(started, round, records);
        } finally {
            flink.cancel(started);
        }
    }

    /** Starts the job; the caller cancels it. */
    public JobClient start() {
        return flink.submit(job.get(), name);
    }

    /** Times a newly started job. */
    public Lap time(JobClient started, int round, long records) throws InterruptedException {
        // Flink writes the whole state to a job's first checkpoint after a savepoint, and only what
        // has changed to those that follow for months.
        CompletableFuture<Boolean> firstCheckpoint =
                CompletableFuture.supplyAsync(() -> flink.checkpoint(started));
        return Stopwatch.time(
                name,
                round,
                new Progress(flink, started, counters, firstCheckpoint),
                records,
                warm);
    }

    /** Progress by the job's counters and the queues between its tasks. */
    private record Progress(
            EmbeddedFlink flink,
            JobClient job,
            List<String> counters,
            CompletableFuture<Boolean> firstCheckpoint)
            implements Stopwatch.Progress {
        @Override
        public boolean isStarted() {
            return firstCheckpoint.isDone();
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
         * Late, because a queue's last buffer counts until a barrier arrives even if it has been
         * read.
         */
        @Override
        public boolean isDrained() {
            return flink.sumOfGauges(job, "inputQueueLength") == 0
                    && flink.sumOfGauges(job, "outputQueueLength") == 0;
        }

        @Override
        public void checkRunning() {
            Throwable failure = flink.failureOf(job);
            if (failure != null) {
                throw new IllegalStateException("the job has failed", failure);
            }
        }
    }
}
