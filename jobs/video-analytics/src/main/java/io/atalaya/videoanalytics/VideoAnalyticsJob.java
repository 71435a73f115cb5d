package io.atalaya.videoanalytics;

import io.atalaya.contracts.topic.Account;
import io.atalaya.flink.job.JobDefinition;
import io.atalaya.flink.job.JobGraph;
import io.atalaya.flink.metrics.DeclaredMetric;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

import java.time.Duration;
import java.util.List;

/**
 * The job {@code video-analytics}: detects episodes and anomalies in camera frames, and faults of
 * the streams.
 */
public final class VideoAnalyticsJob implements JobDefinition<VideoAnalyticsSettings> {
    public static final String NAME = Account.VIDEO_ANALYTICS.id();

    @Override
    public Account account() {
        return Account.VIDEO_ANALYTICS;
    }

    @Override
    public String summary() {
        return "watches cameras";
    }

    @Override
    public List<ConfigOption<?>> options() {
        return VideoAnalyticsOptions.ALL;
    }

    @Override
    public List<DeclaredMetric> metrics() {
        return VideoAnalyticsMetrics.ALL;
    }

    @Override
    public List<DeclaredMetric> pending() {
        return VideoAnalyticsMetrics.PENDING;
    }

    @Override
    public VideoAnalyticsSettings settings(Configuration configuration) {
        return VideoAnalyticsSettings.from(configuration);
    }

    @Override
    public void build(JobGraph graph, VideoAnalyticsSettings settings) {
        VideoAnalyticsPipeline.build(graph, settings);
    }

    @Override
    public Duration minSilence(Configuration configuration) {
        return configuration.get(VideoAnalyticsOptions.SILENT_AFTER);
    }
}
