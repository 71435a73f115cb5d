package io.atalaya.anomaly.trajectory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Features and embeddings in Java equal those of the Python code that trained the network. */
class GoldenTracksTest {
    private static final Path GOLDEN =
            Path.of("../../models", TrackEmbedding.NAME, TrackEmbedding.VERSION, "golden.json");

    private static JsonNode golden;
    private static List<float[]> features;

    @BeforeAll
    static void read() throws IOException {
        golden = new ObjectMapper().readTree(GOLDEN.toFile());
        List<Trajectory> tracks = new ArrayList<>();
        for (JsonNode track : golden.get("tracks")) {
            tracks.add(
                    new Trajectory(
                            numbers(track.get("t")),
                            numbers(track.get("x")),
                            numbers(track.get("y"))));
        }
        SceneFrame frame = SceneFrame.of(tracks);
        features = tracks.stream().map(track -> TrackFeatures.of(track, frame)).toList();
    }

    @Test
    void featuresEqualTheGoldenOnes() {
        assertThat(features).hasSizeGreaterThan(30);
        requireEqual(features, golden.get("features"), 1e-5f);
    }

    @Test
    void embeddingsAndScoresEqualTheGoldenOnes() {
        List<float[]> places;
        try (TrackEmbedding embedding = TrackEmbedding.open()) {
            places = embedding.of(features);
        }
        requireEqual(places, golden.get("places"), 1e-3f);
        assertThat(new BatchScene(features, places).scores())
                .containsExactly(numbers(golden.get("scores")), within(1e-2));
    }

    @Test
    void batchEqualsSingleRuns() {
        try (TrackEmbedding embedding = TrackEmbedding.open()) {
            // More than one batch of the network.
            List<float[]> many = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                many.add(features.get(i % features.size()));
            }
            List<float[]> places = embedding.of(many);
            assertThat(places).hasSize(300);
            assertThat(places.get(299))
                    .containsExactly(embedding.of(many.subList(299, 300)).get(0), within(1e-4f));
        }
    }

    private static void requireEqual(List<float[]> actual, JsonNode expected, float tolerance) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.size(); i++) {
            double[] row = numbers(expected.get(i));
            assertThat(actual.get(i)).hasSize(row.length);
            for (int j = 0; j < row.length; j++) {
                assertThat(actual.get(i)[j])
                        .as("track %d, number %d", i, j)
                        .isCloseTo((float) row[j], within(tolerance));
            }
        }
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).asDouble();
        }
        return numbers;
    }
}
