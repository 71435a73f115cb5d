package io.atalaya.anomaly.track;

import java.util.Arrays;
import java.util.List;

/**
 * The metric of a scene whose tracks are all at hand: the covariance of the steps from each track
 * to its nearest other one. A camera can only look back; here it makes no difference in which order
 * the tracks came, which is as well where times begin anew with each track.
 */
final class RecordedSteps {
    /** A step of so many median squared lengths counts half: it is not between neighbours. */
    private static final double FAR = 3;

    private static final double SMALLEST = 1e-6;

    private RecordedSteps() {}

    /**
     * What {@link SceneDensity} keeps of such steps.
     *
     * @param embeddings by {@link TrackEmbedding}, in any order
     */
    static Covariance.State of(List<float[]> embeddings) {
        int[] nearest = nearest(embeddings);
        int dimensions = embeddings.get(0).length;
        // Only sums are taken: what is added to them is for SceneDensity to say.
        Covariance steps = new Covariance(dimensions, 0, 0);
        double far = FAR * Math.max(SMALLEST, medianSquare(embeddings, nearest));
        for (int i = 0; i < nearest.length; i++) {
            if (nearest[i] != Neighbours.NOBODY) {
                double[] step = step(embeddings.get(i), embeddings.get(nearest[i]));
                steps.add(step, step, 1 / (1 + square(step) / far));
            }
        }
        return steps.state();
    }

    /** Of each the nearest other one; nobody where it is alone. */
    private static int[] nearest(List<float[]> embeddings) {
        int[] nearest = new int[embeddings.size()];
        float[] squares = new float[embeddings.size()];
        Arrays.fill(nearest, Neighbours.NOBODY);
        Arrays.fill(squares, Float.POSITIVE_INFINITY);
        for (int i = 1; i < nearest.length; i++) {
            float[] at = embeddings.get(i);
            for (int j = 0; j < i; j++) {
                float square = square(at, embeddings.get(j));
                if (square < squares[i]) {
                    squares[i] = square;
                    nearest[i] = j;
                }
                if (square < squares[j]) {
                    squares[j] = square;
                    nearest[j] = i;
                }
            }
        }
        return nearest;
    }

    private static double medianSquare(List<float[]> embeddings, int[] nearest) {
        double[] squares = new double[nearest.length];
        for (int i = 0; i < squares.length; i++) {
            if (nearest[i] != Neighbours.NOBODY) {
                squares[i] = square(step(embeddings.get(i), embeddings.get(nearest[i])));
            }
        }
        Arrays.sort(squares);
        return Quantiles.of(squares, 0.5);
    }

    private static double[] step(float[] from, float[] to) {
        double[] step = new double[from.length];
        for (int k = 0; k < step.length; k++) {
            step[k] = (double) from[k] - to[k];
        }
        return step;
    }

    private static double square(double[] step) {
        double square = 0;
        for (double each : step) {
            square += each * each;
        }
        return square;
    }

    private static float square(float[] a, float[] b) {
        float square = 0;
        for (int k = 0; k < a.length; k++) {
            float difference = a[k] - b[k];
            square += difference * difference;
        }
        return square;
    }
}
