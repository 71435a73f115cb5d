package io.atalaya.anomaly.track;

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

    /** Cholesky's, lower triangle by rows; null until it is asked for. */
    private double[] root;

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
        root = null;
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
        root = null;
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
        root = null;
    }

    /** Of a direction; a small number rather than none. */
    double meanVariance() {
        return weight > 0 ? Math.max(trace() / weight / dimensions, SMALLEST) : 1;
    }

    /** Takes a vector into the space in which the covariance is even. */
    double[] whiten(float[] vector) {
        double[] lower = root();
        double[] white = new double[dimensions];
        for (int i = 0, row = 0; i < dimensions; row += ++i) {
            double rest = vector[i];
            for (int j = 0; j < i; j++) {
                rest -= lower[row + j] * white[j];
            }
            white[i] = rest / lower[row + i];
        }
        return white;
    }

    /**
     * The same, to the bit, for many vectors, which lie side by side by dimension: the processor
     * then works on several at a time.
     *
     * @param vectors {@code [dimension][vector]}
     * @param white of the same shape; written
     */
    void whiten(float[][] vectors, int count, double[][] white) {
        double[] lower = root();
        for (int i = 0, row = 0; i < dimensions; row += ++i) {
            double[] rest = white[i];
            for (int k = 0; k < count; k++) {
                rest[k] = vectors[i][k];
            }
            for (int j = 0; j < i; j++) {
                subtractMultiple(lower[row + j], white[j], rest, count);
            }
            for (int k = 0; k < count; k++) {
                rest[k] /= lower[row + i];
            }
        }
    }

    private static void subtractMultiple(double by, double[] values, double[] rest, int count) {
        for (int k = 0; k < count; k++) {
            rest[k] -= by * values[k];
        }
    }

    private double[] root() {
        if (root == null) {
            root = cholesky();
        }
        return root;
    }

    private double trace() {
        double trace = 0;
        for (int i = 0; i < dimensions; i++) {
            trace += products[at(i, i)];
        }
        return trace;
    }

    private double[] cholesky() {
        double diagonal = meanVariance() * (prior / (weight + prior) + floor);
        double[] lower = new double[products.length];
        for (int i = 0; i < dimensions; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = products[at(i, j)] / (weight + prior) + (i == j ? diagonal : 0);
                for (int k = 0; k < j; k++) {
                    sum -= lower[at(i, k)] * lower[at(j, k)];
                }
                lower[at(i, j)] = i == j ? Math.sqrt(sum) : sum / lower[at(j, j)];
            }
        }
        return lower;
    }

    private static int at(int row, int column) {
        return row * (row + 1) / 2 + column;
    }
}
