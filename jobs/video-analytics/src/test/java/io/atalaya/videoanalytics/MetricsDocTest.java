package io.atalaya.videoanalytics;

import io.atalaya.metrics.DeclaredMetric;
import io.atalaya.metrics.MetricsDoc;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MetricsDocTest {
    private static final Path PAGE = Path.of("METRICS.md");

    @Test
    void thePageSaysWhatTheDeclarationsSay() throws IOException {
        String expected = MetricsDoc.markdown(VideoAnalyticsJob.NAME, VideoAnalyticsMetrics.ALL);
        if (Boolean.getBoolean("atalaya.regenerate")) {
            Files.writeString(PAGE, expected);
        }

        assertThat(PAGE)
                .as(
                        "write it anew with: mvn test -pl jobs/video-analytics -am -Dtest=MetricsDocTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Datalaya.regenerate=true")
                .hasContent(expected);
    }

    @Test
    void everyDeclaredMetricIsListedOnce() {
        assertThat(VideoAnalyticsMetrics.ALL).containsAll(declared());
        assertThat(VideoAnalyticsMetrics.ALL.stream().map(DeclaredMetric::name))
                .doesNotHaveDuplicates();
    }

    private static List<DeclaredMetric> declared() {
        List<DeclaredMetric> declared = new ArrayList<>();
        Arrays.stream(VideoAnalyticsMetrics.class.getFields())
                .filter(field -> field.getType() == DeclaredMetric.class)
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(
                        field -> {
                            try {
                                declared.add((DeclaredMetric) field.get(null));
                            } catch (IllegalAccessException e) {
                                throw new AssertionError(e);
                            }
                        });
        return declared;
    }
}
