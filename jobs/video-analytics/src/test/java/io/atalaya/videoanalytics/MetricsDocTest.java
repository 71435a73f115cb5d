package io.atalaya.videoanalytics;

import io.atalaya.flink.metrics.MetricsDoc;
import io.atalaya.testutils.DeclaredMetrics;
import io.atalaya.testutils.GeneratedPage;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;

class MetricsDocTest {
    private static final GeneratedPage PAGE =
            new GeneratedPage(Path.of("METRICS.md"), "jobs/video-analytics", MetricsDocTest.class);

    @Test
    void thePageSaysWhatTheDeclarationsSay() throws IOException {
        PAGE.says(MetricsDoc.markdown(VideoAnalyticsJob.NAME, VideoAnalyticsMetrics.ALL));
    }

    @Test
    void everyDeclaredMetricIsListedOnce() {
        DeclaredMetrics.areAllIn(VideoAnalyticsMetrics.ALL, VideoAnalyticsMetrics.class);
    }
}
