package io.atalaya.flink.job;

import io.atalaya.contracts.topic.Account;
import io.atalaya.contracts.topic.Topic;
import io.atalaya.flink.metrics.DeclaredMetric;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * A job: what it reads and writes, its options, and its graph. Commands and tests go over {@link
 * #all}, so a new job is one implementation and its line in {@code META-INF/services}; {@code
 * docs/read-path.md} lists what else names it.
 *
 * @param <S> its settings
 */
public interface JobDefinition<S extends JobSettings> {
    /** A limit of {@link #minSilence} for a job that no silence affects. */
    Duration NO_LIMIT = Duration.ofMillis(Long.MAX_VALUE);

    /** The jobs on the class path, by name. The jar of a job contains one. */
    static List<JobDefinition<?>> all() {
        return ServiceLoader.load(JobDefinition.class, JobDefinition.class.getClassLoader())
                .stream()
                .<JobDefinition<?>>map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(JobDefinition::name))
                .toList();
    }

    /** The job's account, whose grants are the topics that it reads and writes. */
    Account account();

    /** What the job does, in words that continue "the job that". */
    String summary();

    /** Every option, each with a default. */
    List<ConfigOption<?>> options();

    /** Every metric, in the order of its documentation. */
    List<DeclaredMetric> metrics();

    /** Gauges of what the job holds back: if all are 0 and no input comes, no output follows. */
    List<DeclaredMetric> pending();

    /**
     * Reads and validates all options.
     *
     * @throws io.atalaya.flink.options.InvalidSettingsException naming every fault
     */
    S settings(Configuration configuration);

    /** Adds the job's operators, alerts and other outputs to a graph. */
    void build(JobGraph graph, S settings);

    /** The name of the job, its jar and, by default, its consumer group. */
    default String name() {
        return account().id();
    }

    /** The topics that it reads, excluding those that it also writes. */
    default List<String> inputTopics() {
        return account().inputTopics();
    }

    default List<String> outputTopics() {
        return account().writtenTopics().stream().map(Topic::name).toList();
    }

    /** Longest processing time for which the job holds output back without a pending gauge. */
    default Duration maxWait() {
        return Duration.ZERO;
    }

    /**
     * Shortest time without records, in arrival time, from which the job draws conclusions. Records
     * must not be fed that far ahead of an unread one.
     */
    default Duration minSilence(Configuration configuration) {
        return NO_LIMIT;
    }

    /**
     * Whether the latest arrival on any topic is its clock. Then a record that waits in a buffer
     * while others are fed counts as late.
     */
    default boolean isClockedByArrivals() {
        return false;
    }

    /**
     * Options for records that arrive faster than any street sends them, which the job would drop
     * with those for live traffic.
     */
    default Map<String, String> optionsAtFullSpeed() {
        return Map.of();
    }

    /** Adds the job to an environment, from its topics to its topics; the caller executes it. */
    default void addTo(StreamExecutionEnvironment env, S settings) {
        new KafkaJob(env, settings.kafka()).add(this, settings);
    }

    /** The same with options. */
    default void addTo(StreamExecutionEnvironment env, Configuration configuration) {
        addTo(env, settings(configuration));
    }
}
