package io.atalaya.bench.video;

import io.atalaya.bench.throughput.BenchBroker;
import io.atalaya.bench.throughput.Contender;
import io.atalaya.bench.throughput.Lap;
import io.atalaya.bench.throughput.TimedJob;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.videoanalytics.VideoAnalyticsJob;
import io.atalaya.videoanalytics.VideoAnalyticsSettings;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.List;

/**
 * The job itself, from a savepoint in which every camera has learned its scene; with its models,
 * which have learned nothing yet, or without them.
 */
final class CameraJob implements Contender {
    static final String NAME = VideoAnalyticsJob.NAME;
    static final String WITHOUT_MODELS = "without models";

    private final String name;
    private final EmbeddedFlink flink;
    private final BenchBroker broker;
    private final VideoAnalyticsSettings settings;
    private final int parallelism;
    private final String savepoint;
    private final int cameras;
    private final long warm;

    CameraJob(
            String name,
            EmbeddedFlink flink,
            BenchBroker broker,
            VideoAnalyticsSettings settings,
            int parallelism,
            String savepoint,
            int cameras,
            long warm) {
        this.name = name;
        this.flink = flink;
        this.broker = broker;
        this.settings = settings;
        this.parallelism = parallelism;
        this.savepoint = savepoint;
        this.cameras = cameras;
        this.warm = warm;
    }

    @Override
    public String name() {
        return name;
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
    JobClient start() {
        StreamExecutionEnvironment env = flink.environmentFrom(savepoint, parallelism);
        // Ignores the source offsets of the job that created the savepoint.
        env.configure(
                new Configuration()
                        .set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true));
        VideoAnalyticsJob.build(env, settings);
        return flink.submit(env, NAME);
    }

    /** Times a newly started job. */
    Lap time(JobClient job, int round, long records) throws InterruptedException {
        Lap lap = TimedJob.time(name, round, flink, job, List.of("frames"), records, warm);
        long known = flink.sumOfGauges(job, "cameraLoads");
        if (known < cameras) {
            throw new IllegalStateException(
                    "only " + known + " of " + cameras + " cameras were read from the savepoint");
        }
        return lap;
    }
}
