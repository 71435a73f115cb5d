package io.atalaya.cli.evaluate.series;

import java.util.Arrays;

/**
 * The plain rule that the model has to beat: deviations from a slow exponential average of mean and
 * variance; an alarm where a value is farther off than a number of them, one for each stretch.
 */
final class SlowAverage implements Detector {
    /** Rows that the average remembers. */
    private static final double MEMORY = 500;

    private static final double DEVIATIONS = 4;
    private static final int WARM_UP = 100;

    /** Rows within which another alarm would be about the same. */
    private static final int REST = 24;

    @Override
    public String name() {
        return "slow average, 4 deviations";
    }

    @Override
    public Detection detect(SeriesFile series) {
        double[] scores = new double[series.size()];
        boolean[] alarms = new boolean[series.size()];
        Arrays.fill(scores, Double.NEGATIVE_INFINITY);
        double mean = 0;
        double variance = 0;
        int lastAbove = -REST;
        for (int row = 0; row < series.size(); row++) {
            double off = series.values()[row] - mean;
            if (row >= WARM_UP && variance > 0) {
                scores[row] = Math.abs(off) / Math.sqrt(variance);
                if (scores[row] > DEVIATIONS) {
                    alarms[row] = row - lastAbove >= REST;
                    lastAbove = row;
                }
            }
            double gain = Math.max(1.0 / (row + 1), 1 / MEMORY);
            mean += gain * off;
            variance = (1 - gain) * (variance + gain * off * off);
        }
        return new Detection(scores, alarms, null);
    }
}
