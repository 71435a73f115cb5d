package io.atalaya.videoanalytics.metrics;

import io.atalaya.alert.AlertType;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.EnumMap;
import java.util.Map;

/** A counter for each type of incident that cameras raise. */
public final class IncidentCounters {
    private final Map<AlertType, Counter> byType = new EnumMap<>(AlertType.class);

    public IncidentCounters(MetricGroup metrics) {
        VideoAnalyticsMetrics.byType()
                .forEach((type, metric) -> byType.put(type, metric.countIn(metrics)));
    }

    /** One began. */
    public void count(AlertType type) {
        byType.get(type).inc();
    }
}
