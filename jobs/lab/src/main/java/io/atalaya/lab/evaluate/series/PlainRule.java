package io.atalaya.lab.evaluate.series;

import java.util.Arrays;

/**
 * The alarm rule of the baselines, with settings fixed in advance: an alarm where a value is more
 * than {@link #DEVIATIONS} deviations above a slow exponential average, once per stretch.
 */
final class PlainRule {
    /** Number of deviations for an alarm. */
    static final double DEVIATIONS = 4;

    /** Memory of the average in rows. */
    private static final double MEMORY = 500;

    private static final int WARM_UP = 100;

    /** Rows during which another alarm counts as the same one. */
    private static final int REST = 24;

    private PlainRule() {}

    /**
     * Deviations of each value from the average of earlier ones, signed; negative infinity during
     * the warm-up.
     */
    static double[] deviations(double[] values) {
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

    static boolean[] alarms(double[] scores) {
        boolean[] alarms = new boolean[scores.length];
        int lastAbove = -REST;
        for (int row = 0; row < scores.length; row++) {
            if (scores[row] > DEVIATIONS) {
                alarms[row] = row - lastAbove >= REST;
                lastAbove = row;
            }
        }
        return alarms;
    }
}
