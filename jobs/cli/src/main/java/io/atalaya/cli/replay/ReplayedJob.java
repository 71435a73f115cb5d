package io.atalaya.cli.replay;

import io.atalaya.cli.embedded.JobOverrides;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A job as the replay runs it.
 *
 * @param name the job's
 * @param inputTopics what it reads, from the recording or from a job before it
 * @param outputTopics what it writes
 * @param groupId the consumer group under which its sources commit
 * @param waits the longest that it may hold something back, in processing time, after its last
 *     input
 * @param pendingGauges those of its gauges that count work which is not done yet
 * @param overrides what can be set
 * @param builder attaches the job to an environment, as its settings ask
 */
record ReplayedJob(
        String name,
        List<String> inputTopics,
        List<String> outputTopics,
        String groupId,
        Duration waits,
        List<String> pendingGauges,
        JobOverrides overrides,
        BiConsumer<StreamExecutionEnvironment, Configuration> builder) {}
