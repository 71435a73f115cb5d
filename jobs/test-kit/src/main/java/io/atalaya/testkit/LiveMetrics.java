package io.atalaya.testkit;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

    /**
     * @param topic whose partition it is about; null for most
     */
    private record Place(String jobId, String name, String topic) {
        boolean is(String job, String metric) {
            return jobId.equals(job) && name.equals(metric);
        }
    }

    private final Map<Gauge<?>, Place> gauges = new ConcurrentHashMap<>();
    private final Map<Counter, Place> counters = new ConcurrentHashMap<>();

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
        long sum = 0;
        for (Map.Entry<Gauge<?>, Place> gauge : gauges.entrySet()) {
            if (gauge.getValue().is(jobId, name)
                    && gauge.getKey().getValue() instanceof Number number) {
                sum += number.longValue();
            }
        }
        return sum;
    }

    long largestOfGauges(String jobId, String name) {
        long largest = 0;
        for (Map.Entry<Gauge<?>, Place> gauge : gauges.entrySet()) {
            if (gauge.getValue().is(jobId, name)
                    && gauge.getKey().getValue() instanceof Number number) {
                largest = Math.max(largest, number.longValue());
            }
        }
        return largest;
    }

    /**
     * How many records the job's sources have emitted of these topics, which began with the job.
     */
    long recordsTaken(String jobId, Set<String> topics) {
        long sum = 0;
        for (Map.Entry<Gauge<?>, Place> gauge : gauges.entrySet()) {
            Place place = gauge.getValue();
            if (place.is(jobId, CURRENT_OFFSET)
                    && topics.contains(place.topic())
                    && gauge.getKey().getValue() instanceof Number offset) {
                // -1 before the first record.
                sum += offset.longValue() + 1;
            }
        }
        return sum;
    }

    /** The sum over the job's subtasks of the counters of that name. */
    long sumOfCounters(String jobId, String name) {
        long sum = 0;
        for (Map.Entry<Counter, Place> counter : counters.entrySet()) {
            if (counter.getValue().is(jobId, name)) {
                sum += counter.getKey().getCount();
            }
        }
        return sum;
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
        String jobId = group.getAllVariables().get(ScopeFormat.SCOPE_JOB_ID);
        if (jobId == null) {
            return;
        }
        Place place = new Place(jobId, name, group.getAllVariables().get(TOPIC));
        if (metric instanceof Gauge<?> gauge) {
            gauges.put(gauge, place);
        } else if (metric instanceof Counter counter) {
            counters.put(counter, place);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Gauge<?> gauge) {
            gauges.remove(gauge);
        } else if (metric instanceof Counter counter) {
            counters.remove(counter);
        }
    }
}
