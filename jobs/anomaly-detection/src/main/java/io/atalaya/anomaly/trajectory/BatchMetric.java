package io.atalaya.anomaly.trajectory;

import java.util.ArrayList;
import java.util.List;

/**
 * The metric of a scene whose tracks are all at hand: the covariance of the steps from each track
 * to its nearest other one. A camera can only look back; here it makes no difference in which order
 * the tracks came, which is as well where times begin anew with each track.
 */
final class BatchMetric {
    private BatchMetric() {}

    /**
     * The metric of a scene.
     *
     * @param embeddings of its tracks by {@link TrackEmbedding}, in any order
     */
    static Whitening of(List<float[]> embeddings) {
        int dimensions = embeddings.get(0).length;
        Covariance covariance =
                new Covariance(dimensions, TrajectoryDensity.FLOOR, TrajectoryDensity.PRIOR);
        if (embeddings.size() < 2) {
            return covariance.whitening();
        }
        List<Step> steps = steps(embeddings);
        double[] squares = steps.stream().mapToDouble(Step::square).sorted().toArray();
        // The median: a recording's mean would be its farthest tracks'.
        double typical = Quantiles.of(squares, 0.5);
        steps.forEach(step -> step.teach(covariance, typical));
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

    private static List<Step> steps(List<float[]> embeddings) {
        float[][] places = columns(embeddings);
        List<Step> steps = new ArrayList<>(embeddings.size());
        for (int i = 0; i < embeddings.size(); i++) {
            float[] squares = Squares.of(embeddings.get(i), places, embeddings.size());
            squares[i] = Float.POSITIVE_INFINITY;
            steps.add(Step.between(embeddings.get(i), embeddings.get(Squares.least(squares))));
        }
        return steps;
    }
}
