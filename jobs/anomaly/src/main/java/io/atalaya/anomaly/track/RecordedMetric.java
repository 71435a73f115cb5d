package io.atalaya.anomaly.track;

import java.util.Arrays;
import java.util.List;

/**
 * The metric of a scene whose tracks are all at hand: the covariance of the steps from each track
 * to its nearest other one. A camera can only look back; here it makes no difference in which order
 * the tracks came, which is as well where times begin anew with each track.
 */
final class RecordedMetric {
    private static final double SMALLEST = 1e-6;

    private RecordedMetric() {}

    /**
     * The metric of a scene.
     *
     * @param embeddings of its tracks by {@link TrackEmbedding}, in any order
     */
    static Whitening of(List<float[]> embeddings) {
        int dimensions = embeddings.get(0).length;
        Covariance covariance = new Covariance(dimensions, SceneDensity.FLOOR, SceneDensity.PRIOR);
        if (embeddings.size() < 2) {
            return covariance.whitening();
        }
        double[][] steps = steps(embeddings);
        double[] squares =
                Arrays.stream(steps).mapToDouble(RecordedMetric::square).sorted().toArray();
        // Of the median: a recording's mean would be its farthest tracks'.
        double far = SceneDensity.FAR * Math.max(SMALLEST, Quantiles.of(squares, 0.5));
        for (double[] step : steps) {
            covariance.add(step, step, 1 / (1 + square(step) / far));
        }
        return covariance.whitening();
    }

    /** The places side by side by dimension, {@code [dimension][place]}. */
    static float[][] columns(List<float[]> places) {
        float[][] columns = new float[places.get(0).length][places.size()];
        for (int i = 0; i < places.size(); i++) {
            for (int k = 0; k < columns.length; k++) {
                columns[k][i] = places.get(i)[k];
            }
        }
        return columns;
    }

    private static double[][] steps(List<float[]> embeddings) {
        float[][] places = columns(embeddings);
        double[][] steps = new double[embeddings.size()][];
        for (int i = 0; i < steps.length; i++) {
            float[] squares = Squares.of(embeddings.get(i), places, steps.length);
            squares[i] = Float.POSITIVE_INFINITY;
            int nearest = 0;
            for (int j = 1; j < squares.length; j++) {
                nearest = squares[j] < squares[nearest] ? j : nearest;
            }
            steps[i] = step(embeddings.get(i), embeddings.get(nearest));
        }
        return steps;
    }

    private static double[] step(float[] from, float[] to) {
        double[] step = new double[from.length];
        for (int k = 0; k < step.length; k++) {
            step[k] = (double) from[k] - to[k];
        }
        return step;
    }

    private static double square(double[] step) {
        return Arrays.stream(step).map(each -> each * each).sum();
    }
}
