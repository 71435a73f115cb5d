package io.atalaya.videoanalytics;

import io.atalaya.contracts.camera.adapter.BoxUnits;
import io.atalaya.contracts.camera.format.FrameFormat;
import io.atalaya.flink.options.InvalidSettingsException;
import io.atalaya.videoanalytics.anomaly.AnomalySettings;
import io.atalaya.videoanalytics.anomaly.ModelKind;
import io.atalaya.videoanalytics.camera.CameraAnalyzerSettings;
import io.atalaya.videoanalytics.episode.AlertPolicy;

import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class VideoAnalyticsSettingsTest {
    @Test
    void defaultsPassAndAreThoseOfTheCore() {
        VideoAnalyticsSettings settings = VideoAnalyticsSettings.from(new Configuration());

        assertThat(settings.cameras().analyzer()).isEqualTo(CameraAnalyzerSettings.DEFAULT);
        assertThat(settings.cameras().policy()).isEqualTo(AlertPolicy.DEFAULT);
        assertThat(settings.cameras().quietAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void whatIsSetArrives() {
        VideoAnalyticsSettings settings =
                VideoAnalyticsSettings.from(
                        Configuration.fromMap(
                                Map.of(
                                        "stopped-vehicle.after", "90 s",
                                        "crowd.people", "20",
                                        "camera-frames.format", "ONVIF",
                                        "onvif.grid", "8191",
                                        "deepstream.frame-width", "1280",
                                        "alerts.triage", "crowd:REVIEW:15, loitering:OFF")));

        assertThat(settings.frameFormat()).isEqualTo(FrameFormat.ONVIF);
        assertThat(settings.boxUnits()).isEqualTo(new BoxUnits(1280, 1080, 8191));
        assertThat(settings.cameras().analyzer().stopped().dwell().minMillis()).isEqualTo(90_000);
        assertThat(settings.cameras().analyzer().crowd().people()).isEqualTo(20);
        assertThat(settings.cameras().policy().byType().toString())
                .contains("CROWD=Triage[action=REVIEW, priority=15]")
                .doesNotContain("LOITERING");
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        assertThat(
                        faults(
                                Map.of(
                                        "cameras.cached", "0",
                                        "camera-frames.format", "DAHUA",
                                        "deepstream.frame-height", "0",
                                        "onvif.grid", "65536",
                                        "outage.share", "1.5",
                                        "stoped-vehicle.after", "1 s",
                                        "camera-silent.after", "1 y",
                                        "alerts.triage", "crowd:SHOUT:3",
                                        "models.budget", "0.05",
                                        "models.batch", "0")))
                .hasSize(10)
                .anyMatch(fault -> fault.startsWith("models.budget: got '0.05', expected"))
                .anyMatch(fault -> fault.startsWith("models.batch: got '0', expected"))
                .anyMatch(fault -> fault.startsWith("camera-frames.format: got 'DAHUA', expected"))
                .anyMatch(fault -> fault.startsWith("deepstream.frame-height: got '0'"))
                .anyMatch(fault -> fault.startsWith("onvif.grid: got '65536', expected"))
                .anyMatch(fault -> fault.startsWith("cameras.cached: got '0', expected"))
                .anyMatch(fault -> fault.startsWith("outage.share: got '1.5', expected"))
                .anyMatch(fault -> fault.startsWith("stoped-vehicle.after: unknown key"))
                .anyMatch(fault -> fault.startsWith("camera-silent.after: got '1 y', expected"))
                .anyMatch(fault -> fault.contains("'crowd:SHOUT:3': ALERT, REVIEW or OFF"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crowd",
                "crowd:ALERT",
                "crowd:ALERT:101",
                "crowd:ALERT:-1",
                "crowd:alert:10",
                "hotlist-match:OFF",
                "riot:OFF",
                "crowd:OFF:1",
            })
    void anUrgencyThatIsNoneIsRejected(String urgency) {
        assertThat(faults(Map.of("alerts.triage", urgency)))
                .singleElement()
                .satisfies(fault -> assertThat(fault).startsWith("alerts.triage: got '"));
    }

    @Test
    void theBudgetIsOfBothModelsTogether() {
        assertThat(anomalies(Map.of()).budgets())
                .isEqualTo(Map.of(ModelKind.TRAJECTORY, 0.5, ModelKind.SCENE_ACTIVITY, 0.5));
        assertThat(
                        anomalies(
                                        Map.of(
                                                "models.budget", "0.1",
                                                "alerts.triage", "unusual-trajectory:OFF"))
                                .budgets())
                .isEqualTo(Map.of(ModelKind.SCENE_ACTIVITY, 0.1));
        assertThat(
                        anomalies(
                                        Map.of(
                                                "alerts.triage",
                                                "unusual-trajectory:OFF, unusual-activity:OFF"))
                                .budgets())
                .isEmpty();
    }

    private static AnomalySettings anomalies(Map<String, String> settings) {
        return VideoAnalyticsSettings.from(Configuration.fromMap(settings)).anomalies();
    }

    @Test
    void aModelThatMustNotBeUsedIsRejectedAtStart(@TempDir Path directory) throws IOException {
        Path model = Files.createDirectories(directory.resolve("trajectory/7"));
        String manifest = resource("trajectory/1/manifest.json");
        Files.writeString(model.resolve("manifest.json"), manifest);
        Files.writeString(model.resolve("model.onnx"), "another one");

        assertThat(
                        faults(
                                Map.of(
                                        "models.directory", directory.toString(),
                                        "models.trajectory", "7",
                                        "models.scene-activity", "8",
                                        "models.batch", "0")))
                .hasSize(3)
                .anyMatch(
                        fault ->
                                fault.startsWith("models.trajectory: got '7', expected")
                                        && fault.contains("its sha256 is"))
                .anyMatch(
                        fault ->
                                fault.startsWith("models.scene-activity: got '8', expected")
                                        && fault.contains("it cannot be read"));
    }

    @Test
    void aNetworkOfOtherRowsIsRejectedAtStart(@TempDir Path directory) throws IOException {
        Path model = Files.createDirectories(directory.resolve("scene-activity/2"));
        String manifest = resource("trajectory/1/manifest.json");
        Files.writeString(model.resolve("manifest.json"), manifest);
        try (InputStream weights = stream("trajectory/1/model.onnx")) {
            Files.copy(weights, model.resolve("model.onnx"));
        }

        assertThat(
                        faults(
                                Map.of(
                                        "models.directory", directory.toString(),
                                        "models.scene-activity", "2",
                                        "alerts.triage", "unusual-trajectory:OFF")))
                .singleElement()
                .satisfies(fault -> assertThat(fault).contains("expected one of shape [-1, 70]"));
    }

    private static String resource(String file) throws IOException {
        try (InputStream in = stream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream stream(String file) {
        return VideoAnalyticsSettingsTest.class.getResourceAsStream("/models/" + file);
    }

    private static List<String> faults(Map<String, String> settings) {
        return catchThrowableOfType(
                        InvalidSettingsException.class,
                        () -> VideoAnalyticsSettings.from(Configuration.fromMap(settings)))
                .faults();
    }
}
