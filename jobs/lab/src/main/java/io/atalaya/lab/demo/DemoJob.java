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
 * @param inputTopics what it reads
 * @param lead how far, in the time of arrival, the past may be fed ahead of a record that the job
 *     has not read, with its settings
 * @param overrides which of a person's settings are its own
 * @param build attaches it to an environment, as its settings ask
 */
record DemoJob(
        String name,
        List<String> inputTopics,
        Function<Configuration, Duration> lead,
        JobOverrides overrides,
        BiConsumer<StreamExecutionEnvironment, Configuration> build) {
    /** Nothing depends on it. */
    static final Function<Configuration, Duration> ANY_LEAD =
            configuration -> Duration.ofMillis(Long.MAX_VALUE);
}
