package io.atalaya.anomaly.trajectory;

import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.StoredModel;
import io.atalaya.inference.Tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The trajectory network: maps the features of tracks to vectors in which tracks of one lane are
 * near each other. Not thread-safe.
 */
public final class TrackEmbedding implements AutoCloseable {
    /** Name of the model under {@code models/}. */
    public static final String NAME = "trajectory";

    /** The version that matches this code's features. */
    public static final String VERSION = "1";

    /** Larger batches are not faster. */
    private static final int BATCH = 256;

    private final OnnxSession session;
    private final OnnxSession.Runner runner;

    private TrackEmbedding(OnnxSession session) {
        this.session = session;
        this.runner = session.runner();
    }

    /**
     * Loads the network that comes with the project.
     *
     * @throws io.atalaya.inference.InvalidModelException if it cannot be served
     */
    public static TrackEmbedding open() {
        return new TrackEmbedding(OnnxSession.open(StoredModel.onClassPath(NAME, VERSION)));
    }

    /**
     * The vectors of tracks, in the same order.
     *
     * @param features of {@link TrackFeatures#WIDTH} numbers each
     */
    public List<float[]> of(List<float[]> features) {
        List<float[]> vectors = new ArrayList<>(features.size());
        for (int from = 0; from < features.size(); from += BATCH) {
            embed(features.subList(from, Math.min(features.size(), from + BATCH)), vectors);
        }
        return vectors;
    }

    private void embed(List<float[]> batch, List<float[]> vectors) {
        float[] values = new float[batch.size() * TrackFeatures.WIDTH];
        for (int i = 0; i < batch.size(); i++) {
            System.arraycopy(batch.get(i), 0, values, i * TrackFeatures.WIDTH, TrackFeatures.WIDTH);
        }
        Tensor out = runner.run(new Tensor(values, batch.size(), TrackFeatures.WIDTH));
        int width = (int) out.shape()[1];
        for (int i = 0; i < batch.size(); i++) {
            vectors.add(Arrays.copyOfRange(out.values(), i * width, (i + 1) * width));
        }
    }

    @Override
    public void close() {
        runner.close();
        session.close();
    }
}
