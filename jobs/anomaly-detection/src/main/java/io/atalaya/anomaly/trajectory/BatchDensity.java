package io.atalaya.anomaly.trajectory;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far each track of a recorded scene is from its nearest ones, in the scene's metric, beside
 * how far those are from theirs. What {@link TrajectoryDensity} knows of them in bounded memory is
 * here exact.
 */
final class BatchDensity {
    /**
     * Of a longer recording a neighbourhood is a share of so many tracks: what was taken often
     * enough is usual, however long the street was looked at.
     */
    private static final int LONG = 1_500;

    /** Tracks that each is compared with; of more it is some, or it would take too long. */
    private static final int MOST = 4_000;

    /** In the metric's space. */
    private final List<float[]> tracks;

    /** Which of the tracks others are compared with. */
    private final int[] others;

    /** Those, by dimension. */
    private final float[][] places;

    private final double[] weights;

    /**
     * @param embeddings of the scene's tracks by {@link TrackEmbedding}, in any order
     */
    BatchDensity(List<float[]> embeddings) {
        Whitening metric = BatchMetric.of(embeddings);
        tracks = embeddings.stream().map(metric::of).toList();
        int count = Math.min(MOST, tracks.size());
        others =
                IntStream.range(0, count)
                        .map(i -> (int) ((long) i * tracks.size() / count))
                        .toArray();
        places = BatchMetric.columns(Arrays.stream(others).mapToObj(tracks::get).toList());
        weights = new double[count];
        Arrays.fill(weights, 1);
    }

    /**
     * A score for each track.
     *
     * @param neighbourhood share of a scene's tracks among which it has to be, to be usual
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
            scores[i] = near == null ? 0 : near.beyondUsual(other -> reaches[other]);
        }
        return scores;
    }

    /**
     * @param own which of the others the track itself is; below 0 if none
     */
    private Neighbours neighbours(int track, int own, double wanted) {
        float[] squares = Squares.of(tracks.get(track), places, others.length);
        return Neighbours.of(squares, weights, own, wanted);
    }
}
