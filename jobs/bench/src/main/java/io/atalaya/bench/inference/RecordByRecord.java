package io.atalaya.bench.inference;

import io.atalaya.inference.StoredModel;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/** Serves like DJL's examples: a predictor whose translator takes one record. */
final class RecordByRecord implements Serving {
    static final String NAME = "DJL record by record";

    private final Model model;
    private final Predictor<float[], float[]> predictor;

    RecordByRecord(StoredModel stored) {
        try {
            this.model = Model.newInstance(stored.manifest().name(), Device.cpu(), "OnnxRuntime");
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
            return new NDList(context.getNDManager().create(record, new Shape(1, record.length)));
        }

        @Override
        public float[] processOutput(TranslatorContext context, NDList list) {
            return list.get(0).toFloatArray();
        }
    }
}
