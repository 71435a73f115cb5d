package io.atalaya.cli.demo;

import io.atalaya.cli.embedded.JobOverrides;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.util.function.BiConsumer;

/**
 * A job that the demo runs.
 *
 * @param overrides which of a person's settings are its own
 * @param build attaches it to an environment, as its settings ask
 */
record DemoJob(
        String name,
        JobOverrides overrides,
        BiConsumer<StreamExecutionEnvironment, Configuration> build) {}
