package io.atalaya.anomaly.trajectory;

import java.util.ArrayList;
import java.util.List;

/**
 * Metric of a scene whose tracks are all known: the covariance of the steps from each track to its
 * nearest other one. Unlike the metric of a live camera it does not depend on the order of the
 * tracks, which is needed if the times of each track start at zero.
 */
final class BatchMetric {
    private BatchMetric() {}

    /**
     * Computes the metric of a scene.
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
        // The median, because the mean of a recording is dominated by its most distant tracks.
        double typical = Quantiles.of(squares, 0.5);
        steps.forEach(step -> step.teach(covariance, typical));
        return covariance.whitening();
    }

    /** Transposes the vectors to {@code [dimension][place]}. */
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
