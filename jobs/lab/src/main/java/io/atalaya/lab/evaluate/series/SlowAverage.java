package io.atalaya.lab.evaluate.series;

/** The plain z-score baseline: deviation of a value from its slow average. */
final class SlowAverage implements Detector {
    @Override
    public String name() {
        return "slow average, 4 deviations";
    }

    @Override
    public Detection detect(SeriesFile series) {
        double[] scores = PlainRule.deviations(series.values());
        for (int row = 0; row < scores.length; row++) {
            scores[row] = Double.isFinite(scores[row]) ? Math.abs(scores[row]) : scores[row];
        }
        return new Detection(scores, PlainRule.alarms(scores), null);
    }
}
