package io.atalaya.anomaly.series;

import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.ModelManifest;
import io.atalaya.inference.ModelManifest.TensorSpec;
import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.StoredModel;
import io.atalaya.inference.Tensor;

import java.util.List;

/**
 * The network that weighs the evidence of a {@link SeriesModel}: one network for all series, what
 * is particular to a series is in its features. Its output is a logarithm of how often something
 * worth an alert looks like this, against how often it is nothing.
 *
 * <p>May be shared by threads; each runs it through a {@link Scorer} of its own.
 */
public final class SceneActivityNetwork implements AutoCloseable {
    /** Under {@code models/}. */
    public static final String MODEL = "scene-activity";

    public static final String VERSION = "1";

    private final ModelManifest manifest;
    private final OnnxSession session;

    private SceneActivityNetwork(ModelManifest manifest, OnnxSession session) {
        this.manifest = manifest;
        this.session = session;
    }

    /**
     * Loads it.
     *
     * @throws InvalidModelException if it takes other features than the series model makes, lacks a
     *     threshold, or cannot be loaded
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

    /** The bar and the rest between alerts that were fixed with the weights. */
    public EpisodeGate.Settings gate() {
        return gate(manifest);
    }

    private static EpisodeGate.Settings gate(ModelManifest manifest) {
        return new EpisodeGate.Settings(
                manifest.threshold("bar"),
                manifest.threshold("raise"),
                manifest.threshold("wearsOff"),
                manifest.threshold("worse"),
                (int) manifest.threshold("restValues"),
                manifest.threshold("restHours"),
                (int) manifest.threshold("quietValues"),
                manifest.threshold("quietHours"));
    }

    /** Runs the network for one thread. */
    public Scorer scorer() {
        return new Scorer(session.runner());
    }

    @Override
    public void close() {
        session.close();
    }

    /** One thread's way to the network. */
    public static final class Scorer implements AutoCloseable {
        private final OnnxSession.Runner runner;

        private Scorer(OnnxSession.Runner runner) {
            this.runner = runner;
        }

        /**
         * Scores a batch, of any mix of series.
         *
         * @param batch each of {@link SeriesModel#FEATURES} numbers
         * @return a score for each, the higher the more unusual
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
