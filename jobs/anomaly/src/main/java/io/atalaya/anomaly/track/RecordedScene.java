package io.atalaya.anomaly.track;

import java.util.Arrays;
import java.util.List;

/**
 * A scene's tracks as a whole, where they have all been recorded: each judged against all others.
 */
public final class RecordedScene {
    /** Tracks that are kept one by one; more are merged, or it would take too long. */
    private static final int EXACT = 2_000;

    /** Of a normal distribution: its quartiles lie so many deviations apart. */
    private static final double QUARTILES = 1.349;

    private static final double SMALLEST = 1e-6;

    private RecordedScene() {}

    /**
     * Scores, in robust deviations of the scene's own.
     *
     * @param embeddings by {@link TrackEmbedding}, in the order of time
     */
    public static double[] scores(List<float[]> embeddings) {
        if (embeddings.isEmpty()) {
            return new double[0];
        }
        int dimensions = embeddings.get(0).length;
        SceneDensity density = new SceneDensity(dimensions, EXACT);
        SceneSpread spread = new SceneSpread(dimensions);
        embeddings.forEach(density::learn);
        embeddings.forEach(spread::learn);
        double[] near = embeddings.stream().mapToDouble(density::scoreAmongOthers).toArray();
        double[] within = embeddings.stream().mapToDouble(spread::score).toArray();
        standardise(near);
        standardise(within);
        double[] scores = new double[near.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = near[i] + SceneSpread.SHARE * within[i];
        }
        standardise(scores);
        return scores;
    }

    /** By median and quartiles: the unusual ones among them move neither. */
    private static void standardise(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double median = Quantiles.of(sorted, 0.5);
        double deviation = (Quantiles.of(sorted, 0.75) - Quantiles.of(sorted, 0.25)) / QUARTILES;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (scores[i] - median) / Math.max(deviation, SMALLEST);
        }
    }
}
