package io.atalaya.anomaly.trajectory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Distance of each track of a recorded scene to its nearest tracks, relative to their distances to
 * their own, in the scene's metric. It is exact where {@link TrajectoryDensity} approximates in
 * bounded memory.
 */
final class BatchDensity {
    /**
     * Number of tracks to which a neighbourhood share refers at most, because a trajectory that was
     * taken often enough is typical however long the recording is.
     */
    private static final int LONG = 1_500;

    /**
     * Maximum number of tracks that each is compared with; of more a sample is used, to bound the
     * time.
     */
    private static final int MAX_OTHERS = 4_000;

    /** Embeddings in the metric's space. */
    private final List<float[]> tracks;

    /** Indices of the tracks that others are compared with. */
    private final int[] others;

    /** Their embeddings, by dimension. */
    private final float[][] places;

    private final double[] weights;

    /**
     * @param embeddings of the scene's tracks by {@link TrackEmbedding}, in any order
     */
    BatchDensity(List<float[]> embeddings) {
        Whitening metric = metric(embeddings);
        tracks = embeddings.stream().map(metric::of).toList();
        int count = Math.min(MAX_OTHERS, tracks.size());
        others =
                IntStream.range(0, count)
                        .map(i -> (int) ((long) i * tracks.size() / count))
                        .toArray();
        places = columns(Arrays.stream(others).mapToObj(tracks::get).toList());
        weights = new double[count];
        Arrays.fill(weights, 1);
    }

    /**
     * The covariance of the steps from each track to its nearest other one. Unlike the metric of a
     * live camera it does not depend on the order of the tracks, which is needed if the times of
     * each track start at zero.
     */
    private static Whitening metric(List<float[]> embeddings) {
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
        steps.forEach(step -> step.addTo(covariance, typical));
        return covariance.whitening();
    }

    /** Transposes the vectors to {@code [dimension][place]}. */
    private static float[][] columns(List<float[]> places) {
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

    /**
     * Scores all tracks.
     *
     * @param neighbourhood share of a scene's tracks that must be near a typical track
     */
    double[] scores(double neighbourhood) {
        double of = Math.min(others.length, (double) LONG * others.length / tracks.size());
        double wanted = Math.max(TrajectoryDensity.NEIGHBOURS, neighbourhood * of);
        double[] reaches = new double[others.length];
        for (int i = 0; i < reaches.length; i++) {
            Neighbours near = neighbours(others[i], i, wanted);
            reaches[i] = near == null ? 0 : near.logDistance();
        }
        double[] scores = new double[tracks.size()];
        for (int i = 0; i < scores.length; i++) {
            Neighbours near = neighbours(i, Arrays.binarySearch(others, i), wanted);
            scores[i] = near == null ? 0 : near.beyondTypical(other -> reaches[other]);
        }
        return scores;
    }

    /**
     * @param own index of the track itself among the others; negative if it is not one of them
     */
    private Neighbours neighbours(int track, int own, double wanted) {
        float[] squares = Squares.of(tracks.get(track), places, others.length);
        return Neighbours.of(squares, weights, own, wanted);
    }
}
