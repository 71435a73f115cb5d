package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.EpisodeGate;
import io.atalaya.anomaly.series.SceneActivityNetwork;
import io.atalaya.anomaly.series.SeriesModel;
import io.atalaya.anomaly.series.SeriesScore;

import java.util.ArrayList;
import java.util.List;

/**
 * The product's own detector: the streaming model, the network in batches, and the gate of the
 * model's manifest.
 */
final class ActivityDetector implements Detector {
    private static final int BATCH = 256;

    private final SceneActivityNetwork servedModel;
    private final EpisodeGate.Settings gate;

    ActivityDetector(SceneActivityNetwork servedModel, EpisodeGate.Settings gate) {
        this.servedModel = servedModel;
        this.gate = gate;
    }

    @Override
    public String name() {
        return "scene activity, network";
    }

    @Override
    public Detection detect(SeriesFile series) {
        SeriesModel model = SeriesModel.fresh();
        List<SeriesScore> evidence = new ArrayList<>();
        double[] expected = new double[series.size()];
        for (int row = 0; row < series.size(); row++) {
            evidence.add(model.update(series.times()[row], series.values()[row]));
            expected[row] = evidence.get(row).expected();
        }
        double[] scores = new double[series.size()];
        boolean[] alarms = new boolean[series.size()];
        EpisodeGate episodes = new EpisodeGate(gate);
        try (SceneActivityNetwork.Scorer scorer = servedModel.scorer()) {
            for (int from = 0; from < series.size(); from += BATCH) {
                List<SeriesScore> batch =
                        evidence.subList(from, Math.min(from + BATCH, series.size()));
                float[] outputs = scorer.score(batch.stream().map(SeriesScore::features).toList());
                for (int i = 0; i < outputs.length; i++) {
                    int row = from + i;
                    scores[row] = batch.get(i).score(outputs[i]).orElse(Double.NEGATIVE_INFINITY);
                    alarms[row] = episodes.offer(series.times()[row], scores[row]);
                }
            }
        }
        return new Detection(scores, alarms, expected);
    }
}
