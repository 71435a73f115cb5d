package io.atalaya.anomaly.trajectory;

import java.util.List;

/**
 * How far tracks leave the directions in which the tracks of one scene vary, even if others do the
 * same. It is the residual of a principal component analysis without a choice of the number of
 * components: of each component the share {@code floor / (floor + variance)} remains. Learned track
 * by track.
 */
final class Residual {
    /** In the mean variance of all directions. */
    private static final double PLACES_FLOOR = 0.1;

    /** Less, because the network's training has made the directions more alike. */
    private static final double EMBEDDINGS_FLOOR = 0.03;

    private static final double PRIOR = 1;
    private static final double MIN_SQUARE = 1e-12;

    private final double[] mean;
    private final Covariance covariance;
    private double weight;

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
    }

    /** Decays what was learned by a factor. */
    void fade(double factor) {
        weight *= factor;
        covariance.fade(factor);
    }

    /** Learns from a track. */
    void learn(float[] vector) {
        weight++;
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
        return of(vector, covariance.triangle());
    }

    /** The same for many tracks. */
    double[] of(List<float[]> vectors) {
        Triangle directions = covariance.triangle();
        return vectors.stream().mapToDouble(each -> of(each, directions)).toArray();
    }

    private double of(float[] vector, Triangle directions) {
        double[] deviation = new double[mean.length];
        for (int i = 0; i < deviation.length; i++) {
            deviation[i] = vector[i] - mean[i];
        }
        directions.divide(deviation);
        double square = 0;
        for (double value : deviation) {
            square += value * value;
        }
        return Math.log(Math.max(square, MIN_SQUARE)) / 2 + Math.log(covariance.meanVariance());
    }
}
