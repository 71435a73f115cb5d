package io.atalaya.lab.demo;

import io.atalaya.lab.platform.JobOverrides;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A job that the demo runs.
 *
 * @param inputTopics topics it reads
 * @param lead limit of how far, in arrival time, the past may be fed ahead of a record that the job
 *     has not read, given the job's settings
 * @param overrides selects the job's own settings among those of the command line
 * @param build adds the job to an environment with the given settings
 */
record DemoJob(
        String name,
        List<String> inputTopics,
        Function<Configuration, Duration> lead,
        JobOverrides overrides,
        BiConsumer<StreamExecutionEnvironment, Configuration> build) {
    /** No limit, for a job without timeouts in arrival time. */
    static final Function<Configuration, Duration> ANY_LEAD =
            configuration -> Duration.ofMillis(Long.MAX_VALUE);
}
