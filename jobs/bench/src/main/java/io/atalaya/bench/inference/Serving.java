package io.atalaya.bench.inference;

import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.StoredModel;
import io.atalaya.inference.Tensor;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.Map;
import java.util.SplittableRandom;

/** A way of serving one model, for one thread. */
interface Serving extends AutoCloseable {
    /** Seeded random input. The values do not affect the time of a dense network. */
    record Features(int width, long seed) {
        /** The features of so many records, one record after the other. */
        float[] of(int records) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] values = new float[records * width];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-1, 1);
            }
            return values;
        }
    }

    /** The name in the tables. */
    String name();

    /**
     * Serves some records.
     *
     * @param values features, one record after the other; must not be modified
     * @param records number of records
     * @return the first output, one record after the other
     */
    float[] serve(float[] values, int records);

    @Override
    void close();

    /**
     * Serves like the jobs: by DJL one batch at a time, with a tensor built here instead of by a
     * batchifier.
     */
    final class DjlBatches implements Serving {
        public static final String NAME = "DJL micro-batches";

        private final OnnxSession session;
        private final OnnxSession.Runner runner;

        DjlBatches(StoredModel model) {
            this.session = OnnxSession.open(model);
            this.runner = session.runner();
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public float[] serve(float[] values, int records) {
            return runner.run(new Tensor(values, records, values.length / records)).values();
        }

        @Override
        public void close() {
            runner.close();
            session.close();
        }
    }

    /**
     * ONNX Runtime's own interface without DJL, with the same session options, as the lower bound.
     * DJL must be initialised before it, because otherwise the native library is loaded from
     * another place.
     */
    final class RawRuntime implements Serving {
        public static final String NAME = "raw ONNX Runtime";

        private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
        private final OrtSession session;
        private final String input;

        RawRuntime(StoredModel model) {
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setInterOpNumThreads(1);
                options.setIntraOpNumThreads(1);
                this.session = environment.createSession(model.weights(), options);
                this.input = session.getInputNames().iterator().next();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public float[] serve(float[] values, int records) {
            long[] shape = {records, values.length / records};
            try (OnnxTensor batch =
                            OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
                    OrtSession.Result result = session.run(Map.of(input, batch))) {
                return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Serves like DJL's examples: a predictor whose translator takes one record. */
    final class DjlRecords implements Serving {
        public static final String NAME = "DJL record by record";

        private final Model model;
        private final Predictor<float[], float[]> predictor;

        DjlRecords(StoredModel stored) {
            try {
                this.model =
                        Model.newInstance(stored.manifest().name(), Device.cpu(), "OnnxRuntime");
                model.load(
                        new ByteArrayInputStream(stored.weights()),
                        Map.of("interOpNumThreads", "1", "intraOpNumThreads", "1"));
                Files.deleteIfExists(model.getModelPath());
            } catch (IOException | MalformedModelException e) {
                throw new IllegalStateException(e);
            }
            this.predictor = model.newPredictor(new OneRecord());
        }

        @Override
        public String name() {
            return NAME;
        }

        /** Accepts one record only, because single records are what it measures. */
        @Override
        public float[] serve(float[] values, int records) {
            if (records != 1) {
                throw new IllegalArgumentException("records: got " + records + ", expected 1");
            }
            try {
                return predictor.predict(values);
            } catch (TranslateException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            predictor.close();
            model.close();
        }

        private static final class OneRecord implements NoBatchifyTranslator<float[], float[]> {
            @Override
            public NDList processInput(TranslatorContext context, float[] record) {
                return new NDList(
                        context.getNDManager().create(record, new Shape(1, record.length)));
            }

            @Override
            public float[] processOutput(TranslatorContext context, NDList list) {
                return list.get(0).toFloatArray();
            }
        }
    }
}
