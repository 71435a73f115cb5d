package io.atalaya.lab.evaluate.hotlist;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a score of 0.8 is right four times in five: alerts in bins of equal width by score, and
 * in each the mean score against the share that was the listed vehicle.
 *
 * @param bins that hold anything, by rising score
 * @param count of the alerts
 * @param calibrationError the expected calibration error: over the bins, the mean of |mean score −
 *     share|, weighted by count; 0 without any
 * @param brier mean of (score − outcome)²; 0 without any
 */
record Reliability(List<Bin> bins, int count, double calibrationError, double brier) {
    static final int BINS = 10;

    /**
     * One bin.
     *
     * @param from lowest score, {@code to} the end, not in it (1 is in the last)
     * @param listed how many were the listed vehicle
     */
    record Bin(double from, double to, int count, double meanScore, int listed) {

        double share() {
            return (double) listed / count;
        }

        /** Half the width of the 95 % interval of the share, by Agresti and Coull. */
        double margin() {
            double n = count + 4.0;
            double p = (listed + 2) / n;
            return 1.96 * Math.sqrt(p * (1 - p) / n);
        }
    }

    /**
     * Of the alerts with at least that score whose vehicle is known.
     *
     * @param floor lowest score that is looked at
     */
    static Reliability of(List<JudgedAlert> alerts, double floor) {
        int[] counts = new int[BINS];
        int[] listed = new int[BINS];
        double[] scores = new double[BINS];
        double squares = 0;
        int all = 0;
        for (JudgedAlert alert : alerts) {
            if (alert.isListedVehicle() == null || alert.score() < floor) {
                continue;
            }
            int bin = Math.min(BINS - 1, (int) (alert.score() * BINS));
            int outcome = alert.isListedVehicle() ? 1 : 0;
            counts[bin]++;
            listed[bin] += outcome;
            scores[bin] += alert.score();
            squares += (alert.score() - outcome) * (alert.score() - outcome);
            all++;
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                Bin bin =
                        new Bin(
                                (double) i / BINS,
                                (i + 1.0) / BINS,
                                counts[i],
                                scores[i] / counts[i],
                                listed[i]);
                bins.add(bin);
                error += (double) bin.count() / all * Math.abs(bin.meanScore() - bin.share());
            }
        }
        return new Reliability(bins, all, error, all == 0 ? 0 : squares / all);
    }
}
