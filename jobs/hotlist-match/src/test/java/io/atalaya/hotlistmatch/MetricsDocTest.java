package io.atalaya.hotlistmatch;

import io.atalaya.flink.metrics.MetricsDoc;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.testutils.DeclaredMetrics;
import io.atalaya.testutils.GeneratedPage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;

class MetricsDocTest {
    private static final GeneratedPage PAGE =
            new GeneratedPage(Path.of("METRICS.md"), "jobs/hotlist-match", MetricsDocTest.class);

    @Test
    void thePageSaysWhatTheDeclarationsSay() throws IOException {
        PAGE.says(MetricsDoc.markdown(HotlistMatchJob.NAME, HotlistMatchMetrics.ALL));
    }

    @Test
    void everyDeclaredMetricIsListedOnce() {
        DeclaredMetrics.areAllIn(HotlistMatchMetrics.ALL, HotlistMatchMetrics.class);
    }
}
