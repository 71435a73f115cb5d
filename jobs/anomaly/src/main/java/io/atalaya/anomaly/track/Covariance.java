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

    /**
     * Cholesky's, lower triangle by rows, of its diagonal the reciprocals; null until it is asked
     * for.
     */
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
    float[] whiten(float[] vector) {
        double[] lower = root();
        float[] white = new float[dimensions];
        for (int i = 0, row = 0; i < dimensions; row += ++i) {
            double rest = vector[i];
            for (int j = 0; j < i; j++) {
                rest -= lower[row + j] * white[j];
            }
            white[i] = (float) (rest * lower[row + i]);
        }
        return white;
    }

    /**
     * The same for many vectors, which lie side by side by dimension: the processor then works on
     * several at a time.
     *
     * @param vectors {@code [dimension][vector]}
     * @param white of the same shape; written
     */
    void whiten(float[][] vectors, int count, float[][] white) {
        double[] lower = root();
        for (int i = 0, row = 0; i < dimensions; row += ++i) {
            float[] rest = white[i];
            System.arraycopy(vectors[i], 0, rest, 0, count);
            int j = 0;
            for (; j + 3 < i; j += 4) {
                subtractFour(lower, row + j, white, j, rest, count);
            }
            for (; j < i; j++) {
                subtract((float) lower[row + j], white[j], rest, count);
            }
            multiply(rest, (float) lower[row + i], count);
        }
    }

    /** Four multiples in one go, so that what is left is read and written once. */
    private static void subtractFour(
            double[] by, int at, float[][] values, int first, float[] rest, int count) {
        float by0 = (float) by[at];
        float by1 = (float) by[at + 1];
        float by2 = (float) by[at + 2];
        float by3 = (float) by[at + 3];
        float[] values0 = values[first];
        float[] values1 = values[first + 1];
        float[] values2 = values[first + 2];
        float[] values3 = values[first + 3];
        for (int k = 0; k < count; k++) {
            rest[k] -= by0 * values0[k] + by1 * values1[k] + (by2 * values2[k] + by3 * values3[k]);
        }
    }

    private static void subtract(float by, float[] values, float[] rest, int count) {
        for (int k = 0; k < count; k++) {
            rest[k] -= by * values[k];
        }
    }

    private static void multiply(float[] values, float by, int count) {
        for (int k = 0; k < count; k++) {
            values[k] *= by;
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
        double share = 1 / (weight + prior);
        double[] lower = new double[products.length];
        for (int i = 0, row = 0; i < dimensions; row += ++i) {
            for (int j = 0, other = 0; j <= i; other += ++j) {
                double sum = products[row + j] * share + (i == j ? diagonal : 0);
                for (int k = 0; k < j; k++) {
                    sum -= lower[row + k] * lower[other + k];
                }
                lower[row + j] = i == j ? 1 / Math.sqrt(sum) : sum * lower[other + j];
            }
        }
        return lower;
    }

    private static int at(int row, int column) {
        return row * (row + 1) / 2 + column;
    }
}
