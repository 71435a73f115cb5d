package io.atalaya.videoanalytics;

import io.atalaya.options.OptionsDoc;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

class OptionsDocTest {
    private static final Path PAGE = Path.of("OPTIONS.md");

    @Test
    void thePageSaysWhatTheOptionsSay() throws IOException {
        String expected = OptionsDoc.markdown(VideoAnalyticsJob.NAME, VideoAnalyticsOptions.ALL);
        if (Boolean.getBoolean("atalaya.regenerate")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE)
                .as(
                        "write it anew with: mvn test -pl jobs/video-analytics -am -Dtest=OptionsDocTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Datalaya.regenerate=true")
                .hasContent(expected);
    }
}
