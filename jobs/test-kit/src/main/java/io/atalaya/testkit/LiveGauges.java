package io.atalaya.testkit;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.runtime.metrics.scope.ScopeFormat;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The gauges of an embedded cluster's jobs as they stand now; over REST they are seconds old. Flink
 * makes reporters through a factory, so a cluster finds its own by an id in the configuration.
 */
final class LiveGauges implements MetricReporter {
    /** Configuration key of the cluster's id, and the factory's. */
    static final String ID = "metrics.reporter.live-gauges.id";

    static final String FACTORY = "metrics.reporter.live-gauges.factory.class";

    private static final Map<String, LiveGauges> BY_CLUSTER = new ConcurrentHashMap<>();

    private record Place(String jobId, String name) {}

    private final Map<Gauge<?>, Place> gauges = new ConcurrentHashMap<>();

    /** Makes the reporter that {@link #of} then gives. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            LiveGauges gauges = new LiveGauges();
            BY_CLUSTER.put(properties.getProperty("id"), gauges);
            return gauges;
        }
    }

    /** Those of the cluster that was started with that id. */
    static LiveGauges of(String id) {
        return BY_CLUSTER.get(id);
    }

    /** The sum over the job's subtasks of the numeric gauges of that name. */
    long sum(String jobId, String name) {
        long sum = 0;
        for (Map.Entry<Gauge<?>, Place> gauge : gauges.entrySet()) {
            if (gauge.getValue().equals(new Place(jobId, name))
                    && gauge.getKey().getValue() instanceof Number number) {
                sum += number.longValue();
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
        if (jobId != null && metric instanceof Gauge<?> gauge) {
            gauges.put(gauge, new Place(jobId, name));
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Gauge<?> gauge) {
            gauges.remove(gauge);
        }
    }
}
