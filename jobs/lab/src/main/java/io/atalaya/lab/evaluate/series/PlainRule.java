package io.atalaya.lab.evaluate.series;

import java.util.Arrays;

/**
 * The rule of the baselines, its setting fixed in advance: deviations from a slow exponential
 * average of mean and variance; an alarm where a value is farther off than a number of them, one
 * for each stretch.
 */
final class PlainRule {
    /** Deviations that an alarm takes. */
    static final double DEVIATIONS = 4;

    /** Rows that the average remembers. */
    private static final double MEMORY = 500;

    private static final int WARM_UP = 100;

    /** Rows within which another alarm would be about the same. */
    private static final int REST = 24;

    private PlainRule() {}

    /**
     * How many deviations each value is above the average of those before it, below zero where it
     * is below; negative infinity until there is one.
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
