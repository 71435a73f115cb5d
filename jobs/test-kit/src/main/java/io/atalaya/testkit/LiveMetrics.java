package io.atalaya.testkit;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * The gauges and counters of an embedded cluster's jobs as they stand now; over REST they are
 * seconds old. Flink makes reporters through a factory, so a cluster finds its own by an id in the
 * configuration.
 */
final class LiveMetrics implements MetricReporter {
    /** Configuration key of the cluster's id, and the factory's. */
    static final String ID = "metrics.reporter.live-metrics.id";

    static final String FACTORY = "metrics.reporter.live-metrics.factory.class";

    private static final Map<String, LiveMetrics> BY_CLUSTER = new ConcurrentHashMap<>();

    /** Of the Kafka source, for each partition: the offset of the last record that it emitted. */
    private static final String CURRENT_OFFSET = "currentOffset";

    private static final String TOPIC = ScopeFormat.asVariable("topic");
    private static final String NO_TOPIC = "";

    /** A job's metrics of one name: a benchmark asks every millisecond, of jobs with thousands. */
    private record Name(String jobId, String name) {}

    /** Each with the topic whose partition it is about, or {@link #NO_TOPIC}. */
    private final Map<Name, Map<Gauge<?>, String>> gauges = new ConcurrentHashMap<>();

    private final Map<Name, Set<Counter>> counters = new ConcurrentHashMap<>();

    /** Those of whole tasks, which no operator has. */
    private final Map<Name, Set<Counter>> countersOfTasks = new ConcurrentHashMap<>();

    /** Makes the reporter that {@link #of} then gives. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            LiveMetrics metrics = new LiveMetrics();
            BY_CLUSTER.put(properties.getProperty("id"), metrics);
            return metrics;
        }
    }

    /** Those of the cluster that was started with that id. */
    static LiveMetrics of(String id) {
        return BY_CLUSTER.get(id);
    }

    /** The sum over the job's subtasks of the numeric gauges of that name. */
    long sumOfGauges(String jobId, String name) {
        return numbers(jobId, name, topic -> true).sum();
    }

    long largestOfGauges(String jobId, String name) {
        return numbers(jobId, name, topic -> true).reduce(0, Math::max);
    }

    /**
     * How many records the job's sources have emitted of these topics, which began with the job.
     */
    long recordsTaken(String jobId, Set<String> topics) {
        // -1 before the first record.
        return numbers(jobId, CURRENT_OFFSET, topics::contains).map(offset -> offset + 1).sum();
    }

    private LongStream numbers(String jobId, String name, Predicate<String> topic) {
        return gauges.getOrDefault(new Name(jobId, name), Map.of()).entrySet().stream()
                .filter(gauge -> topic.test(gauge.getValue()))
                .map(gauge -> gauge.getKey().getValue())
                .filter(Number.class::isInstance)
                .mapToLong(number -> ((Number) number).longValue());
    }

    /** The sum over the job's subtasks of the counters of that name. */
    long sumOfCounters(String jobId, String name) {
        return sum(counters, jobId, name);
    }

    /** The same over the counters of its tasks, operators' own left out. */
    long sumOfTaskCounters(String jobId, String name) {
        return sum(countersOfTasks, jobId, name);
    }

    private static long sum(Map<Name, Set<Counter>> counters, String jobId, String name) {
        return counters.getOrDefault(new Name(jobId, name), Set.of()).stream()
                .mapToLong(Counter::getCount)
                .sum();
    }

    @Override
    public void open(MetricConfig config) {
        // Nothing to set up.
    }

    @Override
    public void close() {
        BY_CLUSTER.values().remove(this);
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        Map<String, String> variables = group.getAllVariables();
        String jobId = variables.get(ScopeFormat.SCOPE_JOB_ID);
        if (jobId == null) {
            return;
        }
        Name key = new Name(jobId, name);
        if (metric instanceof Gauge<?> gauge) {
            gauges.computeIfAbsent(key, k -> new ConcurrentHashMap<>())
                    .put(gauge, variables.getOrDefault(TOPIC, NO_TOPIC));
        } else if (metric instanceof Counter counter) {
            counters.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet()).add(counter);
            if (!variables.containsKey(ScopeFormat.SCOPE_OPERATOR_ID)) {
                countersOfTasks
                        .computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet())
                        .add(counter);
            }
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        String jobId = group.getAllVariables().get(ScopeFormat.SCOPE_JOB_ID);
        if (jobId == null) {
            return;
        }
        Name key = new Name(jobId, name);
        if (metric instanceof Gauge<?> gauge) {
            gauges.computeIfPresent(
                    key, (k, all) -> all.remove(gauge) != null && all.isEmpty() ? null : all);
        } else if (metric instanceof Counter counter) {
            for (Map<Name, Set<Counter>> each : List.of(counters, countersOfTasks)) {
                each.computeIfPresent(
                        key, (k, all) -> all.remove(counter) && all.isEmpty() ? null : all);
            }
        }
    }
}
