package io.atalaya.anomaly.series;

import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.StoredModel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SceneActivityNetworkTest {
    private static final Path GOLDEN = Path.of("../../models/scene-activity/1/golden.json");

    private static StoredModel stored() {
        return StoredModel.onClassPath(SceneActivityNetwork.MODEL, SceneActivityNetwork.VERSION);
    }

    @Test
    void givesTheScoresOfTheTraining() throws IOException {
        JsonNode golden = new ObjectMapper().readTree(Files.readAllBytes(GOLDEN));
        List<float[]> features = new ArrayList<>();
        for (JsonNode row : golden.get("features")) {
            float[] values = new float[row.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) row.get(i).asDouble();
            }
            features.add(values);
        }
        try (SceneActivityNetwork network = SceneActivityNetwork.open(stored());
                SceneActivityNetwork.Scorer scorer = network.scorer()) {
            float[] scores = scorer.score(features);

            assertThat(scores).hasSize(64);
            for (int i = 0; i < scores.length; i++) {
                double expected = golden.get("scores").get(i).asDouble();
                assertThat((double) scores[i]).isCloseTo(expected, within(1e-3));
                assertThat(scorer.score(List.of(features.get(i)))[0])
                        .as("alone as in a batch")
                        .isCloseTo(scores[i], within(1e-4f));
            }
            assertThat(scorer.score(List.of())).isEmpty();
        }
    }

    @Test
    void rejectsAModelOfOtherFeatures() {
        StoredModel plates = StoredModel.onClassPath("plate-ocr", "5");

        assertThatThrownBy(() -> SceneActivityNetwork.open(plates))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("plate-ocr 5: inputs: got")
                .hasMessageContaining("features");
    }

    @Test
    void isSmall() {
        assertThat(stored().weights().length).isLessThan(2_000_000);
    }
}
