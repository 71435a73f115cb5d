package io.atalaya.inference;

import io.atalaya.inference.ModelManifest.TensorSpec;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** The real engine with the networks that the project serves. */
class RowNetworkTest {
    private static final StoredModel TRACKS = StoredModel.onClassPath("trajectory", "1");
    private static final StoredModel ACTIVITY = StoredModel.onClassPath("scene-activity", "1");
    private static final int TRACK = 64;

    @Test
    void rowIsIndependentOfItsBatch() {
        List<float[]> rows = rows(67);
        try (RowNetwork network = RowNetwork.open(TRACKS, TRACK);
                RowNetwork.Runner runner = network.runner()) {
            List<float[]> together = runner.run(rows);

            assertThat(together).hasSize(67).allMatch(row -> row.length == network.outputs());
            for (int i = 0; i < rows.size(); i++) {
                float[] alone = runner.run(List.of(rows.get(i))).get(0);
                // Other batch sizes use other kernels, which round differently.
                assertThat(together.get(i)).containsExactly(alone, within(1e-5f));
            }
        }
    }

    private static List<float[]> rows(int count) {
        Random random = new Random(5);
        List<float[]> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            float[] values = new float[TRACK];
            for (int i = 0; i < TRACK; i++) {
                values[i] = (float) random.nextGaussian() / 2;
            }
            rows.add(values);
        }
        return rows;
    }

    @Test
    void scalarOutputGivesRowsOfOne() {
        try (RowNetwork network = RowNetwork.open(ACTIVITY, 70);
                RowNetwork.Runner runner = network.runner()) {
            assertThat(network.outputs()).isEqualTo(1);
            assertThat(runner.run(List.of(new float[70], new float[70])))
                    .hasSize(2)
                    .allMatch(row -> row.length == 1);
        }
    }

    @Test
    void rejectsAManifestOfOtherRows() {
        assertThatThrownBy(() -> RowNetwork.open(TRACKS, TRACK + 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("trajectory 1: inputs: got")
                .hasMessageContaining("expected one of shape [-1, 65]");
        assertThatThrownBy(() -> open(List.of(-1, 2, 12)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("outputs: got")
                .hasMessageContaining("expected one of shape [-1] or [-1, n]");
    }

    @Test
    void rejectsAModelWithOtherOutputsThanItsManifest() {
        assertThatThrownBy(() -> open(List.of(-1, 25)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("outputs: the model has [place FLOAT[-1, 24]], the manifest")
                .hasMessageContaining("shape=[-1, 25]");
    }

    private static RowNetwork open(List<Integer> output) {
        ModelManifest right = TRACKS.manifest();
        ModelManifest changed =
                new ModelManifest(
                        right.name(),
                        right.version(),
                        right.description(),
                        right.source(),
                        right.licence(),
                        right.file(),
                        right.sha256(),
                        right.inputs(),
                        List.of(new TensorSpec("place", output)),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        right.measured());
        return RowNetwork.open(new StoredModel(changed, TRACKS.weights()), TRACK);
    }
}
