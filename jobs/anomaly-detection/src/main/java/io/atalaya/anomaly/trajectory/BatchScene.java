package io.atalaya.anomaly.trajectory;

import java.util.Arrays;
import java.util.List;

/**
 * A scene's tracks as a whole, where they have all been recorded: each judged against all others.
 */
public final class BatchScene {
    /** Share that a whole way hardly anyone takes does not come to. */
    private static final double MANY = 0.06;

    /** Of a normal distribution: its quartiles lie so many deviations apart. */
    private static final double QUARTILES = 1.349;

    private static final double SMALLEST = 1e-6;

    /** Radians; a scene of straight ways has hardly any. */
    private static final double LEAST_WEAVING = 1e-3;

    private BatchScene() {}

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
        BatchDensity density = new BatchDensity(embeddings);
        double[] few = density.scores(TrajectoryDensity.NEIGHBOURHOOD);
        double[] many = density.scores(MANY);
        double[] within = spread(embeddings);
        double[] form = spread(features.stream().map(TrackFeatures::form).toList());
        double[] weaving = features.stream().mapToDouble(Weaving::of).toArray();
        standardise(few);
        standardise(many);
        standardise(within);
        standardise(form);
        standardiseByMean(weaving);
        double[] scores = new double[few.length];
        for (int i = 0; i < scores.length; i++) {
            double near = (few[i] + many[i]) / 2;
            scores[i] =
                    near
                            + TrajectoryCovariance.share(within[i])
                            + TrajectoryCovariance.share(form[i])
                            + Weaving.share(weaving[i]);
        }
        standardise(scores);
        return scores;
    }

    /** How far each leaves the ways in which all of them differ. */
    private static double[] spread(List<float[]> tracks) {
        TrajectoryCovariance spread = new TrajectoryCovariance(tracks.get(0).length);
        tracks.forEach(spread::learn);
        return spread.scores(tracks);
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
