package io.atalaya.inference;

import io.atalaya.inference.ModelManifest.TensorSpec;

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
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

    private static final Path MAPPED_FILES = Path.of("/proc/self/maps");

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
     * @throws InvalidModelException if it cannot be loaded, if its inputs or outputs differ from
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
            deleteLoadedLibraries();
            require(stored);
            return new OnnxSession(model);
        } catch (IOException | MalformedModelException | OrtException e) {
            model.close();
            throw new InvalidModelException(manifest.name() + ": it cannot be loaded: " + e, e);
        } catch (InvalidModelException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Deletes the files from which ONNX Runtime has loaded itself; Linux needs them no longer.
     * Their directory would stay: ONNX Runtime leaves it to the end of the process, which deletes
     * first what was registered last, the directory before its files.
     */
    private static void deleteLoadedLibraries() {
        if (!Files.isReadable(MAPPED_FILES)) {
            return;
        }
        String temporary = System.getProperty("java.io.tmpdir") + "/onnxruntime-java";
        try (Stream<String> mapped = Files.lines(MAPPED_FILES, ISO_8859_1)) {
            for (String each : mapped.filter(line -> line.contains(" " + temporary)).toList()) {
                Files.deleteIfExists(Path.of(each.substring(each.indexOf('/'))));
            }
        } catch (IOException | UncheckedIOException e) {
            // A file that stays harms nothing, and the model is loaded.
        }
    }

    /**
     * Checks names, shapes and types against the manifest. ONNX Runtime is asked itself, because
     * DJL gives only the names of the inputs.
     */
    private static void require(StoredModel stored) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = environment.createSession(stored.weights(), options)) {
                ModelManifest manifest = stored.manifest();
                require(manifest, "inputs", manifest.inputs(), session.getInputInfo());
                require(manifest, "outputs", manifest.outputs(), session.getOutputInfo());
            }
        }
    }

    private static void require(
            ModelManifest manifest,
            String field,
            List<TensorSpec> declared,
            Map<String, NodeInfo> actual) {
        boolean isSame = declared.size() == actual.size();
        for (TensorSpec spec : declared) {
            isSame = isSame && isCompatible(spec, actual.get(spec.name()));
        }
        if (!isSame) {
            throw new InvalidModelException(
                    "%s %s: %s: the model has %s, the manifest says %s"
                            .formatted(
                                    manifest.name(),
                                    manifest.version(),
                                    field,
                                    actual.values().stream().map(OnnxSession::text).toList(),
                                    declared));
        }
    }

    /** A dimension of any length in the model fits every length. */
    private static boolean isCompatible(TensorSpec spec, NodeInfo actual) {
        if (actual == null
                || !(actual.getInfo() instanceof TensorInfo tensor)
                || tensor.type != OnnxJavaType.FLOAT
                || tensor.getShape().length != spec.shape().size()) {
            return false;
        }
        for (int i = 0; i < spec.shape().size(); i++) {
            long length = tensor.getShape()[i];
            if (length >= 0 && length != spec.shape().get(i)) {
                return false;
            }
        }
        return true;
    }

    private static String text(NodeInfo node) {
        return node.getInfo() instanceof TensorInfo tensor
                ? node.getName() + " " + tensor.type + Arrays.toString(tensor.getShape())
                : node.getName() + " " + node.getInfo();
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
                throw new IllegalStateException("the model does not run on this batch", e);
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
