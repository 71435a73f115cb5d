package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.videoanalytics.recording.AnalyzerRun;
import io.atalaya.videoanalytics.recording.CameraRecording;
import io.atalaya.videoanalytics.recording.CameraRecording.Arrived;
import io.atalaya.videoanalytics.recording.CameraScore;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A recorded hour of 24 cameras with ground truth, unchanged and disturbed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedCityTest {
    private static final double CAMERA_HOURS = 24;

    private List<Arrived> frames;
    private GroundTruth truth;

    @BeforeAll
    void read() throws IOException, InvalidRecordException {
        assumeTrue(
                Files.isDirectory(CameraRecording.SUMO),
                () -> "no recording at " + CameraRecording.SUMO.toAbsolutePath());
        frames = CameraRecording.read(CameraRecording.SUMO.resolve("camera-frames.jsonl.gz"));
        truth =
                GroundTruth.CODEC.read(
                        Files.readAllBytes(CameraRecording.SUMO.resolve("truth.json")));
    }

    private CameraScore score(List<Arrived> recorded) {
        return CameraScore.of(
                truth, new AnalyzerRun(CameraAnalyzerSettings.DEFAULT).feed(recorded).emitted());
    }

    @Test
    void findsWhatHappensAndIsSilentOtherwise() {
        CameraScore score = score(frames);
        System.out.print(score.table());
        assertThat(score.found()).as("missed %s", score.missed()).isGreaterThanOrEqualTo(0.95);
        assertThat(score.alertsPerIncident()).isLessThanOrEqualTo(1.1);
        assertThat((double) score.falseOnes().size())
                .as("%s", score.falseOnes())
                .isLessThanOrEqualTo(CAMERA_HOURS / 10);
        assertDelay(score, AlertType.STOPPED_VEHICLE, 60);
        assertDelay(score, AlertType.CAMERA_SILENT, 30);
        assertDelay(score, AlertType.CAMERA_FROZEN, 30);
        assertDelay(score, AlertType.WRONG_WAY, 10);
        assertDelay(score, AlertType.CROWD, 60);
        assertDelay(score, AlertType.CONGESTION, 120);
        assertDelay(score, AlertType.ABANDONED_OBJECT, 120);
        assertDelay(score, AlertType.LOITERING, 180);
        assertDelay(score, AlertType.CAMERA_MOVED, 300);
    }

    private static void assertDelay(CameraScore score, AlertType type, double seconds) {
        assertThat(score.of(type).medianDelay()).as(type.wireName()).isLessThanOrEqualTo(seconds);
    }

    @Test
    void aMirroredFrameMakesNoDifference() {
        assertGoals(
                score(
                        changed(
                                o ->
                                        new DetectedObject(
                                                o.trackId(),
                                                o.type(),
                                                o.confidence(),
                                                1 - o.x() - o.width(),
                                                o.y(),
                                                o.width(),
                                                o.height()))));
    }

    @Test
    void halfTheFrameRateIsEnough() {
        assertGoals(score(frames.stream().filter(f -> f.frame().frameId() % 2 == 0).toList()));
    }

    @Test
    void lostFramesAreBorne() {
        Random random = new Random(7);
        assertGoals(score(frames.stream().filter(f -> random.nextDouble() > 0.2).toList()));
    }

    @Test
    void aSmallerFrameOfTheSameIsEnough() {
        assertGoals(
                score(
                        changed(
                                o ->
                                        new DetectedObject(
                                                o.trackId(),
                                                o.type(),
                                                o.confidence(),
                                                0.15 + 0.7 * o.x(),
                                                0.15 + 0.7 * o.y(),
                                                0.7 * o.width(),
                                                0.7 * o.height()))));
    }

    private static void assertGoals(CameraScore score) {
        assertThat(score.found()).as("missed %s", score.missed()).isGreaterThanOrEqualTo(0.95);
        assertThat((double) score.falseOnes().size())
                .as("%s", score.falseOnes())
                .isLessThanOrEqualTo(CAMERA_HOURS / 10);
    }

    private List<Arrived> changed(UnaryOperator<DetectedObject> change) {
        List<Arrived> changed = new ArrayList<>();
        for (Arrived each : frames) {
            CameraFrame frame = each.frame();
            changed.add(
                    new Arrived(
                            new CameraFrame(
                                    frame.deviceId(),
                                    frame.deviceTime(),
                                    frame.frameId(),
                                    frame.objects().stream().map(change).toList()),
                            each.at()));
        }
        return changed;
    }

    @Test
    void aWatchThatIsWrittenAndReadGoesOnAsIfItHadNot() throws IOException {
        Map<String, CameraAnalyzer> watches = new HashMap<>();
        List<AnalyzerRun.EmittedUpdate> emitted = new ArrayList<>();
        int most = 0;
        for (int i = 0; i < frames.size(); i++) {
            Arrived each = frames.get(i);
            String id = each.frame().deviceId();
            CameraAnalyzer watch =
                    watches.computeIfAbsent(
                            id, x -> new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT));
            if (i % 101 == 0) {
                AnalyzerBytes bytes = AnalyzerBytes.of(watch);
                most = Math.max(most, bytes.size());
                watch = bytes.read(CameraAnalyzerSettings.DEFAULT);
                watches.put(id, watch);
            }
            watch.onFrame(each.frame(), each.at())
                    .forEach(update -> emitted.add(new AnalyzerRun.EmittedUpdate(id, update)));
        }
        System.out.printf("at most %d bytes a camera%n", most);
        assertThat(most).isLessThanOrEqualTo(64 * 1024);
        assertThat(emitted).isEqualTo(plain());
    }

    /** As above, without timers. */
    private List<AnalyzerRun.EmittedUpdate> plain() {
        Map<String, CameraAnalyzer> watches = new HashMap<>();
        List<AnalyzerRun.EmittedUpdate> emitted = new ArrayList<>();
        for (Arrived each : frames) {
            String id = each.frame().deviceId();
            watches.computeIfAbsent(id, x -> new CameraAnalyzer(CameraAnalyzerSettings.DEFAULT))
                    .onFrame(each.frame(), each.at())
                    .forEach(update -> emitted.add(new AnalyzerRun.EmittedUpdate(id, update)));
        }
        return emitted;
    }
}
