package io.atalaya.anomaly.trajectory;

import io.atalaya.contracts.json.Field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What one camera has learned of its tracks, in bounded size. Each track is first scored against
 * those before it, and then learned. Not thread-safe.
 */
public final class TrajectoryModel {
    /** Number of tracks before the first score. */
    public static final int WARM_UP = 30;

    /** Maximum number in an embedding, so that squares stay finite. */
    public static final double MAX_EMBEDDING = 1e6;

    /** Number of earlier tracks that a track is compared with. */
    static final int SAMPLE = 256;

    /** Number of latest tracks among whose values a value is ranked. */
    static final int RANKED = 224;

    /** The numbers of the sample are kept as multiples of 1 / GRID, to halve the state. */
    static final float GRID = 2_048;

    /**
     * A track's weight falls to 1/e after this many others: new trajectories become typical, those
     * of a closed road unusual.
     */
    private static final int HORIZON = 2_500;

    private static final double FADING = Math.exp(-1.0 / HORIZON);

    private static final int FIRST_ROOM = 16;

    /** The places along earlier tracks and their embeddings, as {@code [number][track]}. */
    private final float[][] sample;

    private int sampled;
    private final List<double[]> values = new ArrayList<>();
    private Rarity rarity = new Rarity(values);
    private final Residual places = Residual.ofPlaces();
    private final Residual network;
    private long trackCount;

    /**
     * @param dimensions of the embedding
     */
    public TrajectoryModel(int dimensions) {
        this.sample = new float[TrackFeatures.ALONG + dimensions][FIRST_ROOM];
        this.network = Residual.ofEmbeddings(dimensions);
    }

    /**
     * State of the model. Its arrays must not be changed.
     *
     * @param sample earlier tracks: the places along them, then their embeddings
     * @param values of the latest tracks in each {@link View}
     */
    public record State(
            long trackCount,
            List<float[]> sample,
            List<double[]> values,
            Residual.State places,
            Residual.State network) {}

    /** The learned state. */
    public State state() {
        return new State(
                trackCount,
                IntStream.range(0, sampled).mapToObj(this::sampled).toList(),
                List.copyOf(values),
                places.state(),
                network.state());
    }

    /** Restores a state. */
    public void restore(State state) {
        trackCount = state.trackCount();
        sampled = 0;
        state.sample().forEach(track -> keep(sampled, track));
        values.clear();
        values.addAll(state.values());
        rarity = new Rarity(values);
        places.restore(state.places());
        network.restore(state.network());
    }

    /** Number of learned tracks. */
    public long trackCount() {
        return trackCount;
    }

    /**
     * Scores a completed track, and learns from it.
     *
     * @param features by {@link TrackFeatures}
     * @param embedding of the same by {@link TrackEmbedding}, each number within ±{@link
     *     #MAX_EMBEDDING}
     * @return how rare it is among the camera's latest tracks in all {@link View}s; empty for the
     *     first {@value #WARM_UP}
     * @throws IllegalArgumentException if a number is out of range
     */
    public OptionalDouble observe(float[] features, float[] embedding) {
        for (float each : embedding) {
            Field.number("embedding", each, -MAX_EMBEDDING, MAX_EMBEDDING);
        }
        float[] along = TrackFeatures.along(features);
        OptionalDouble score = OptionalDouble.empty();
        if (trackCount > 0) {
            double[] unusual = compare(along, embedding);
            if (trackCount >= WARM_UP) {
                score = OptionalDouble.of(rarity.of(unusual));
            }
            if (values.size() < RANKED) {
                values.add(unusual);
            } else {
                rarity.remove(values.set((int) (trackCount % RANKED), unusual));
            }
            rarity.add(unusual);
        }
        places.fade(FADING);
        places.learn(along);
        network.fade(FADING);
        network.learn(embedding);
        learnSample(along, embedding);
        trackCount++;
        return score;
    }

    /** As the floats that are kept. */
    private double[] compare(float[] along, float[] embedding) {
        double[] unusual = new double[View.count()];
        new Nearest(along, sample, sampled, -1).addTo(unusual, 1);
        unusual[View.RESIDUAL.ordinal()] = places.of(along);
        float[][] embeddings = Arrays.copyOfRange(sample, TrackFeatures.ALONG, sample.length);
        unusual[View.NETWORK.ordinal()] = network.ofNearest(embedding, embeddings, sampled, -1);
        for (int i = 0; i < unusual.length; i++) {
            unusual[i] = (float) unusual[i];
        }
        return unusual;
    }

    /** Keeps the track in place of a random one, and seldom enough that those stay for a while. */
    private void learnSample(float[] along, float[] embedding) {
        SplittableRandom random = new SplittableRandom(trackCount);
        if (sampled == SAMPLE && random.nextInt(HORIZON) >= SAMPLE) {
            return;
        }
        float[] track = Arrays.copyOf(along, sample.length);
        System.arraycopy(embedding, 0, track, along.length, embedding.length);
        keep(sampled < SAMPLE ? sampled : random.nextInt(SAMPLE), track);
    }

    private void keep(int index, float[] track) {
        for (int k = 0; k < sample.length; k++) {
            // Grows on demand, because thousands of cameras start at the same time.
            if (index == sample[k].length) {
                sample[k] = Arrays.copyOf(sample[k], Math.min(SAMPLE, 2 * index));
            }
            sample[k][index] = rounded(track[k]);
        }
        sampled = Math.max(sampled, index + 1);
    }

    /** The nearest multiple that 16 bits can hold. */
    private static float rounded(float number) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(number * GRID)))
                / GRID;
    }

    private float[] sampled(int index) {
        float[] track = new float[sample.length];
        for (int k = 0; k < track.length; k++) {
            track[k] = sample[k][index];
        }
        return track;
    }
}
