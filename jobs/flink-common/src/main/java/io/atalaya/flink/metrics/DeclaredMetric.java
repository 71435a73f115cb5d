package io.atalaya.flink.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

import java.io.Serializable;
import java.util.Locale;

/**
 * A metric of a job's own: declared once, with what it means, and registered by the operators that
 * have it. Never with a label of a camera, a plate or an entry.
 *
 * @param name within an operator; dashboards hold on to it
 * @param unit of its values
 * @param meaning a sentence for whoever watches it
 */
public record DeclaredMetric(String name, Kind kind, String unit, String meaning)
        implements Serializable {
    /** What a metric does with its values. */
    public enum Kind {
        /** Only grows. */
        COUNTER,
        /** As it stands now. */
        GAUGE,
        /** Count and quantiles of what came in the last minute. */
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

    /** Of whole numbers of 0 and above. */
    public static DeclaredMetric histogram(String name, String unit, String meaning) {
        return new DeclaredMetric(name, Kind.HISTOGRAM, unit, meaning);
    }

    /** Of times in milliseconds. */
    public static DeclaredMetric latency(String name, String meaning) {
        return new DeclaredMetric(name, Kind.HISTOGRAM, "ms", meaning);
    }

    /** Registers it with an operator; so do the others, once in its life. */
    public Counter countIn(MetricGroup group) {
        require(Kind.COUNTER);
        return group.counter(name);
    }

    /** Registers what gives the value. */
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
