package io.atalaya.anomaly.track;

import java.util.Arrays;

/**
 * In which ways the tracks of one scene differ at all: their covariance, in where they are at equal
 * moments. A track that leaves those ways is told at once, however few are near it. It does the
 * work of a principal component analysis of the scene's own tracks without choosing how many
 * components: the distance of Mahalanobis with a floor under the small variances.
 */
final class SceneSpread {
    /** The first half of the features: places at equal moments. */
    static final int DIMENSIONS = TrackFeatures.WIDTH / 2;

    private static final double FLOOR = 0.003;
    private static final double PRIOR = 1;
    private static final double SMALLEST = 1e-8;

    private final double[] mean = new double[DIMENSIONS];
    private final Covariance covariance = new Covariance(DIMENSIONS, FLOOR, PRIOR);
    private double weight;

    /** What is kept of it. */
    record State(double[] mean, Covariance.State covariance) {}

    State state() {
        return new State(mean.clone(), covariance.state());
    }

    void restore(State state) {
        System.arraycopy(state.mean(), 0, mean, 0, DIMENSIONS);
        covariance.restore(state.covariance());
        weight = state.covariance().weight();
    }

    /** Lets what was learned count less. */
    void fade(double factor) {
        weight *= factor;
        covariance.fade(factor);
    }

    /** Learns from a track's features. */
    void learn(float[] features) {
        weight++;
        double[] before = new double[DIMENSIONS];
        double[] after = new double[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            before[i] = features[i] - mean[i];
            mean[i] += before[i] / weight;
            after[i] = features[i] - mean[i];
        }
        // Welford's way; with the mean before and after, the sum is the one about the last mean.
        covariance.add(before, after, 1);
    }

    /** How far a track leaves the scene's ways: the logarithm of its distance. */
    double score(float[] features) {
        float[] deviation = Arrays.copyOf(features, DIMENSIONS);
        for (int i = 0; i < DIMENSIONS; i++) {
            deviation[i] -= (float) mean[i];
        }
        double square = 0;
        for (float value : covariance.whiten(deviation)) {
            square += (double) value * value;
        }
        return Math.log(Math.max(square, SMALLEST)) / 2;
    }
}
