package io.atalaya.lab.evaluate;

import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ConditionsTableTest {
    @Test
    void hasAColumnForEachCondition() {
        GroundTruth none =
                new GroundTruth(
                        1, 0, 60, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                        List.of(), null, List.of());
        GroundTruth one =
                none.withCameras(
                        2,
                        60,
                        List.of(new CameraEpisode("crowd", "CAM-1", 0, 60_000, List.of())),
                        List.of());
        ConditionsTable table = new ConditionsTable();
        table.add("clear", none.withCameras(2, 60, List.of(), List.of()), List.of());
        table.add("night+rain", one, List.of());
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out, true));
        assertThat(out.toString())
                .containsPattern("type +clear +night\\+rain")
                .containsPattern("crowd +- +0/1")
                .containsPattern("found of cameras +- +0.0 % \\(0/1\\)")
                .containsPattern("false of cameras, in camera-hours +0 in 2 +0 in 2");
    }
}
