package io.atalaya.anomaly.trajectory;

/**
 * The covariance of vectors, learned one by one, and the space in which it is even. Directions in
 * which the vectors hardly differ get a floor: few vectors cannot tell them.
 */
final class Covariance {
    /** Vectors that are all nought have no spread. */
    private static final double SMALLEST = 1e-6;

    private final int dimensions;
    private final double floor;
    private final double prior;

    /** Lower triangle by rows: sums of products, weighted. */
    private final double[] products;

    private double weight;

    /**
     * @param floor added to each variance, as a share of the mean variance
     * @param prior as if so many vectors of equal variance had been seen
     */
    Covariance(int dimensions, double floor, double prior) {
        this.dimensions = dimensions;
        this.floor = floor;
        this.prior = prior;
        this.products = new double[dimensions * (dimensions + 1) / 2];
    }

    /**
     * What is kept of it.
     *
     * @param products sums of products, weighted, lower triangle by rows
     */
    record State(double weight, double[] products) {}

    State state() {
        return new State(weight, products.clone());
    }

    void restore(State state) {
        weight = state.weight();
        System.arraycopy(state.products(), 0, products, 0, products.length);
    }

    double weight() {
        return weight;
    }

    /** Lets what was learned count less. */
    void fade(double factor) {
        weight *= factor;
        for (int i = 0; i < products.length; i++) {
            products[i] *= factor;
        }
    }

    /**
     * Learns from the product of two vectors, which are the same for a covariance about nought.
     *
     * @param counts for so many
     */
    void add(double[] left, double[] right, double counts) {
        for (int i = 0, at = 0; i < dimensions; i++) {
            for (int j = 0; j <= i; j++, at++) {
                products[at] += counts * left[i] * right[j];
            }
        }
        weight += counts;
    }

    /** Of a direction; a small number rather than none. */
    double meanVariance() {
        return weight > 0 ? Math.max(trace() / weight / dimensions, SMALLEST) : 1;
    }

    /** The way into the space in which the covariance is even, as it is now. */
    Whitening whitening() {
        double diagonal = meanVariance() * (prior / (weight + prior) + floor);
        double share = 1 / (weight + prior);
        double[] lower = new double[products.length];
        for (int i = 0, row = 0; i < dimensions; row += ++i) {
            for (int j = 0, other = 0; j <= i; other += ++j) {
                double rest =
                        products[row + j] * share
                                + (i == j ? diagonal : 0)
                                - dot(lower, row, other, j);
                lower[row + j] = i == j ? 1 / Math.sqrt(rest) : rest * lower[other + j];
            }
        }
        return new Whitening(dimensions, lower);
    }

    /** Of the first numbers of two rows; two sums, so that neither waits for the other. */
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
            trace += products[at(i, i)];
        }
        return trace;
    }

    private static int at(int row, int column) {
        return row * (row + 1) / 2 + column;
    }
}
