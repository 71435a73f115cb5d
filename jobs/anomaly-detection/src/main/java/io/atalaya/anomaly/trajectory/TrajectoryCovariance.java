package io.atalaya.anomaly.trajectory;

import java.util.Arrays;
import java.util.List;

/**
 * Directions in which the tracks of one scene vary: their covariance, in the space of the
 * embedding. A track that leaves these directions scores high even if others do the same. It has
 * the effect of a principal component analysis of the scene's tracks without a choice of the number
 * of components: the Mahalanobis distance with a floor under small variances.
 */
final class TrajectoryCovariance {
    /** Weight relative to the score of the neighbours, both in deviations. */
    private static final double SHARE = 0.5;

    /** Deviations below this add nothing, because there the neighbours are the better evidence. */
    private static final double TYPICAL = 1;

    private static final double FLOOR = 0.003;
    private static final double PRIOR = 1;
    private static final double MIN_SQUARE = 1e-8;

    private final int dimensions;
    private final double[] mean;
    private final Covariance covariance;
    private double weight;

    TrajectoryCovariance(int dimensions) {
        this.dimensions = dimensions;
        this.mean = new double[dimensions];
        this.covariance = new Covariance(dimensions, FLOOR, PRIOR);
    }

    /**
     * Contribution to a score.
     *
     * @param deviations by which a track leaves the scene's directions more than is typical
     */
    static double share(double deviations) {
        return SHARE * Math.max(0, deviations - TYPICAL);
    }

    /** State of the covariance. */
    record State(double[] mean, Covariance.State covariance) {}

    State state() {
        return new State(mean.clone(), covariance.state());
    }

    void restore(State state) {
        System.arraycopy(state.mean(), 0, mean, 0, dimensions);
        covariance.restore(state.covariance());
        weight = state.covariance().weight();
    }

    /** Decays what was learned by a factor. */
    void fade(double factor) {
        weight *= factor;
        covariance.fade(factor);
    }

    /** Learns from a track. */
    void learn(float[] embedding) {
        weight++;
        double[] before = new double[dimensions];
        double[] after = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            before[i] = embedding[i] - mean[i];
            mean[i] += before[i] / weight;
            after[i] = embedding[i] - mean[i];
        }
        // Welford's algorithm: with the means before and after, the sum is the one about the latest
        // mean.
        covariance.add(before, after, 1);
    }

    /** How far a track leaves the scene's directions: the logarithm of its distance. */
    double score(float[] embedding) {
        return score(embedding, covariance.whitening());
    }

    /** The same for many tracks. */
    double[] scores(List<float[]> embeddings) {
        Whitening metric = covariance.whitening();
        return embeddings.stream().mapToDouble(each -> score(each, metric)).toArray();
    }

    private double score(float[] embedding, Whitening metric) {
        float[] deviation = Arrays.copyOf(embedding, dimensions);
        for (int i = 0; i < dimensions; i++) {
            deviation[i] -= (float) mean[i];
        }
        double square = 0;
        for (float value : metric.of(deviation)) {
            square += (double) value * value;
        }
        return Math.log(Math.max(square, MIN_SQUARE)) / 2;
    }
}
