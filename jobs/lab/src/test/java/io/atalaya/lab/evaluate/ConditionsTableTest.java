package io.atalaya.lab.evaluate;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ConditionsTableTest {
    private static final GroundTruth NONE =
            new GroundTruth(
                    1, 0, 60, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of(), null, List.of());

    private static final GroundTruth CROWD =
            NONE.withCameras(
                    2,
                    60,
                    List.of(new CameraEpisode("crowd", "CAM-1", 0, 60_000, List.of())),
                    List.of());

    @Test
    void hasAColumnForEachCondition() {
        ConditionsTable table = new ConditionsTable();
        table.add("clear", NONE.withCameras(2, 60, List.of(), List.of()), List.of());
        table.add("night+rain", CROWD, List.of());
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out, true));
        assertThat(out.toString())
                .containsPattern("type +clear +night\\+rain")
                .containsPattern("crowd +- +0/1")
                .containsPattern("found of cameras +- +0.0 % \\(0/1\\)")
                .containsPattern("false of cameras, in camera-hours +0 in 2 +0 in 2");
    }

    @Test
    void aReplayedDayHasFalseAlertsAndDelaysOfCamerasToo() {
        ConditionsTable table = new ConditionsTable();
        table.add("clear", CROWD, List.of(crowd("a", "CAM-1"), crowd("b", "CAM-2")));
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out, true));
        assertThat(out.toString()).containsPattern("crowd +1/1, 1 false, 30 s");
    }

    private static ScoredAlert crowd(String id, String camera) {
        return new ScoredAlert(
                30_000,
                id,
                1,
                Alert.Status.NEW,
                "crowd",
                Alert.Action.ALERT,
                null,
                null,
                camera,
                10_000,
                null,
                List.of(),
                List.of(),
                0.5,
                50,
                null,
                null,
                null);
    }
}
