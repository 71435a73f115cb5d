package io.atalaya.embedded;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;
import org.apache.kafka.common.TopicPartition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private static final String PARTITION = ScopeFormat.asVariable("partition");
    private static final TopicPartition NO_PARTITION = new TopicPartition("", -1);

    /** A job's metrics of one name: a benchmark asks every millisecond, of jobs with thousands. */
    private record Name(String jobId, String name) {}

    /** Each with the partition that it is about, or {@link #NO_PARTITION}. */
    private final Map<Name, Map<Gauge<?>, TopicPartition>> gauges = new ConcurrentHashMap<>();

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
        return numbers(jobId, name).sum();
    }

    long largestOfGauges(String jobId, String name) {
        return numbers(jobId, name).reduce(0, Math::max);
    }

    /**
     * Where the job's sources stand: after the last record that each has emitted, and 0 where it
     * has emitted none since it was started or restored.
     */
    Map<TopicPartition, Long> positions(String jobId) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        gauges.getOrDefault(new Name(jobId, CURRENT_OFFSET), Map.of())
                .forEach(
                        (gauge, partition) ->
                                // -1 before the first record.
                                positions.merge(partition, number(gauge) + 1, Math::max));
        return positions;
    }

    private LongStream numbers(String jobId, String name) {
        return gauges.getOrDefault(new Name(jobId, name), Map.of()).keySet().stream()
                .filter(gauge -> gauge.getValue() instanceof Number)
                .mapToLong(LiveMetrics::number);
    }

    private static long number(Gauge<?> gauge) {
        return ((Number) gauge.getValue()).longValue();
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
                    .put(gauge, partition(variables));
        } else if (metric instanceof Counter counter) {
            counters.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet()).add(counter);
            if (!variables.containsKey(ScopeFormat.SCOPE_OPERATOR_ID)) {
                countersOfTasks
                        .computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet())
                        .add(counter);
            }
        }
    }

    private static TopicPartition partition(Map<String, String> variables) {
        return variables.containsKey(PARTITION)
                ? new TopicPartition(
                        variables.get(TOPIC), Integer.parseInt(variables.get(PARTITION)))
                : NO_PARTITION;
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
