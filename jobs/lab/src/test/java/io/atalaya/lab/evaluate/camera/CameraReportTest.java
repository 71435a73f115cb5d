package io.atalaya.lab.evaluate.camera;

import io.atalaya.contracts.alert.Alert.Action;
import io.atalaya.contracts.alert.Alert.Status;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.RecordingWriter;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static io.atalaya.lab.evaluate.camera.CameraAlerts.at;
import static org.assertj.core.api.Assertions.assertThat;

class CameraReportTest {
    @TempDir Path directory;

    private static final GroundTruth TRUTH =
            CameraAlerts.NO_ARCHES.withCameras(
                    1,
                    1_440,
                    List.of(
                            anomaly("wrong-way", null, 100, "1"),
                            anomaly("wrong-way", null, 700, "2"),
                            anomaly("unusual-trajectory", "u-turn", 1_300, "3")),
                    List.of());

    private static final List<ScoredAlert> ALERTS =
            List.of(
                    alert("right", "wrong-way", 100, 0.9, "1"),
                    alert("wrong", "wrong-way", 400, 0.7, "40"),
                    alert("late", "wrong-way", 700, 0.6, "2"),
                    alert("turn", "unusual-trajectory", 1_300, 0.8, "3"),
                    alert("other", "unusual-trajectory", 2_000, 0.95, "50"));

    private static CameraEpisode anomaly(String type, String kind, int from, String track) {
        return new CameraEpisode(type, kind, "CAM-1", at(from), at(from + 20), List.of(track));
    }

    private static ScoredAlert alert(String id, String type, int from, double score, String track) {
        return CameraAlerts.alert(
                id,
                1,
                Status.ENDED,
                Action.ALERT,
                type,
                "CAM-1",
                from + 5,
                from,
                from + 20,
                score,
                track);
    }

    private void report(Recording recording) throws IOException {
        new CameraReport(
                        TRUTH,
                        ALERTS,
                        CameraScorer.score(TRUTH, ALERTS),
                        ModelScorer.score(TRUTH, ALERTS, 2))
                .write(directory, recording);
    }

    @Test
    void thresholdsAndVerdictsAreWrittenBesideThePage() throws IOException {
        report(null);

        assertThat(Files.readAllLines(directory.resolve("thresholds.csv")))
                .containsExactly(
                        "by,threshold,right,excused,wrong,found,required",
                        "rules,0.9000,1,0,0,1,2",
                        "rules,0.7000,1,0,1,1,2",
                        "rules,0.6000,2,0,1,2,2",
                        "models,0.9500,0,0,1,0,1",
                        "models,0.8000,1,0,1,1,1");
        assertThat(Files.readAllLines(directory.resolve("alerts.csv")))
                .hasSize(6)
                .anyMatch(
                        row -> row.startsWith("wrong,wrong-way,CAM-1,") && row.contains(",false,"));
        assertThat(Files.readString(directory.resolve("report.html")))
                .contains("Precision and recall")
                .contains("Alerts a camera and day against the threshold")
                .contains("1 of 1</b>")
                .contains("budget 2.00")
                .contains("Nearest in the truth: wrong-way, 280 s away")
                .doesNotContain("<polyline stroke=\"#b8383b\"");
    }

    @Test
    void textOfAlertsIsEscaped() throws IOException {
        ScoredAlert hostile =
                CameraAlerts.alert(
                        "a",
                        1,
                        Status.ENDED,
                        Action.ALERT,
                        "wrong-way",
                        "CAM-<script>",
                        405,
                        400,
                        420,
                        0.9,
                        "\"><b>");
        List<ScoredAlert> one = List.of(hostile);
        new CameraReport(
                        TRUTH,
                        one,
                        CameraScorer.score(TRUTH, one),
                        ModelScorer.score(TRUTH, one, 2))
                .write(directory, null);

        assertThat(Files.readString(directory.resolve("report.html")))
                .contains("CAM-&lt;script&gt;, ")
                .doesNotContain("<script", "<b>\"");
    }

    @Test
    void falseAlarmsAreDrawnFromTheFrames() throws IOException {
        Path recorded = directory.resolve("recorded");
        try (RecordingWriter writer = new RecordingWriter(recorded)) {
            for (int second = 300; second < 500; second++) {
                double x = (second - 300) / 250.0;
                CameraFrame frame =
                        new CameraFrame(
                                "CAM-1",
                                at(second),
                                (long) second,
                                List.of(
                                        new DetectedObject("40", "Car", 0.9, x, 0.5, 0.1, 0.1),
                                        new DetectedObject("41", "Car", 0.9, x, 0.7, 0.1, 0.1)));
                writer.write(
                        new TopicRecord(
                                Topics.CAMERA_FRAMES,
                                at(second),
                                "CAM-1",
                                CameraFrameCodec.write(frame)));
            }
        }
        report(Recording.in(recorded));

        String page = Files.readString(directory.resolve("report.html"));
        // One of the two tracks is red; no frames exist for the model's false alarm.
        assertThat(page.split("<polyline stroke=\"#b8383b\"", -1)).hasSize(2);
        assertThat(page.split("<polyline stroke=\"#8a8f98\"", -1)).hasSize(3);
        // Each diagram is also a separate file.
        assertThat(directory.resolve("plots"))
                .isDirectoryContaining("glob:**/precision-and-recall.svg")
                .isDirectoryContaining(
                        "glob:**/alerts-a-camera-and-day-against-the-threshold-models.svg");
        assertThat(Files.readString(directory.resolve("plots/false-alarm-1.svg")))
                .startsWith("<svg xmlns=");
    }
}
