package io.atalaya.inference;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** The real engine with the model that the project serves. */
class OnnxSessionTest {
    private static final StoredModel MODEL = StoredModel.onClassPath("plate-ocr", "4");
    private static final int PIXELS = 3 * 48 * 320;

    @Test
    void aBatchIsWhatItsPartsAre() {
        try (OnnxSession session = OnnxSession.open(MODEL);
                OnnxSession.Runner runner = session.runner()) {
            Tensor two = runner.run(input(2));
            Tensor one = runner.run(input(1));

            assertThat(two.shape()).containsExactly(2, 40, 6625);
            assertThat(one.shape()).containsExactly(1, 40, 6625);
            for (int i = 0; i < one.values().length; i += 997) {
                assertThat(two.values()[i]).isCloseTo(one.values()[i], within(1e-5f));
            }
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
    void refusesAnotherModelThanTheManifestSays() {
        ModelManifest right = MODEL.manifest();
        ModelManifest wrong =
                new ModelManifest(
                        right.name(),
                        right.version(),
                        right.description(),
                        right.source(),
                        right.licence(),
                        right.file(),
                        right.sha256(),
                        List.of(new ModelManifest.TensorSpec("image", List.of(-1))),
                        right.outputs(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        right.measured());
        assertThatThrownBy(() -> OnnxSession.open(new StoredModel(wrong, MODEL.weights())))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("the model has [x], the manifest says [image]");
        assertThatThrownBy(() -> OnnxSession.open(new StoredModel(right, new byte[] {1, 2, 3})))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("it cannot be loaded");
    }

    /** Neither is the engine's default. */
    @Test
    void looksForNoDownloadsAndReportsNoUse() {
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
