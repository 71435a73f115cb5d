package io.atalaya.hotlistmatch.ocr;

import java.util.List;

/** Logistic regression of one variable: the log-likelihood ratio as a line. */
final class LogisticLine {
    private static final int STEPS = 50;

    private LogisticLine() {}

    /** Intercept and slope by Newton's method, with equal weight of both classes. */
    static double[] match(List<Double> positive, List<Double> negative) {
        double intercept = 0;
        double slope = 0;
        for (int step = 0; step < STEPS; step++) {
            double[] sums = new double[5];
            add(positive, 1, 1.0 / positive.size(), intercept, slope, sums);
            add(negative, 0, 1.0 / negative.size(), intercept, slope, sums);
            double determinant = sums[2] * sums[4] - sums[3] * sums[3];
            intercept += (sums[4] * sums[0] - sums[3] * sums[1]) / determinant;
            slope += (sums[2] * sums[1] - sums[3] * sums[0]) / determinant;
        }
        return new double[] {intercept, slope};
    }

    /** Adds to the gradient (0, 1) and the curvature (2, 3, 4). */
    private static void add(
            List<Double> values,
            double label,
            double weight,
            double intercept,
            double slope,
            double[] sums) {
        for (double x : values) {
            double p = 1 / (1 + Math.exp(-(intercept + slope * x)));
            sums[0] += weight * (label - p);
            sums[1] += weight * (label - p) * x;
            double curvature = weight * p * (1 - p);
            sums[2] += curvature;
            sums[3] += curvature * x;
            sums[4] += curvature * x * x;
        }
    }
}
