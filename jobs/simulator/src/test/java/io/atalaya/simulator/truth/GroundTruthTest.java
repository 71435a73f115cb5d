package io.atalaya.simulator.truth;

import io.atalaya.contracts.json.InvalidRecordException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class GroundTruthTest {
    private static final Path RECORDING = Path.of("../../../shared/data/sumo/truth.json");

    @Test
    void readsWhatItWrote() throws InvalidRecordException {
        GroundTruth truth =
                new GroundTruth(
                        7,
                        1_767_268_800_000L,
                        60,
                        List.of(
                                new GroundTruth.Entry(
                                        "E1", "v1", "ABC1234", null, true, 1L, 5L, null),
                                new GroundTruth.Entry(
                                        "E2", "v2", "ABC1235", "ABC*", false, 2L, null, 9L)),
                        List.of(
                                new GroundTruth.WantedPassage(
                                        "E1", "R1", 4L, "A1", "by-tag", "T1", false, true)),
                        List.of(
                                new GroundTruth.Clone(
                                        "XYZ9",
                                        List.of("v3", "v4"),
                                        418,
                                        List.of(List.of("R2", "R3"), List.of("R4")),
                                        0,
                                        false)),
                        List.of(
                                new GroundTruth.Convoy(
                                        "v1", "ABC1234", List.of("C1"), List.of("R1"))),
                        List.of("R5"),
                        List.of("R6"),
                        List.of(
                                new GroundTruth.CameraEpisode(
                                        "crowd", "CAM-1", 1L, 2L, List.of("9"))),
                        new GroundTruth.Outage("A1", 3L, 4L),
                        List.of(
                                new GroundTruth.Passage(
                                        "R1", 4L, "A1", "v1", "FALSE1", "ABC1234", "FALSE1",
                                        "exact", true)));
        assertThat(GroundTruth.CODEC.read(GroundTruth.CODEC.write(truth))).isEqualTo(truth);
        GroundTruth filmed =
                truth.withCameras(
                        3,
                        90,
                        truth.cameraEpisodes(),
                        List.of(
                                new GroundTruth.CameraEpisode(
                                        null, "CAM-2", 3L, 4L, List.of("8"))));
        assertThat(GroundTruth.CODEC.read(GroundTruth.CODEC.write(filmed))).isEqualTo(filmed);
    }

    @ParameterizedTest
    @CsvSource({"'', 24", "',\"cameraMinutes\":90', 36"})
    void cameraHoursDefaultToTheWholeRecording(String more, double hours)
            throws InvalidRecordException {
        String json = "{\"start\":1,\"minutes\":60,\"cameras\":24" + more + "}";
        assertThat(GroundTruth.CODEC.read(json.getBytes(StandardCharsets.UTF_8)).cameraHours())
                .isEqualTo(hours);
    }

    @Test
    void readsARecordedTruth() throws Exception {
        assumeTrue(Files.isReadable(RECORDING), () -> "no recording at " + RECORDING);
        GroundTruth truth = GroundTruth.CODEC.read(Files.readAllBytes(RECORDING));
        assertThat(truth.wantedPassages()).hasSizeGreaterThan(100);
        assertThat(truth.cameraEpisodes()).isNotEmpty();
        assertThat(truth.passages()).hasSizeGreaterThan(1000);
        assertThat(truth.clones().get(0).reads()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|start",
                "{\"start\":1,\"entries\":[{\"entryId\":\"E\"}]}|entries[0].addedAt",
                "{\"start\":1,\"wantedPassages\":[{\"entryId\":\"E\",\"time\":1,\"required\":true}]}|wantedPassages[0].readId",
                "{\"start\":1,\"clones\":[{\"plate\":\"A\",\"reads\":[[\"R\"],[1]]}]}|clones[0].reads[1][0]",
                "{\"start\":1,\"mismatches\":[{}]}|mismatches[0]",
            })
    void reportsTheInvalidField(String json, String field) {
        assertThatThrownBy(() -> GroundTruth.CODEC.read(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith(field + ": got ");
    }
}
