package io.atalaya.lab.evaluate.series;

import io.atalaya.anomaly.series.EpisodeGate;
import io.atalaya.anomaly.series.SeriesModel;
import io.atalaya.anomaly.series.SeriesScore;

/** The streaming model without its network: the greatest rarity among its channels. */
final class StatisticDetector implements Detector {
    /** Tuned on simulated series, like the network's gate. */
    private static final EpisodeGate.Settings GATE =
            new EpisodeGate.Settings(2.5, 0.1, 1000, 4, 24, 4, 12, 2);

    @Override
    public String name() {
        return "scene activity, no network";
    }

    @Override
    public Detection detect(SeriesFile series) {
        SeriesModel model = SeriesModel.fresh();
        EpisodeGate episodes = new EpisodeGate(GATE);
        double[] scores = new double[series.size()];
        double[] expected = new double[series.size()];
        boolean[] alarms = new boolean[series.size()];
        for (int row = 0; row < series.size(); row++) {
            SeriesScore evidence = model.update(series.times()[row], series.values()[row]);
            scores[row] = evidence.statistic().orElse(Double.NEGATIVE_INFINITY);
            expected[row] = evidence.expected();
            alarms[row] = episodes.offer(series.times()[row], scores[row]);
        }
        return new Detection(scores, alarms, expected);
    }
}
