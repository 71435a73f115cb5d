package io.atalaya.videoanalytics.metrics;

import io.atalaya.contracts.alert.AlertType;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** One counter per type of episode. */
public final class EpisodeCounters {
    private final Map<AlertType, Counter> byType = new EnumMap<>(AlertType.class);

    /**
     * @param types alert types that the operator raises
     */
    public EpisodeCounters(MetricGroup metrics, Set<AlertType> types) {
        types.forEach(
                type -> byType.put(type, VideoAnalyticsMetrics.episodes(type).countIn(metrics)));
    }

    /** Counts a new episode. */
    public void count(AlertType type) {
        byType.get(type).inc();
    }
}
