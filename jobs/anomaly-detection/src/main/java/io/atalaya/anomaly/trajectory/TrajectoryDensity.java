package io.atalaya.anomaly.trajectory;

import java.util.Arrays;
import java.util.stream.IntStream;

import static io.atalaya.anomaly.trajectory.Neighbours.NONE;

/**
 * Density of one camera's tracks, learned track by track in bounded memory: prototypes of their
 * embeddings with weights, and a metric of the scene.
 *
 * <p>Beyond its capacity a new track merges the two prototypes whose merger loses least (Ward's
 * criterion), so that dense lanes become few heavy prototypes and rare trajectories keep their own.
 * Up to the capacity it is exact.
 */
final class TrajectoryDensity {
    /** Minimum number of earlier tracks that must be near a typical track. */
    static final double NEIGHBOURS = 5;

    /**
     * The same as a share of all tracks, so that a few similar U-turns do not make each other
     * typical.
     */
    static final double NEIGHBOURHOOD = 0.012;

    /** A prototype of less weight is dropped. */
    private static final double FORGOTTEN = 0.05;

    /** Added to each variance, as a share of the metric's mean variance. */
    static final double FLOOR = 0.05;

    /** Weight of the prior, in steps of equal variance in all directions. */
    static final double PRIOR = 10;

    private static final int FIRST_ROOM = 16;

    private final int capacity;

    /**
     * Covariance of the steps from tracks to their nearest ones, which scales distances in this
     * scene. A direction in which neighbours differ (a vehicle enters the view a little later)
     * counts less than one in which they do not.
     */
    private final Covariance steps;

    /**
     * Prototypes as {@code [dimension][prototype]}, so that the processor works on several at a
     * time.
     */
    private final float[][] means;

    private double[] weights = {};

    /** Mean squared distance of the merged tracks from each prototype's mean. */
    private double[] spreads = {};

    /** Distance of each prototype from its own neighbours; NaN until it is needed. */
    private double[] reaches = {};

    /**
     * The best partner of each prototype for a merger, among those before it, and the loss of that
     * merger.
     */
    private int[] partners = {};

    private double[] losses = {};

    private int size;

    /**
     * @param dimensions of the embedding
     * @param capacity maximum number of prototypes, 2 or more
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

    /** Grows the arrays on demand, because thousands of cameras start at the same time. */
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
     * State of the density.
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
     * Restores a state that was learned with the same embedding.
     *
     * @throws IllegalArgumentException if it has more prototypes than the capacity
     */
    void restore(State state) {
        if (state.means().length > capacity) {
            throw new IllegalArgumentException(
                    "prototypes: got %d, expected %d or fewer"
                            .formatted(state.means().length, capacity));
        }
        clearDerived();
        steps.restore(state.steps());
        size = 0;
        for (int i = 0; i < state.means().length; i++) {
            add(state.means()[i], state.weights()[i], state.spreads()[i]);
        }
    }

    /**
     * Score of a track that was not learned: the logarithm of its distance to the nearest tracks,
     * in typical steps between neighbours, minus a share of what is typical around those.
     *
     * @return 0 before the first track
     */
    double score(float[] embedding) {
        Whitening metric = steps.whitening();
        WhitenedPrototypes white = WhitenedPrototypes.of(means, size, metric);
        double scale = scale();
        double wanted = Math.max(NEIGHBOURS, NEIGHBOURHOOD * total());
        Neighbours near = neighbours(white.squares(metric.of(embedding)), scale, 0, NONE, wanted);
        return near == null ? 0 : near.beyondTypical(i -> reach(i, white, scale, wanted));
    }

    /** Learns from a track. */
    void learn(float[] embedding) {
        clearDerived();
        int near = Squares.least(Squares.of(embedding, means, size));
        if (near != NONE) {
            learnStep(Step.between(embedding, mean(near)));
        }
        add(embedding, 1, 0);
        if (size > capacity) {
            mergeCheapest();
        }
    }

    /** Decays what was learned by a factor. */
    void fade(double factor) {
        clearDerived();
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
     * The nearest prototypes by mean squared distance to the tracks that they represent.
     *
     * @param squares distances to the prototypes themselves; changed
     * @param scale factor of spreads, in the metric's space
     * @param spread about the queried position, in the metric's space
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

    private void clearDerived() {
        Arrays.fill(reaches, Double.NaN);
    }

    /** Scale of a squared distance whose directions are distributed as the scene's steps. */
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
        step.addTo(steps, typical);
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

    /** Removes a prototype; the last one takes its index. */
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

    /** Searches only earlier prototypes, so that each pair is considered once. */
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
