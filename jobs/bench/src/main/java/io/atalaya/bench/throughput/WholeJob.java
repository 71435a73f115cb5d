package io.atalaya.bench.throughput;

import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.hotlistmatch.HotlistMatchJob;
import io.atalaya.hotlistmatch.HotlistMatchSettings;

import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;

/** The job itself, from a savepoint with the list and without reads. */
public final class WholeJob implements Contender {
    public static final String NAME = "hotlist-match";

    private static final List<String> COUNTERS = List.of("reads", "tagReads");

    private final EmbeddedFlink flink;
    private final BenchBroker broker;
    private final HotlistMatchSettings settings;
    private final int parallelism;
    private final String savepoint;

    public WholeJob(
            EmbeddedFlink flink,
            BenchBroker broker,
            HotlistMatchSettings settings,
            int parallelism,
            String savepoint) {
        this.flink = flink;
        this.broker = broker;
        this.settings = settings;
        this.parallelism = parallelism;
        this.savepoint = savepoint;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Lap lap(int round, long records) throws InterruptedException {
        broker.empty(Topics.ALERTS);
        JobClient job = start();
        try {
            return time(job, round, records);
        } finally {
            flink.cancel(job);
        }
    }

    /** Starts the job; the caller cancels it. */
    public JobClient start() {
        StreamExecutionEnvironment env = flink.environmentFrom(savepoint, parallelism);
        HotlistMatchJob.build(env, settings);
        return flink.submit(env, NAME);
    }

    /** Times a newly started job. */
    public Lap time(JobClient job, int round, long records) throws InterruptedException {
        return Stopwatch.time(
                NAME, round, new FlinkProgress(flink, job, COUNTERS), records, Lap.warm(records));
    }
}
