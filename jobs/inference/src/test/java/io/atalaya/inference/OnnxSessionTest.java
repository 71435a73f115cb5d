package io.atalaya.inference;

import io.atalaya.inference.ModelManifest.TensorSpec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** The real engine with the model that the project serves. */
class OnnxSessionTest {
    private static final StoredModel MODEL = StoredModel.onClassPath("plate-ocr", "5");
    private static final int PIXELS = 3 * 48 * 320;

    /** An ONNX model {@code y = x} of 64-bit integers, shape {@code [n, 2]}. */
    private static final byte[] IDENTITY_OF_LONGS =
            HexFormat.of()
                    .parseHex(
                            "08073a410a100a017812017922084964656e746974791201675a140a0178120f0a0d0807"
                                    + "12090a0312016e0a02080262140a0179120f0a0d080712090a0312016e0a020802"
                                    + "4202100d");

    @Test
    void batchEqualsSingleRuns() {
        try (OnnxSession session = OnnxSession.open(MODEL);
                OnnxSession.Runner runner = session.runner()) {
            Tensor two = runner.run(input(2));
            Tensor one = runner.run(input(1));

            assertThat(two.shape()).containsExactly(2, 40, 41);
            assertThat(one.shape()).containsExactly(1, 40, 41);
            for (int i = 0; i < one.values().length; i++) {
                assertThat(two.values()[i]).isCloseTo(one.values()[i], within(1e-5f));
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesNoFileOfTheEngine() throws IOException {
        OnnxSession.open(MODEL).close();
        try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"), ISO_8859_1)) {
            assertThat(mapped.filter(line -> line.contains("/onnxruntime-java")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(" (deleted)"));
        }
    }

    @Test
    void threadsShareASession() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (OnnxSession session = OnnxSession.open(MODEL)) {
            Callable<float[]> run =
                    () -> {
                        try (OnnxSession.Runner runner = session.runner()) {
                            return runner.run(input(1)).values();
                        }
                    };
            List<Future<float[]>> runs = threads.invokeAll(List.of(run, run, run, run));
            for (Future<float[]> each : runs) {
                assertThat(each.get()).isEqualTo(runs.get(0).get());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void rejectsAModelWithOtherTensorsThanItsManifest() {
        List<TensorSpec> inputs = MODEL.manifest().inputs();
        List<TensorSpec> outputs = MODEL.manifest().outputs();
        byte[] weights = MODEL.weights();

        assertThatThrownBy(() -> open(spec("image", -1, 3, 48, -1), outputs, weights))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(
                        "inputs: the model has [x FLOAT[-1, 3, -1, -1]], the manifest")
                .hasMessageContaining("name=image");
        assertThatThrownBy(() -> open(spec("x", -1, 1, 48, -1), outputs, weights))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("inputs: the model has")
                .hasMessageContaining("shape=[-1, 1, 48, -1]");
        assertThatThrownBy(() -> open(spec("x", -1, 3, 48), outputs, weights))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("inputs: the model has");
        assertThatThrownBy(() -> open(inputs, spec(outputs.get(0).name(), -1, -1, 100), weights))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("outputs: the model has");
    }

    @Test
    void rejectsAModelWithoutFloatInput() {
        assertThatThrownBy(() -> open(spec("x", -1, 2), spec("y", -1, 2), IDENTITY_OF_LONGS))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("inputs: the model has [x INT64[-1, 2]]");
    }

    @Test
    void rejectsBytesThatAreNoModel() {
        assertThatThrownBy(
                        () ->
                                open(
                                        MODEL.manifest().inputs(),
                                        MODEL.manifest().outputs(),
                                        new byte[] {1, 2, 3}))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("it cannot be loaded");
    }

    private static List<TensorSpec> spec(String name, Integer... shape) {
        return List.of(new TensorSpec(name, List.of(shape)));
    }

    private static void open(List<TensorSpec> inputs, List<TensorSpec> outputs, byte[] weights) {
        ModelManifest right = MODEL.manifest();
        ModelManifest manifest =
                new ModelManifest(
                        right.name(),
                        right.version(),
                        right.description(),
                        right.source(),
                        right.licence(),
                        right.file(),
                        right.sha256(),
                        inputs,
                        outputs,
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        right.measured());
        OnnxSession.open(new StoredModel(manifest, weights)).close();
    }

    /** Neither is the engine's default. */
    @Test
    void disablesDownloadsAndUsageReports() {
        OnnxSession.open(MODEL).close();

        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
    }

    private static Tensor input(int batch) {
        float[] values = new float[batch * PIXELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % PIXELS % 7 / 7f - 0.5f;
        }
        return new Tensor(values, batch, 3, 48, 320);
    }
}
