package io.atalaya.anomaly.trajectory;

/**
 * Difference from a track to its nearest one; a scene's metric is learned from these.
 *
 * @param by difference in each dimension
 * @param square squared length
 */
record Step(double[] by, double square) {
    /**
     * A step of this many typical squared lengths counts half, because it is not between
     * neighbours.
     */
    private static final double FAR = 3;

    private static final double MIN_LENGTH = 1e-6;

    static Step between(float[] from, float[] to) {
        double[] by = new double[from.length];
        double square = 0;
        for (int k = 0; k < by.length; k++) {
            by[k] = (double) from[k] - to[k];
            square += by[k] * by[k];
        }
        return new Step(by, square);
    }

    /**
     * Adds the step to a metric.
     *
     * @param typical squared length in the scene
     */
    void addTo(Covariance metric, double typical) {
        metric.add(by, by, 1 / (1 + square / (FAR * Math.max(typical, MIN_LENGTH))));
    }
}
