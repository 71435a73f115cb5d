package io.atalaya.anomaly.trajectory;

import java.util.Arrays;
import java.util.stream.IntStream;

import static io.atalaya.anomaly.trajectory.Neighbours.NOBODY;

/**
 * What one camera's tracks are usually like, learned track by track in bounded memory: prototypes
 * of their embeddings with weights, and a metric of the scene.
 *
 * <p>Beyond its capacity a new track merges the two prototypes whose merging loses least (Ward's
 * criterion), so dense lanes become few heavy prototypes and rare ways keep their own. Up to the
 * capacity it is exact.
 */
final class TrajectoryDensity {
    /** Tracks that must have been near before one is usual, at least. */
    static final double NEIGHBOURS = 5;

    /** The same, as a share of all: so some that turn round alike do not excuse each other. */
    static final double NEIGHBOURHOOD = 0.012;

    /** A prototype of less weight is dropped. */
    private static final double FORGOTTEN = 0.05;

    /** Of the metric's mean variance, added to each. */
    static final double FLOOR = 0.05;

    /** As if so many steps of equal variance had been seen. */
    static final double PRIOR = 10;

    private static final int FIRST_ROOM = 16;

    private final int capacity;

    /**
     * Of the steps from tracks to their nearest ones: what is far in this scene. A direction in
     * which neighbours differ anyhow (a car enters the picture a little later) counts less than one
     * in which they do not.
     */
    private final Covariance steps;

    /**
     * Of the prototypes, {@code [dimension][prototype]}: what is asked of all of them lies side by
     * side, and the processor works on several at a time.
     */
    private final float[][] means;

    private double[] weights = {};

    /** Mean squared distance of what was merged into a prototype from its mean. */
    private double[] spreads = {};

    /** How far each prototype is from its own neighbours; NaN until it is needed. */
    private double[] reaches = {};

    /**
     * The partner with which each prototype would merge, among those before it, and what that
     * loses.
     */
    private int[] partners = {};

    private double[] losses = {};

    private int size;

    /**
     * @param dimensions of the embedding
     * @param capacity prototypes at most, 2 or more
     */
    TrajectoryDensity(int dimensions, int capacity) {
        if (capacity < 2) {
            throw new IllegalArgumentException(
                    "capacity: got " + capacity + ", expected 2 or more");
        }
        this.capacity = capacity;
        this.steps = new Covariance(dimensions, FLOOR, PRIOR);
        this.means = new float[dimensions][0];
        makeRoom(Math.min(FIRST_ROOM, capacity + 1));
    }

    /** Thousands of cameras begin at once: none has room for all that it may learn some day. */
    private void makeRoom(int room) {
        for (int k = 0; k < means.length; k++) {
            means[k] = Arrays.copyOf(means[k], room);
        }
        weights = Arrays.copyOf(weights, room);
        spreads = Arrays.copyOf(spreads, room);
        reaches = Arrays.copyOf(reaches, room);
        partners = Arrays.copyOf(partners, room);
        losses = Arrays.copyOf(losses, room);
    }

    /**
     * What is kept of it.
     *
     * @param means of the prototypes
     * @param weights of the prototypes, in tracks
     * @param spreads of the prototypes: mean squared distance from the mean
     */
    record State(Covariance.State steps, float[][] means, double[] weights, double[] spreads) {}

    State state() {
        return new State(
                steps.state(),
                IntStream.range(0, size).mapToObj(this::mean).toArray(float[][]::new),
                Arrays.copyOf(weights, size),
                Arrays.copyOf(spreads, size));
    }

    /**
     * Goes on where another one was, learned with the same embedding.
     *
     * @throws IllegalArgumentException if there are more prototypes than it may hold
     */
    void restore(State state) {
        if (state.means().length > capacity) {
            throw new IllegalArgumentException(
                    "prototypes: got %d, expected %d or fewer"
                            .formatted(state.means().length, capacity));
        }
        forgetDerived();
        steps.restore(state.steps());
        size = 0;
        for (int i = 0; i < state.means().length; i++) {
            add(state.means()[i], state.weights()[i], state.spreads()[i]);
        }
    }

    /**
     * How unusual a track is that has not been learned: the logarithm of its distance to the
     * nearest tracks, in typical steps between neighbours, less a share of what is usual around
     * those.
     *
     * @return 0 while nothing has been learned
     */
    double score(float[] embedding) {
        Whitening metric = steps.whitening();
        WhitenedPrototypes white = WhitenedPrototypes.of(means, size, metric);
        double scale = scale();
        double wanted = Math.max(NEIGHBOURS, NEIGHBOURHOOD * total());
        Neighbours near = neighbours(white.squares(metric.of(embedding)), scale, 0, NOBODY, wanted);
        return near == null ? 0 : near.beyondUsual(i -> reach(i, white, scale, wanted));
    }

    /** Learns from a track. */
    void learn(float[] embedding) {
        forgetDerived();
        int near = Squares.least(Squares.of(embedding, means, size));
        if (near != NOBODY) {
            learnStep(Step.between(embedding, mean(near)));
        }
        add(embedding, 1, 0);
        if (size > capacity) {
            mergeCheapest();
        }
    }

    /** Lets what was learned count less. */
    void fade(double factor) {
        forgetDerived();
        steps.fade(factor);
        for (int i = size - 1; i >= 0; i--) {
            weights[i] *= factor;
            losses[i] *= factor;
        }
        for (int i = size - 1; i >= 0; i--) {
            if (weights[i] < FORGOTTEN) {
                remove(i);
            }
        }
    }

    private double reach(int i, WhitenedPrototypes white, double scale, double wanted) {
        if (Double.isNaN(reaches[i])) {
            Neighbours near =
                    neighbours(white.squares(white.of(i)), scale, spreads[i] * scale, i, wanted);
            reaches[i] = near == null ? 0 : near.logDistance();
        }
        return reaches[i];
    }

    /**
     * The nearest by the mean squared distances to what the prototypes stand for.
     *
     * @param squares to the prototypes themselves; changed
     * @param scale of spreads, in the metric's space
     * @param spread about the place that is asked for, in the metric's space
     */
    private Neighbours neighbours(
            float[] squares, double scale, double spread, int own, double wanted) {
        for (int i = 0; i < size; i++) {
            squares[i] += (float) (spread + spreads[i] * scale);
        }
        return Neighbours.of(squares, weights, own, wanted);
    }

    private double total() {
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += weights[i];
        }
        return total;
    }

    private void forgetDerived() {
        Arrays.fill(reaches, Double.NaN);
    }

    /** Of a squared distance that goes in all directions as the scene's steps do. */
    private double scale() {
        return 1 / (steps.meanVariance() * (1 + FLOOR));
    }

    private float[] mean(int i) {
        float[] mean = new float[means.length];
        for (int k = 0; k < mean.length; k++) {
            mean[k] = means[k][i];
        }
        return mean;
    }

    private void learnStep(Step step) {
        double typical =
                steps.weight() > 0 ? steps.meanVariance() * step.by().length : step.square();
        step.teach(steps, typical);
    }

    private void add(float[] mean, double weight, double spread) {
        if (size == weights.length) {
            makeRoom(Math.min(2 * size, capacity + 1));
        }
        for (int k = 0; k < means.length; k++) {
            means[k][size] = mean[k];
        }
        weights[size] = weight;
        spreads[size] = spread;
        reaches[size] = Double.NaN;
        size++;
        findPartner(size - 1);
    }

    /** The last takes its place. */
    private void remove(int i) {
        size--;
        for (float[] places : means) {
            places[i] = places[size];
        }
        weights[i] = weights[size];
        spreads[i] = spreads[size];
        if (i == size) {
            return;
        }
        findPartner(i);
        float[] squares = Squares.of(mean(i), means, size);
        for (int j = i + 1; j < size; j++) {
            if (partners[j] == i) {
                findPartner(j);
            } else {
                offer(j, i, squares[j]);
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
        double square = 0;
        float[] mean = new float[means.length];
        for (int k = 0; k < mean.length; k++) {
            double difference = (double) means[k][a] - means[k][b];
            square += difference * difference;
            mean[k] = (float) (share * means[k][a] + (1 - share) * means[k][b]);
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
        float[] squares = Squares.of(mean(i), means, i);
        for (int j = 0; j < i; j++) {
            offer(i, j, squares[j]);
        }
    }

    private void offer(int i, int partner, double square) {
        double loss = weights[i] * weights[partner] / (weights[i] + weights[partner]) * square;
        if (loss < losses[i]) {
            losses[i] = loss;
            partners[i] = partner;
        }
    }
}
