package io.atalaya.videoanalytics;

import io.atalaya.flink.options.OptionsDoc;
import io.atalaya.testutils.GeneratedPage;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;

class OptionsDocTest {
    private static final GeneratedPage PAGE =
            new GeneratedPage(Path.of("OPTIONS.md"), "jobs/video-analytics", OptionsDocTest.class);

    @Test
    void thePageSaysWhatTheOptionsSay() throws IOException {
        PAGE.says(OptionsDoc.markdown(VideoAnalyticsJob.NAME, VideoAnalyticsOptions.ALL));
    }
}
