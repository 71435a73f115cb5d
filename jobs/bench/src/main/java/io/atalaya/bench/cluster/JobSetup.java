package io.atalaya.bench.cluster;

import io.atalaya.embedded.EmbeddedFlink;
import io.atalaya.embedded.FlinkConf;
import io.atalaya.flink.kafka.KafkaOptions;

import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigConstants;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;

/** Set-up of the jobs, as in production unless stated otherwise. */
public final class JobSetup {
    public static final String GROUP = "bench";

    /** For both slots: RocksDB's block cache and write buffers. */
    public static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(512);

    private static final String PROMETHEUS = ConfigConstants.METRICS_REPORTER_PREFIX + "prom.";

    private JobSetup() {}

    /**
     * The production profile on one TaskManager.
     *
     * @param checkpointIntervalMs null for production's interval
     */
    public static Configuration cluster(Long checkpointIntervalMs) {
        Configuration cluster = FlinkConf.profile("production");
        cluster.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
        // Removes the reporter, because there is no Prometheus here.
        cluster.keySet().stream()
                .filter(key -> key.startsWith(PROMETHEUS))
                .forEach(cluster::removeKey);
        // No restart, because a restarted job would be measured twice.
        cluster.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        if (checkpointIntervalMs != null) {
            cluster.set(
                    CheckpointingOptions.CHECKPOINTING_INTERVAL,
                    Duration.ofMillis(checkpointIntervalMs));
            cluster.set(CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ZERO);
        }
        return cluster;
    }

    /**
     * An environment for a job that takes what it knows from a savepoint, and leaves the rest, such
     * as steps that it does not have, and the source offsets of the job that made it.
     */
    public static StreamExecutionEnvironment partOf(
            String savepoint, EmbeddedFlink flink, int parallelism) {
        StreamExecutionEnvironment env = flink.environmentFrom(savepoint, parallelism);
        env.configure(
                new Configuration()
                        .set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true));
        return env;
    }

    /** The job's defaults, reading from the beginning. */
    public static Configuration job(BenchBroker broker) {
        Configuration job = new Configuration();
        job.set(KafkaOptions.BOOTSTRAP_SERVERS, broker.bootstrapServers());
        job.set(KafkaOptions.groupId(GROUP), GROUP);
        job.set(KafkaOptions.READS_START, KafkaOptions.StartFrom.EARLIEST);
        return job;
    }
}
