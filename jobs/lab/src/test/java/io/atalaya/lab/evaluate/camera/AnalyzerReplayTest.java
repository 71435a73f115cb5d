package io.atalaya.lab.evaluate.camera;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.simulator.camera.CameraPlan.EpisodeRates;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

class AnalyzerReplayTest {
    private static final long START = 1_772_542_800_000L;

    private final AnalyzerReplay replay = new AnalyzerReplay();

    private void frame(String camera, int second) throws InvalidRecordException {
        long at = START + second * 1_000L;
        replay.add(
                new TopicRecord(
                        Topics.CAMERA_FRAMES,
                        at,
                        camera,
                        CameraFrameCodec.write(
                                new CameraFrame(camera, at, (long) second, List.of()))));
    }

    @Test
    void findsWhatHappensBeforeSimulatedCameras() throws InvalidRecordException {
        City city =
                SampleCity.generate(
                        CityOptions.defaults(5, START)
                                .withMinutes(1)
                                .withReadsPerSecond(1)
                                .withHotlistSize(0)
                                .withCameras(
                                        new CameraPlan(3, 0, 30, 90, 4)
                                                .with(new EpisodeRates(0, 4))));
        while (city.hasNext()) {
            replay.add(city.next());
        }
        CameraFigures figures = CameraScorer.score(city.truth(), replay.revisions());
        assertThat(figures.episodes()).isGreaterThan(5);
        assertThat(figures.missed()).hasSizeLessThanOrEqualTo(1);
        // Zones come with the devices.
        assertThat(figures.kinds().get("zone-intrusion").found()).isPositive();
    }

    @Test
    void aCameraThatStaysSilentIsAlerted() throws InvalidRecordException {
        for (int i = 0; i < 700; i++) {
            frame("A", i);
        }
        frame("B", 760);
        assertThat(replay.revisions())
                .extracting(ScoredAlert::type, ScoredAlert::deviceId)
                .containsExactly(tuple("camera-silent", "A"));
    }

    @Test
    void aMalformedFrameIsAFault() {
        byte[] broken = "{".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> replay.add(new TopicRecord(Topics.CAMERA_FRAMES, 0, "A", broken)))
                .isInstanceOf(InvalidRecordException.class);
    }
}
