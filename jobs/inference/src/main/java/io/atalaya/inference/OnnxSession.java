package io.atalaya.inference;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import ai.djl.util.PairList;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * A model in memory, run by DJL on ONNX Runtime. Threads may share it; each uses its own {@link
 * Runner}.
 */
public final class OnnxSession implements AutoCloseable {
    private static final String ENGINE = "OnnxRuntime";

    /**
     * Limits a run to one core, its caller's. Both options are needed, because the engine reads the
     * second only if it finds the first.
     */
    private static final Map<String, String> ONE_THREAD =
            Map.of("interOpNumThreads", "1", "intraOpNumThreads", "1");

    static {
        // Before the engine is initialised, because it would look for downloads and report its use.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    private final Model model;

    private OnnxSession(Model model) {
        this.model = model;
    }

    /**
     * Loads a model.
     *
     * @throws InvalidModelException if it cannot be loaded, if the names of its inputs differ from
     *     the manifest, or if the engine is missing
     */
    public static OnnxSession open(StoredModel stored) {
        ModelManifest manifest = stored.manifest();
        Model model;
        try {
            model = Model.newInstance(manifest.name(), Device.cpu(), ENGINE);
        } catch (LinkageError e) {
            throw new InvalidModelException(
                    manifest.name()
                            + ": DJL and ONNX Runtime are not in the cluster's lib/, or not for this"
                            + " platform: "
                            + e,
                    e);
        }
        try {
            model.load(new ByteArrayInputStream(stored.weights()), ONE_THREAD);
            // The engine creates an empty directory for a model that comes as bytes.
            Files.deleteIfExists(model.getModelPath());
            require(manifest, model.getBlock().describeInput());
            return new OnnxSession(model);
        } catch (IOException | MalformedModelException e) {
            model.close();
            throw new InvalidModelException(manifest.name() + ": it cannot be loaded: " + e, e);
        } catch (InvalidModelException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Checks the names alone, because DJL does not know more; the first run rejects a wrong shape.
     */
    private static void require(ModelManifest manifest, PairList<String, Shape> actual) {
        List<String> declared =
                manifest.inputs().stream().map(ModelManifest.TensorSpec::name).toList();
        if (!declared.equals(actual.keys())) {
            throw new InvalidModelException(
                    "%s %s: inputs: the model has %s, the manifest says %s"
                            .formatted(
                                    manifest.name(), manifest.version(), actual.keys(), declared));
        }
    }

    /** A runner of the model for one thread. */
    public Runner runner() {
        return new Runner(model.newPredictor(new WholeBatch()));
    }

    @Override
    public void close() {
        model.close();
    }

    /** The access of one thread to the model, because a predictor is not thread-safe. */
    public static final class Runner implements AutoCloseable {
        private final Predictor<Tensor, Tensor> predictor;

        private Runner(Predictor<Tensor, Tensor> predictor) {
            this.predictor = predictor;
        }

        /**
         * Runs a batch.
         *
         * @param batch the only input; its first dimension is the batch
         * @return the first output
         */
        public Tensor run(Tensor batch) {
            try {
                return predictor.predict(batch);
            } catch (TranslateException e) {
                throw new IllegalStateException("a model that ran before does not run", e);
            }
        }

        @Override
        public void close() {
            predictor.close();
        }
    }

    /** Passes the caller's batch unchanged, because this engine cannot stack arrays. */
    private static final class WholeBatch implements NoBatchifyTranslator<Tensor, Tensor> {
        @Override
        public NDList processInput(TranslatorContext context, Tensor batch) {
            return new NDList(
                    context.getNDManager().create(batch.values(), new Shape(batch.shape())));
        }

        @Override
        public Tensor processOutput(TranslatorContext context, NDList list) {
            NDArray output = list.get(0);
            return new Tensor(output.toFloatArray(), output.getShape().getShape());
        }
    }
}
