package io.atalaya.anomaly.trajectory;

/**
 * Covariance of vectors, learned one by one, with its triangular decomposition. Directions of
 * little variance get a floor, because few vectors cannot determine them.
 */
final class Covariance {
    /** Minimum mean variance, for vectors that are all 0. */
    private static final double MIN_VARIANCE = 1e-6;

    /** Number of rows that are decomposed together. */
    private static final int ROWS = 4;

    private final int dimensions;
    private final double floor;
    private final double prior;

    /** Weighted sums of products: the lower triangle by rows. */
    private final double[] products;

    private double weight;

    /**
     * @param floor added to each variance, as a share of the mean variance
     * @param prior weight of the prior, in vectors of equal variance in all directions
     */
    Covariance(int dimensions, double floor, double prior) {
        this.dimensions = dimensions;
        this.floor = floor;
        this.prior = prior;
        this.products = new double[dimensions * (dimensions + 1) / 2];
    }

    /**
     * State of the covariance.
     *
     * @param products weighted sums of products: the lower triangle by rows
     */
    record State(double weight, double[] products) {}

    State state() {
        return new State(weight, products.clone());
    }

    void restore(State state) {
        weight = state.weight();
        System.arraycopy(state.products(), 0, products, 0, products.length);
    }

    /** Decays what was learned by a factor. */
    void fade(double factor) {
        weight *= factor;
        for (int i = 0; i < products.length; i++) {
            products[i] *= factor;
        }
    }

    /**
     * Adds the outer product of two vectors; they are equal for a covariance about 0.
     *
     * @param counts weight
     */
    void add(double[] left, double[] right, double counts) {
        for (int i = 0, at = 0; i < dimensions; i++) {
            for (int j = 0; j <= i; j++, at++) {
                products[at] += counts * left[i] * right[j];
            }
        }
        weight += counts;
    }

    /** Mean variance per direction; a small positive number instead of 0. */
    double meanVariance() {
        return weight > 0 ? Math.max(trace() / weight / dimensions, MIN_VARIANCE) : 1;
    }

    /** The current decomposition. */
    Triangle triangle() {
        double diagonal = meanVariance() * (prior / (weight + prior) + floor);
        double share = 1 / (weight + prior);
        double[] lower = new double[products.length];
        int together = dimensions - dimensions % ROWS;
        for (int i = 0, row = 0; i < dimensions; row += ++i) {
            if (i < together && i % ROWS == 0) {
                beginRows(lower, i, share);
            }
            int begun = i < together ? i - i % ROWS : 0;
            for (int j = begun, other = Triangle.at(j, 0); j <= i; other += ++j) {
                double rest =
                        products[row + j] * share
                                + (i == j ? diagonal : 0)
                                - dot(lower, row, other, j);
                lower[row + j] = i == j ? 1 / Math.sqrt(rest) : rest * lower[other + j];
            }
        }
        return new Triangle(lower);
    }

    /**
     * Fills {@value #ROWS} rows up to the column of the first, so that the processor need not wait
     * for one sum. Each sum is in the order of {@link #dot}.
     */
    private void beginRows(double[] lower, int i, double share) {
        int a = Triangle.at(i, 0);
        int b = Triangle.at(i + 1, 0);
        int c = Triangle.at(i + 2, 0);
        int d = Triangle.at(i + 3, 0);
        for (int j = 0, other = 0; j < i; other += ++j) {
            double evenA = 0;
            double oddA = 0;
            double evenB = 0;
            double oddB = 0;
            double evenC = 0;
            double oddC = 0;
            double evenD = 0;
            double oddD = 0;
            int k = 0;
            for (; k + 1 < j; k += 2) {
                double even = lower[other + k];
                double odd = lower[other + k + 1];
                evenA += lower[a + k] * even;
                oddA += lower[a + k + 1] * odd;
                evenB += lower[b + k] * even;
                oddB += lower[b + k + 1] * odd;
                evenC += lower[c + k] * even;
                oddC += lower[c + k + 1] * odd;
                evenD += lower[d + k] * even;
                oddD += lower[d + k + 1] * odd;
            }
            double last = k < j ? lower[other + k] : 0;
            double factor = lower[other + j];
            lower[a + j] =
                    (products[a + j] * share - (evenA + oddA + lower[a + k] * last)) * factor;
            lower[b + j] =
                    (products[b + j] * share - (evenB + oddB + lower[b + k] * last)) * factor;
            lower[c + j] =
                    (products[c + j] * share - (evenC + oddC + lower[c + k] * last)) * factor;
            lower[d + j] =
                    (products[d + j] * share - (evenD + oddD + lower[d + k] * last)) * factor;
        }
    }

    /**
     * Dot product of the start of two rows; two sums, so that the processor computes them in
     * parallel.
     */
    private static double dot(double[] lower, int row, int other, int count) {
        double even = 0;
        double odd = 0;
        int k = 0;
        for (; k + 1 < count; k += 2) {
            even += lower[row + k] * lower[other + k];
            odd += lower[row + k + 1] * lower[other + k + 1];
        }
        return k < count ? even + odd + lower[row + k] * lower[other + k] : even + odd;
    }

    private double trace() {
        double trace = 0;
        for (int i = 0; i < dimensions; i++) {
            trace += products[Triangle.at(i, i)];
        }
        return trace;
    }
}
