package io.atalaya.anomaly.trajectory;

/**
 * How far tracks leave the directions in which the tracks of one scene vary: together, even if
 * others do the same, or from the nearest other. It is the residual of a principal component
 * analysis without a choice of the number of components: of each component the share {@code floor /
 * (floor + variance)} remains. Learned track by track.
 */
final class Residual {
    /** In the mean variance of all directions. */
    private static final double PLACES_FLOOR = 0.03;

    /** More, because the network's training has made the directions more alike. */
    private static final double EMBEDDINGS_FLOOR = 0.1;

    private static final double PRIOR = 1;
    private static final double MIN_SQUARE = 1e-12;

    private final double[] mean;
    private final Covariance covariance;
    private double weight;

    /** Decomposed when first asked for; null after a change. */
    private Triangle directions;

    private Residual(int dimensions, double floor) {
        this.mean = new double[dimensions];
        this.covariance = new Covariance(dimensions, floor, PRIOR);
    }

    /** Of the places along the tracks. */
    static Residual ofPlaces() {
        return new Residual(TrackFeatures.ALONG, PLACES_FLOOR);
    }

    /** Of the network's embeddings. */
    static Residual ofEmbeddings(int dimensions) {
        return new Residual(dimensions, EMBEDDINGS_FLOOR);
    }

    /** State of what was learned. */
    record State(double[] mean, Covariance.State covariance) {}

    State state() {
        return new State(mean.clone(), covariance.state());
    }

    void restore(State state) {
        System.arraycopy(state.mean(), 0, mean, 0, mean.length);
        covariance.restore(state.covariance());
        weight = state.covariance().weight();
        directions = null;
    }

    /** Decays what was learned by a factor. */
    void fade(double factor) {
        weight *= factor;
        covariance.fade(factor);
        directions = null;
    }

    /** Learns from a track. */
    void learn(float[] vector) {
        weight++;
        directions = null;
        double[] before = new double[mean.length];
        double[] after = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            before[i] = vector[i] - mean[i];
            mean[i] += before[i] / weight;
            after[i] = vector[i] - mean[i];
        }
        // Welford's algorithm: with the means before and after, the sum is the one about the latest
        // mean.
        covariance.add(before, after, 1);
    }

    /** The logarithm of a track's residual. */
    double of(float[] vector) {
        double[] deviation = new double[mean.length];
        for (int i = 0; i < deviation.length; i++) {
            deviation[i] = vector[i] - mean[i];
        }
        directions().divide(deviation);
        double square = 0;
        for (double value : deviation) {
            square += value * value;
        }
        return logDistance(square);
    }

    /**
     * The logarithm of the residual of a track's distance to the nearest other; 0 without another.
     *
     * @param others as {@code [number][track]}, so that the processor works on several tracks at a
     *     time
     * @param count number of other tracks
     * @param own index of the track itself among the others; negative if it is not one of them
     */
    double ofNearest(float[] vector, float[][] others, int count, int own) {
        double[][] differences = new double[mean.length][count];
        for (int i = 0; i < mean.length; i++) {
            subtract(vector[i], others[i], differences[i]);
        }
        directions().divide(differences);
        double[] squares = new double[count];
        for (double[] difference : differences) {
            addSquares(difference, squares);
        }
        if (own >= 0) {
            squares[own] = Double.POSITIVE_INFINITY;
        }
        double least = Double.POSITIVE_INFINITY;
        for (double square : squares) {
            least = Math.min(least, square);
        }
        return least == Double.POSITIVE_INFINITY ? 0 : logDistance(least);
    }

    private static void subtract(float value, float[] others, double[] differences) {
        for (int k = 0; k < differences.length; k++) {
            differences[k] = value - others[k];
        }
    }

    private static void addSquares(double[] values, double[] sums) {
        for (int k = 0; k < sums.length; k++) {
            sums[k] += values[k] * values[k];
        }
    }

    private Triangle directions() {
        if (directions == null) {
            directions = covariance.triangle();
        }
        return directions;
    }

    private double logDistance(double square) {
        return Math.log(Math.max(square, MIN_SQUARE)) / 2 + Math.log(covariance.meanVariance());
    }
}
