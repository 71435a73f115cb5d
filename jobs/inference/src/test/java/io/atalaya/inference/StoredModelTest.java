package io.atalaya.inference;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoredModelTest {
    /** sha256 of {@code weights}. */
    private static final String DIGEST =
            "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c";

    private static final String MANIFEST =
            """
            {"name": "toy", "version": "1", "description": "a toy", "source": "made", "licence": "MIT",
             "file": "model.onnx", "sha256": "%s",
             "inputs": [{"name": "x", "shape": [-1, 3]}], "outputs": [{"name": "y", "shape": [-1, 2]}],
             "preprocessing": {"width": 320, "mean": 0.5}, "classes": {"A": 1}, "thresholds": {"least": 0.1},
             "measured": "not at all"}
            """;

    @TempDir private Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("model.onnx"), "weights");
        manifest(MANIFEST.formatted(DIGEST));
    }

    @Test
    void readsTheManifest() {
        StoredModel model = StoredModel.in(directory);

        assertThat(new String(model.weights(), StandardCharsets.UTF_8)).isEqualTo("weights");
        ModelManifest manifest = model.manifest();
        assertThat(manifest.inputs())
                .containsExactly(new ModelManifest.TensorSpec("x", List.of(-1, 3)));
        assertThat(manifest.pixels("width")).isEqualTo(320);
        assertThat(manifest.threshold("least")).isEqualTo(0.1);
        assertThat(manifest.classes()).containsEntry("A", 1);
        assertThatThrownBy(() -> manifest.threshold("most"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("thresholds.most is missing");
        assertThatThrownBy(() -> manifest.pixels("mean"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("preprocessing.mean: got 0.5, expected a whole number");
    }

    @Test
    void rejectsWeightsWithAnotherHash() throws IOException {
        Files.writeString(directory.resolve("model.onnx"), "other weights");

        assertRejected("model.onnx: its sha256 is ", "expected " + DIGEST, "another model");
    }

    @Test
    void rejectsMissingFiles() throws IOException {
        Files.delete(directory.resolve("model.onnx"));
        assertRejected("model.onnx: it cannot be read: no such file");
        Files.delete(directory.resolve("manifest.json"));
        assertRejected("manifest.json: it cannot be read");
        assertThatThrownBy(() -> StoredModel.onClassPath("toy", "7"))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("/models/toy/7/manifest.json");
    }

    @Test
    void rejectsIncompleteAndOversizedManifests() throws IOException {
        String manifest = MANIFEST.formatted(DIGEST);
        manifest(manifest.replace("\"licence\": \"MIT\",", ""));
        assertRejected("licence", "required");
        manifest(manifest.replace("\"thresholds\"", "\"tresholds\""));
        assertRejected("tresholds", "an unknown field", "thresholds");
        manifest(manifest.replace("model.onnx", "../model.onnx"));
        assertRejected("file", "beside the manifest");
        manifest(manifest.replace(DIGEST, DIGEST.toUpperCase(Locale.ROOT)));
        assertRejected("sha256", "64 lower-case hexadecimal digits");
        manifest(manifest.replace("[-1, 3]", "[-2, 3]"));
        assertRejected("inputs[0].shape[0]", "-1");
        manifest("{");
        assertRejected("manifest.json");
    }

    private void manifest(String json) throws IOException {
        Files.writeString(directory.resolve("manifest.json"), json);
    }

    private void assertRejected(String... parts) {
        assertThatThrownBy(() -> StoredModel.in(directory))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContainingAll(parts);
    }
}
