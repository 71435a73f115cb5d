package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.hotlist.HotlistEvaluator.EvaluatedAlert;

import java.util.ArrayList;
import java.util.List;

/**
 * Calibration of the score: alerts in bins of equal width by score, and for each bin the mean score
 * and the share that was the listed vehicle.
 *
 * @param bins non-empty bins, by rising score
 * @param count number of alerts
 * @param calibrationError expected calibration error: the mean over the bins of |mean score −
 *     share|, weighted by count; 0 without alerts
 * @param brier mean of (score − outcome)²; 0 without alerts
 */
record Reliability(List<Bin> bins, int count, double calibrationError, double brier) {
    static final int BINS = 10;

    /**
     * One bin.
     *
     * @param from lowest score; {@code to} is the exclusive end, but 1 belongs to the last bin
     * @param listed number of alerts about the listed vehicle
     */
    record Bin(double from, double to, int count, double meanScore, int listed) {

        public double share() {
            return (double) listed / count;
        }

        /** Half the width of the 95 % interval of the share, by Agresti and Coull. */
        public double margin() {
            double n = count + 4.0;
            double p = (listed + 2) / n;
            return 1.96 * Math.sqrt(p * (1 - p) / n);
        }
    }

    /**
     * Over the alerts with at least the given score whose vehicle is known.
     *
     * @param floor lowest score included
     */
    static Reliability of(List<EvaluatedAlert> alerts, double floor) {
        int[] counts = new int[BINS];
        int[] listed = new int[BINS];
        double[] scores = new double[BINS];
        double squares = 0;
        int all = 0;
        for (EvaluatedAlert alert : alerts) {
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
