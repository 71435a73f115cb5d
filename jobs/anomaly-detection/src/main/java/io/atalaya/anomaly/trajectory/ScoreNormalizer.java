package io.atalaya.anomaly.trajectory;

/** Running mean and deviation of a camera's recent scores. */
final class ScoreNormalizer {
    /**
     * A score's weight falls to 1/e after this many others, because a scene becomes denser while it
     * is learned.
     */
    private static final double HORIZON = 300;

    private static final double MIN_VALUE = 1e-3;

    private double weight;
    private double mean;
    private double variance;

    /** State of the normalizer. */
    record State(double weight, double mean, double variance) {}

    State state() {
        return new State(weight, mean, variance);
    }

    void restore(State state) {
        weight = state.weight();
        mean = state.mean();
        variance = state.variance();
    }

    void add(double score) {
        weight = weight * Math.exp(-1 / HORIZON) + 1;
        double step = score - mean;
        mean += step / weight;
        variance = Math.max(0, variance + (step * (score - mean) - variance) / weight);
    }

    /** Deviations above the mean. */
    double standardise(double score) {
        return (score - mean) / Math.max(Math.sqrt(variance), MIN_VALUE);
    }
}
