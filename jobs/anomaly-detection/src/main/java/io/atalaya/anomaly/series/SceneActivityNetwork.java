package io.atalaya.anomaly.series;

import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.ModelManifest;
import io.atalaya.inference.ModelManifest.TensorSpec;
import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.StoredModel;
import io.atalaya.inference.Tensor;

import java.util.List;

/**
 * The network that combines the features of a {@link SeriesModel}. One network serves all series,
 * because the features carry what is particular to a series. Its output is the logarithm of how
 * often an event worth an alert looks like this, relative to how often a harmless one does.
 *
 * <p>Thread-safe; each thread runs it through its own {@link Scorer}.
 */
public final class SceneActivityNetwork implements AutoCloseable {
    /** Its name under {@code models/}. */
    public static final String MODEL = "scene-activity";

    public static final String VERSION = "1";

    private final ModelManifest manifest;
    private final OnnxSession session;

    private SceneActivityNetwork(ModelManifest manifest, OnnxSession session) {
        this.manifest = manifest;
        this.session = session;
    }

    /**
     * Loads the network.
     *
     * @throws InvalidModelException if its inputs differ from the features of the series model, it
     *     lacks a threshold, or it cannot be loaded
     */
    public static SceneActivityNetwork open(StoredModel stored) {
        ModelManifest manifest = stored.manifest();
        List<TensorSpec> expected =
                List.of(new TensorSpec("features", List.of(-1, SeriesModel.FEATURES)));
        if (!manifest.inputs().equals(expected)) {
            throw new InvalidModelException(
                    "%s %s: inputs: got %s, expected %s"
                            .formatted(
                                    manifest.name(),
                                    manifest.version(),
                                    manifest.inputs(),
                                    expected));
        }
        gate(manifest);
        return new SceneActivityNetwork(manifest, OnnxSession.open(stored));
    }

    /** The alert thresholds that were fixed together with the weights. */
    public EpisodeGate.Settings gate() {
        return gate(manifest);
    }

    private static EpisodeGate.Settings gate(ModelManifest manifest) {
        return new EpisodeGate.Settings(
                manifest.threshold("bar"),
                manifest.threshold("alone"),
                manifest.threshold("raise"),
                manifest.threshold("wearsOff"),
                manifest.threshold("worse"),
                (int) manifest.threshold("restValues"),
                manifest.threshold("restHours"),
                (int) manifest.threshold("quietValues"),
                manifest.threshold("quietHours"));
    }

    /** Creates a scorer for one thread. */
    public Scorer scorer() {
        return new Scorer(session.runner());
    }

    @Override
    public void close() {
        session.close();
    }

    /** Runs the network for one thread. */
    public static final class Scorer implements AutoCloseable {
        private final OnnxSession.Runner runner;

        private Scorer(OnnxSession.Runner runner) {
            this.runner = runner;
        }

        /**
         * Scores a batch from any mix of series.
         *
         * @param batch rows of {@link SeriesModel#FEATURES} numbers each
         * @return one score per row, the higher the more unusual
         */
        public float[] score(List<float[]> batch) {
            if (batch.isEmpty()) {
                return new float[0];
            }
            float[] values = new float[batch.size() * SeriesModel.FEATURES];
            for (int row = 0; row < batch.size(); row++) {
                System.arraycopy(
                        batch.get(row),
                        0,
                        values,
                        row * SeriesModel.FEATURES,
                        SeriesModel.FEATURES);
            }
            return runner.run(new Tensor(values, batch.size(), SeriesModel.FEATURES)).values();
        }

        @Override
        public void close() {
            runner.close();
        }
    }
}
