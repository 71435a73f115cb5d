package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.EpisodeGate;
import io.atalaya.anomaly.series.SceneActivityNetwork;
import io.atalaya.anomaly.series.SeriesModel;
import io.atalaya.anomaly.series.SeriesScore;

import com.amazon.randomcutforest.RandomCutForest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Detects anomalies in a series row by row, using earlier rows only.
 *
 * @param detect the detection
 */
record Detector(String name, Function<SeriesFile, Detection> detect) {
    /** Deviations from the slow average that raise an alarm of a baseline. */
    static final double DEVIATIONS = 4;

    /** Gate of the model without its network, tuned on simulated series like the network's. */
    private static final EpisodeGate.Settings STATISTIC_GATE =
            new EpisodeGate.Settings(2.5, 0, 0.1, 1000, 4, 24, 4, 12, 2);

    private static final int BATCH = 256;

    /** Memory of the slow average in rows. */
    private static final double MEMORY = 500;

    private static final int WARM_UP = 100;

    /** Rows during which another alarm of a baseline counts as the same one. */
    private static final int REST = 24;

    /** Consecutive rows per input of the forest. */
    private static final int SHINGLE = 48;

    private static final int TREES = 50;
    private static final int SAMPLE = 256;

    /**
     * A detector's result on a series.
     *
     * @param scores one per row; negative infinity if there is none
     * @param alarms one per row
     * @param expected expected value per row; null if the detector has none
     */
    record Detection(double[] scores, boolean[] alarms, double[] expected) {}

    /**
     * The product's own detector: the streaming model, the network in batches, and the gate of the
     * model's manifest.
     */
    static Detector sceneActivity(SceneActivityNetwork network, EpisodeGate.Settings gate) {
        return new Detector(
                "scene activity, network",
                series -> {
                    List<SeriesScore> rows = modelScores(series);
                    double[] scores = new double[series.size()];
                    try (SceneActivityNetwork.Scorer scorer = network.scorer()) {
                        for (int from = 0; from < rows.size(); from += BATCH) {
                            List<SeriesScore> batch =
                                    rows.subList(from, Math.min(from + BATCH, rows.size()));
                            float[] outputs =
                                    scorer.score(
                                            batch.stream().map(SeriesScore::features).toList());
                            for (int i = 0; i < outputs.length; i++) {
                                scores[from + i] =
                                        batch.get(i)
                                                .score(outputs[i])
                                                .orElse(Double.NEGATIVE_INFINITY);
                            }
                        }
                    }
                    return gated(series, rows, scores, gate);
                });
    }

    /** The streaming model without its network: the greatest rarity among its channels. */
    static Detector withoutNetwork() {
        return new Detector(
                "scene activity, no network",
                series -> {
                    List<SeriesScore> rows = modelScores(series);
                    double[] scores =
                            rows.stream()
                                    .mapToDouble(
                                            row -> row.statistic().orElse(Double.NEGATIVE_INFINITY))
                                    .toArray();
                    return gated(series, rows, scores, STATISTIC_GATE);
                });
    }

    private static List<SeriesScore> modelScores(SeriesFile series) {
        SeriesModel model = SeriesModel.fresh();
        List<SeriesScore> rows = new ArrayList<>();
        for (int row = 0; row < series.size(); row++) {
            rows.add(model.update(series.times()[row], series.values()[row]));
        }
        return rows;
    }

    private static Detection gated(
            SeriesFile series,
            List<SeriesScore> rows,
            double[] scores,
            EpisodeGate.Settings settings) {
        return new Detection(
                scores,
                alarms(series, scores, settings),
                rows.stream().mapToDouble(SeriesScore::expected).toArray());
    }

    /** The alarms that a gate raises over scores. */
    static boolean[] alarms(SeriesFile series, double[] scores, EpisodeGate.Settings settings) {
        EpisodeGate gate = new EpisodeGate(settings);
        boolean[] alarms = new boolean[scores.length];
        for (int row = 0; row < scores.length; row++) {
            alarms[row] = gate.offer(series.times()[row], scores[row]);
        }
        return alarms;
    }

    /** The plain z-score baseline: deviation of a value from its slow average. */
    static Detector slowAverage() {
        return new Detector(
                "slow average, 4 deviations",
                series -> {
                    double[] scores = deviations(series.values());
                    for (int row = 0; row < scores.length; row++) {
                        scores[row] =
                                Double.isFinite(scores[row]) ? Math.abs(scores[row]) : scores[row];
                    }
                    return new Detection(scores, alarms(scores), null);
                });
    }

    /**
     * The published baseline: a robust random cut forest (Guha and others 2016, ICML) over shingles
     * of 48 rows, from its authors' library; an alarm where its score is far above the score's own
     * slow average. No setting was tuned on a series.
     */
    static Detector randomCutForest() {
        return new Detector(
                "random cut forest, 4 deviations",
                series -> {
                    RandomCutForest.Builder<?> builder = RandomCutForest.builder();
                    RandomCutForest forest =
                            builder.dimensions(SHINGLE)
                                    .shingleSize(SHINGLE)
                                    .internalShinglingEnabled(true)
                                    .numberOfTrees(TREES)
                                    .sampleSize(SAMPLE)
                                    .randomSeed(1)
                                    .build();
                    double[] raw = new double[series.size()];
                    for (int row = 0; row < raw.length; row++) {
                        float[] value = {(float) series.values()[row]};
                        raw[row] = forest.getAnomalyScore(value);
                        forest.update(value);
                    }
                    double[] scores = deviations(raw);
                    return new Detection(scores, alarms(scores), null);
                });
    }

    /**
     * Deviations of each value from the slow exponential average of earlier ones, signed; negative
     * infinity during the warm-up.
     */
    private static double[] deviations(double[] values) {
        double[] deviations = new double[values.length];
        Arrays.fill(deviations, Double.NEGATIVE_INFINITY);
        double mean = 0;
        double variance = 0;
        for (int row = 0; row < values.length; row++) {
            double off = values[row] - mean;
            if (row >= WARM_UP && variance > 0) {
                deviations[row] = off / Math.sqrt(variance);
            }
            double gain = Math.max(1.0 / (row + 1), 1 / MEMORY);
            mean += gain * off;
            variance = (1 - gain) * (variance + gain * off * off);
        }
        return deviations;
    }

    /** The alarms of the baselines, with settings fixed in advance: one per stretch above. */
    private static boolean[] alarms(double[] deviations) {
        boolean[] alarms = new boolean[deviations.length];
        int lastAbove = -REST;
        for (int row = 0; row < deviations.length; row++) {
            if (deviations[row] > DEVIATIONS) {
                alarms[row] = row - lastAbove >= REST;
                lastAbove = row;
            }
        }
        return alarms;
    }
}
