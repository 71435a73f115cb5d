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

    /** Radians; a scene of straight ways has hardly any. */
    private static final double LEAST_WEAVING = 1e-3;

    private RecordedScene() {}

    /**
     * Scores, in robust deviations of the scene's own.
     *
     * @param features by {@link TrackFeatures}; their order makes no difference as long as all can
     *     be kept one by one
     * @param embeddings of the same tracks by {@link TrackEmbedding}
     */
    public static double[] scores(List<float[]> features, List<float[]> embeddings) {
        if (embeddings.isEmpty()) {
            return new double[0];
        }
        int dimensions = embeddings.get(0).length;
        SceneDensity density = density(embeddings);
        SceneSpread spread = new SceneSpread(dimensions);
        embeddings.forEach(spread::learn);
        double[] near = embeddings.stream().mapToDouble(density::scoreAmongOthers).toArray();
        double[] within = embeddings.stream().mapToDouble(spread::score).toArray();
        double[] weaving = features.stream().mapToDouble(Weaving::of).toArray();
        standardise(near);
        standardise(within);
        standardiseByMean(weaving);
        double[] scores = new double[near.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = near[i] + SceneSpread.share(within[i]) + Weaving.share(weaving[i]);
        }
        standardise(scores);
        return scores;
    }

    /** Its metric too is of the scene as a whole. */
    private static SceneDensity density(List<float[]> embeddings) {
        SceneDensity density = new SceneDensity(embeddings.get(0).length, EXACT);
        embeddings.forEach(density::learn);
        SceneDensity.State learned = density.state();
        density.restore(
                new SceneDensity.State(
                        RecordedSteps.of(embeddings),
                        learned.means(),
                        learned.weights(),
                        learned.spreads()));
        return density;
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

    /** Most ways do not weave at all: their quartiles say nothing of how they differ. */
    private static void standardiseByMean(double[] scores) {
        double mean = Arrays.stream(scores).average().orElse(0);
        double variance =
                Arrays.stream(scores)
                        .map(each -> (each - mean) * (each - mean))
                        .average()
                        .orElse(0);
        double deviation = Math.max(Math.sqrt(variance), LEAST_WEAVING);
        Arrays.setAll(scores, i -> (scores[i] - mean) / deviation);
    }
}
