package io.atalaya.flink.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

import java.io.Serializable;
import java.util.Locale;

/**
 * A metric of a job, declared once with its meaning and registered by the operators that have it.
 * It has no label of a camera, a plate or an entry.
 *
 * @param name within an operator; dashboards depend on it
 * @param unit of its values
 * @param meaning a sentence for operations staff
 */
public record DeclaredMetric(String name, Kind kind, String unit, String meaning)
        implements Serializable {
    /** The kind of a metric. */
    public enum Kind {
        /** A value that only grows. */
        COUNTER,
        /** The current value. */
        GAUGE,
        /** Count, and quantiles of the last minute. */
        HISTOGRAM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static DeclaredMetric counter(String name, String unit, String meaning) {
        return new DeclaredMetric(name, Kind.COUNTER, unit, meaning);
    }

    public static DeclaredMetric gauge(String name, String unit, String meaning) {
        return new DeclaredMetric(name, Kind.GAUGE, unit, meaning);
    }

    /** A histogram of whole numbers of 0 and above. */
    public static DeclaredMetric histogram(String name, String unit, String meaning) {
        return new DeclaredMetric(name, Kind.HISTOGRAM, unit, meaning);
    }

    /** A histogram of times in milliseconds. */
    public static DeclaredMetric latency(String name, String meaning) {
        return new DeclaredMetric(name, Kind.HISTOGRAM, "ms", meaning);
    }

    /** Registers the counter with an operator, once in the operator's life. */
    public Counter countIn(MetricGroup group) {
        require(Kind.COUNTER);
        return group.counter(name);
    }

    /** Registers a gauge with the supplier of its value, once in the operator's life. */
    public void showIn(MetricGroup group, Gauge<? extends Number> value) {
        require(Kind.GAUGE);
        group.gauge(name, value);
    }

    public LatencyHistogram measureIn(MetricGroup group) {
        require(Kind.HISTOGRAM);
        return group.histogram(name, new LatencyHistogram());
    }

    private void require(Kind used) {
        if (kind != used) {
            throw new IllegalStateException("metric " + name + " is a " + kind + ", no " + used);
        }
    }
}
