package io.atalaya.anomaly.track;

import java.util.Arrays;

import static io.atalaya.anomaly.track.Neighbours.NOBODY;

/**
 * What one camera's tracks are usually like, learned track by track in bounded memory: prototypes
 * of their embeddings with weights, and the {@link Metric} of the scene. A camera's state; not for
 * two threads.
 *
 * <p>Beyond its capacity a new track merges the two prototypes whose merging loses least (Ward's
 * criterion), so dense lanes become few heavy prototypes and rare ways keep their own. Up to the
 * capacity it is exact.
 */
public final class SceneDensity {
    /** Tracks that must have been near before one is usual. */
    private static final double NEIGHBOURS = 3;

    /** How much of what is usual around its neighbours is taken off: sparse lanes are wider. */
    private static final double LOCALITY = 0.3;

    /** A prototype of less weight is dropped. */
    private static final double FORGOTTEN = 0.05;

    private static final int CAMERA_CAPACITY = 128;
    private static final double CAMERA_HORIZON = 5_000;
    private static final int RECORDING_CAPACITY = 2_000;

    private final int capacity;
    private final double fading;
    private final Metric metric;

    private final float[][] means;
    private final double[] weights;

    /** Mean squared distance of what was merged into a prototype from its mean. */
    private final double[] spreads;

    /** Means in the metric's space; made when needed. */
    private final float[][] white;

    /**
     * The partner with which each prototype would merge, among those before it, and what that
     * loses.
     */
    private final int[] partners;

    private final double[] losses;

    private int size;
    private long seen;

    /**
     * @param dimensions of the embedding
     * @param capacity prototypes at most, 2 or more
     * @param horizon tracks after which one counts 1/e; infinite where nothing is to be forgotten
     */
    public SceneDensity(int dimensions, int capacity, double horizon) {
        if (capacity < 2) {
            throw new IllegalArgumentException(
                    "capacity: got " + capacity + ", expected 2 or more");
        }
        if (!(horizon > 1)) {
            throw new IllegalArgumentException("horizon: got " + horizon + ", expected above 1");
        }
        this.capacity = capacity;
        this.fading = Math.exp(-1 / horizon);
        this.metric = new Metric(dimensions);
        this.means = new float[capacity + 1][];
        this.weights = new double[capacity + 1];
        this.spreads = new double[capacity + 1];
        this.white = new float[capacity + 1][];
        this.partners = new int[capacity + 1];
        this.losses = new double[capacity + 1];
    }

    /** As a job keeps it for a camera. */
    public static SceneDensity ofCamera(int dimensions) {
        return new SceneDensity(dimensions, CAMERA_CAPACITY, CAMERA_HORIZON);
    }

    /** For a recording at hand: all its tracks, each for itself if they are not too many. */
    public static SceneDensity ofRecording(int dimensions) {
        return new SceneDensity(dimensions, RECORDING_CAPACITY, Double.POSITIVE_INFINITY);
    }

    /**
     * Goes on where another one was, learned with the same embedding.
     *
     * @throws IllegalArgumentException if there are more prototypes than it may hold
     */
    public void restore(SceneDensityState state) {
        if (state.means().length > capacity) {
            throw new IllegalArgumentException(
                    "prototypes: got %d, expected %d or fewer"
                            .formatted(state.means().length, capacity));
        }
        metric.restore(state.metricWeight(), state.metricProducts());
        size = 0;
        for (int i = 0; i < state.means().length; i++) {
            add(state.means()[i].clone(), state.weights()[i], state.spreads()[i]);
        }
        seen = state.seen();
    }

    /** What has been learned, to be kept. */
    public SceneDensityState state() {
        return new SceneDensityState(
                seen,
                metric.weight(),
                metric.products(),
                Arrays.stream(means, 0, size).map(float[]::clone).toArray(float[][]::new),
                Arrays.copyOf(weights, size),
                Arrays.copyOf(spreads, size));
    }

    /** How many tracks it has learned from. */
    public long seen() {
        return seen;
    }

    /**
     * How unusual a track is that has not been learned: the logarithm of its distance to the
     * nearest tracks, in typical steps between neighbours, less a share of what is usual around
     * those.
     *
     * @return 0 while nothing has been learned
     */
    public double score(float[] embedding) {
        return score(embedding, NOBODY);
    }

    /**
     * The same for a track that has been learned, against all the others.
     *
     * @return 0 if there is no other
     */
    public double scoreAmongOthers(float[] embedding) {
        return score(embedding, nearest(embedding));
    }

    /** Learns from a track. */
    public void learn(float[] embedding) {
        fade();
        int near = nearest(embedding);
        if (near != NOBODY) {
            metric.learn(embedding, means[near]);
            Arrays.fill(white, null);
        }
        add(embedding.clone(), 1, 0);
        if (size > capacity) {
            mergeCheapest();
        }
        seen++;
    }

    private double score(float[] embedding, int own) {
        Neighbours near =
                Neighbours.of(squares(metric.whiten(embedding), 0), weights, own, NEIGHBOURS);
        if (near == null) {
            return 0;
        }
        double score = near.logDistance();
        for (int i = 0; i < near.index().length; i++) {
            int prototype = near.index()[i];
            Neighbours its =
                    Neighbours.of(
                            squares(white(prototype), spreads[prototype] * metric.scale()),
                            weights,
                            prototype,
                            NEIGHBOURS);
            if (its != null) {
                score -= LOCALITY * near.share()[i] * its.logDistance();
            }
        }
        return score;
    }

    /** Mean squared distances to what the prototypes stand for. */
    private double[] squares(float[] at, double spread) {
        double scale = metric.scale();
        double[] squares = new double[size];
        for (int i = 0; i < size; i++) {
            squares[i] = square(at, white(i)) + spread + spreads[i] * scale;
        }
        return squares;
    }

    private float[] white(int i) {
        if (white[i] == null) {
            white[i] = metric.whiten(means[i]);
        }
        return white[i];
    }

    private int nearest(float[] embedding) {
        int nearest = NOBODY;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            double square = square(embedding, means[i]);
            if (square < least) {
                least = square;
                nearest = i;
            }
        }
        return nearest;
    }

    private void fade() {
        if (fading == 1) {
            return;
        }
        metric.fade(fading);
        for (int i = size - 1; i >= 0; i--) {
            weights[i] *= fading;
            losses[i] *= fading;
        }
        for (int i = size - 1; i >= 0; i--) {
            if (weights[i] < FORGOTTEN) {
                remove(i);
            }
        }
    }

    private void add(float[] mean, double weight, double spread) {
        means[size] = mean;
        weights[size] = weight;
        spreads[size] = spread;
        white[size] = null;
        size++;
        findPartner(size - 1);
    }

    /** The last takes its place. */
    private void remove(int i) {
        size--;
        means[i] = means[size];
        weights[i] = weights[size];
        spreads[i] = spreads[size];
        white[i] = white[size];
        means[size] = null;
        white[size] = null;
        if (i == size) {
            return;
        }
        findPartner(i);
        for (int j = i + 1; j < size; j++) {
            if (partners[j] == i) {
                findPartner(j);
            } else {
                offer(j, i);
            }
        }
    }

    private void mergeCheapest() {
        int a = 1;
        for (int i = 2; i < size; i++) {
            if (losses[i] < losses[a]) {
                a = i;
            }
        }
        int b = partners[a];
        double weight = weights[a] + weights[b];
        double share = weights[a] / weight;
        double square = square(means[a], means[b]);
        float[] mean = new float[means[a].length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (share * means[a][i] + (1 - share) * means[b][i]);
        }
        double spread =
                share * spreads[a] + (1 - share) * spreads[b] + share * (1 - share) * square;
        remove(a);
        remove(b);
        add(mean, weight, spread);
    }

    /** Each pair is looked at from its later half alone. */
    private void findPartner(int i) {
        losses[i] = Double.POSITIVE_INFINITY;
        for (int j = 0; j < i; j++) {
            offer(i, j);
        }
    }

    private void offer(int i, int partner) {
        double weight = weights[i] * weights[partner] / (weights[i] + weights[partner]);
        double loss = weight * square(means[i], means[partner]);
        if (loss < losses[i]) {
            losses[i] = loss;
            partners[i] = partner;
        }
    }

    private static double square(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            sum += difference * difference;
        }
        return sum;
    }
}
