package io.atalaya.anomaly.trajectory;

import java.util.Arrays;
import java.util.List;

/** Scores the tracks of a complete recording, each against all others. */
public final class BatchScene {
    /**
     * A neighbourhood share so large that the tracks of a rarely used trajectory do not reach it.
     */
    private static final double MANY = 0.06;

    /** Distance between the quartiles of a normal distribution, in standard deviations. */
    private static final double QUARTILES = 1.349;

    private static final double MIN_VALUE = 1e-6;

    /**
     * Minimum deviation in radians, because a scene of straight trajectories has hardly any
     * weaving.
     */
    private static final double MIN_WEAVING = 1e-3;

    private BatchScene() {}

    /**
     * Scores tracks, in robust deviations of the scene's own scores.
     *
     * @param features by {@link TrackFeatures}; their order does not matter as long as all tracks
     *     can be compared with each other
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

    /** How far each track leaves the directions in which the tracks vary. */
    private static double[] spread(List<float[]> tracks) {
        TrajectoryCovariance spread = new TrajectoryCovariance(tracks.get(0).length);
        tracks.forEach(spread::learn);
        return spread.scores(tracks);
    }

    /** Standardises by median and quartiles, because unusual tracks do not affect these. */
    private static void standardise(double[] scores) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double median = Quantiles.of(sorted, 0.5);
        double deviation = (Quantiles.of(sorted, 0.75) - Quantiles.of(sorted, 0.25)) / QUARTILES;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (scores[i] - median) / Math.max(deviation, MIN_VALUE);
        }
    }

    /**
     * Standardises by the mean, because most trajectories do not weave and the quartiles are equal.
     */
    private static void standardiseByMean(double[] scores) {
        double mean = Arrays.stream(scores).average().orElse(0);
        double variance =
                Arrays.stream(scores)
                        .map(each -> (each - mean) * (each - mean))
                        .average()
                        .orElse(0);
        double deviation = Math.max(Math.sqrt(variance), MIN_WEAVING);
        Arrays.setAll(scores, i -> (scores[i] - mean) / deviation);
    }
}
