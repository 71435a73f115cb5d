package io.atalaya.anomaly.track;

/**
 * What a {@link SceneDensity} has learned, to be kept. Nobody changes the arrays.
 *
 * @param seen tracks learned from
 * @param metricWeight steps that the metric was learned from, weighted
 * @param metricProducts sums of their products, lower triangle by rows
 * @param means of the prototypes
 * @param weights of the prototypes, in tracks
 * @param spreads of the prototypes: mean squared distance from the mean
 */
public record SceneDensityState(
        long seen,
        double metricWeight,
        double[] metricProducts,
        float[][] means,
        double[] weights,
        double[] spreads) {}
