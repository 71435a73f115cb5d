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
 * The current gauges and counters of an embedded cluster's jobs; over REST they are seconds old.
 * Flink creates reporters through a factory, so a cluster identifies its own by an id in the
 * configuration.
 */
final class LiveMetrics implements MetricReporter {
    /** Configuration keys of the cluster's id and of the factory. */
    static final String ID = "metrics.reporter.live-metrics.id";

    static final String FACTORY = "metrics.reporter.live-metrics.factory.class";

    private static final Map<String, LiveMetrics> BY_CLUSTER = new ConcurrentHashMap<>();

    /** Gauge of the Kafka source per partition: the offset of the last emitted record. */
    private static final String CURRENT_OFFSET = "currentOffset";

    private static final String TOPIC = ScopeFormat.asVariable("topic");
    private static final String PARTITION = ScopeFormat.asVariable("partition");
    private static final TopicPartition NO_PARTITION = new TopicPartition("", -1);

    /**
     * Index key, because a benchmark queries every millisecond and jobs have thousands of metrics.
     */
    private record Name(String jobId, String name) {}

    /** Gauges with their partition, or {@link #NO_PARTITION}. */
    private final Map<Name, Map<Gauge<?>, TopicPartition>> gauges = new ConcurrentHashMap<>();

    private final Map<Name, Set<Counter>> counters = new ConcurrentHashMap<>();

    /** Counters of tasks, without those of operators. */
    private final Map<Name, Set<Counter>> countersOfTasks = new ConcurrentHashMap<>();

    /** Creates the reporter that {@link #of} returns. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            LiveMetrics metrics = new LiveMetrics();
            BY_CLUSTER.put(properties.getProperty("id"), metrics);
            return metrics;
        }
    }

    /** The metrics of the cluster started with that id. */
    static LiveMetrics of(String id) {
        return BY_CLUSTER.get(id);
    }

    /** The sum of a numeric gauge over the job's subtasks. */
    long sumOfGauges(String jobId, String name) {
        return numbers(jobId, name).sum();
    }

    long largestOfGauges(String jobId, String name) {
        return numbers(jobId, name).reduce(0, Math::max);
    }

    /**
     * Positions of the job's sources: the offset after the last record each has emitted, and 0 if
     * it has emitted none since it was started or restored.
     */
    Map<TopicPartition, Long> positions(String jobId) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        gauges.getOrDefault(new Name(jobId, CURRENT_OFFSET), Map.of())
                .forEach(
                        (gauge, partition) ->
                                // The gauge is -1 before the first record.
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

    /** The sum of a counter over the job's subtasks. */
    long sumOfCounters(String jobId, String name) {
        return sum(counters, jobId, name);
    }

    /** The sum of a counter over the job's tasks, without counters of operators. */
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
        // No set-up is needed.
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
