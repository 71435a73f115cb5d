package io.atalaya.hotlistmatch.ocr;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;

/** Logistic regression of one variable: the log-likelihood ratio as a line. */
final class LogisticLine {
    private static final int STEPS = 100;

    private LogisticLine() {}

    /** Values of one class with their weights. */
    static final class Values {
        private final DoubleArrayList values = new DoubleArrayList();
        private final DoubleArrayList weights = new DoubleArrayList();
        private double total;

        void add(double value, double weight) {
            values.add(value);
            weights.add(weight);
            total += weight;
        }

        int size() {
            return values.size();
        }

        /** The weight of the values in [from, to), as a share of {@code whole}. */
        double share(double from, double to, double whole) {
            double sum = 0;
            for (int i = 0; i < values.size(); i++) {
                if (values.getDouble(i) >= from && values.getDouble(i) < to) {
                    sum += weights.getDouble(i);
                }
            }
            return sum / whole;
        }

        double total() {
            return total;
        }
    }

    /**
     * Intercept and slope by Newton's method.
     *
     * @param positives the weight that counts as one
     * @param negatives the same
     * @param from smaller values are left out, {@code to} is the greatest value
     */
    static double[] match(
            Values positive,
            double positives,
            Values negative,
            double negatives,
            double from,
            double to) {
        double intercept = 0;
        double slope = 0;
        for (int step = 0; step < STEPS; step++) {
            double[] sums = new double[5];
            add(positive, 1, 1 / positives, intercept, slope, from, to, sums);
            add(negative, 0, 1 / negatives, intercept, slope, from, to, sums);
            double determinant = sums[2] * sums[4] - sums[3] * sums[3];
            intercept += bounded((sums[4] * sums[0] - sums[3] * sums[1]) / determinant);
            slope += bounded((sums[2] * sums[1] - sums[3] * sums[0]) / determinant);
        }
        return new double[] {intercept, slope};
    }

    /** A whole step may leap over the solution where one class outweighs the other. */
    private static double bounded(double change) {
        return Math.max(-0.5, Math.min(0.5, change));
    }

    /** Adds to the gradient (0, 1) and the curvature (2, 3, 4). */
    private static void add(
            Values values,
            double label,
            double unit,
            double intercept,
            double slope,
            double from,
            double to,
            double[] sums) {
        for (int i = 0; i < values.size(); i++) {
            if (values.values.getDouble(i) < from) {
                continue;
            }
            double x = Math.min(to, values.values.getDouble(i));
            double weight = values.weights.getDouble(i) * unit;
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
