package io.atalaya.anomaly.track;

/**
 * What is far in this scene: the covariance of the steps from a track to its nearest ones. A
 * direction in which neighbours differ anyhow (a car enters the picture a little later) counts less
 * than one in which they do not.
 */
final class Metric {
    /** Of the mean variance, added to each: directions that a few tracks cannot tell. */
    private static final double SHRINKAGE = 0.05;

    /** A step of so many typical squared lengths counts half: it is not between neighbours. */
    private static final double FAR = 3;

    /** As if so many steps of equal variance had been seen. */
    private static final double PRIOR = 10;

    /** Tracks that are all equal have no steps. */
    private static final double SMALLEST = 1e-6;

    private final int dimensions;

    /** Lower triangle by rows: sums of products, weighted. */
    private final double[] products;

    private double weight;

    /** Inverse of the Cholesky factor, lower triangle by rows; null until it is asked for. */
    private double[] whitener;

    Metric(int dimensions) {
        this.dimensions = dimensions;
        this.products = new double[dimensions * (dimensions + 1) / 2];
    }

    double weight() {
        return weight;
    }

    double[] products() {
        return products.clone();
    }

    void restore(double formerWeight, double[] formerProducts) {
        weight = formerWeight;
        System.arraycopy(formerProducts, 0, products, 0, products.length);
        whitener = null;
    }

    /** Lets what was seen count less. */
    void fade(double factor) {
        weight *= factor;
        for (int i = 0; i < products.length; i++) {
            products[i] *= factor;
        }
        whitener = null;
    }

    /** Learns from the step between a track and a near one. */
    void learn(float[] from, float[] to) {
        double[] step = new double[dimensions];
        double squared = 0;
        for (int i = 0; i < dimensions; i++) {
            step[i] = (double) from[i] - to[i];
            squared += step[i] * step[i];
        }
        double typical = weight > 0 ? trace() / weight : squared;
        double counts = 1 / (1 + squared / (FAR * Math.max(typical, SMALLEST)));
        for (int i = 0, at = 0; i < dimensions; i++) {
            for (int j = 0; j <= i; j++, at++) {
                products[at] += counts * step[i] * step[j];
            }
        }
        weight += counts;
        whitener = null;
    }

    /** A vector in whose space distances are to be taken. */
    float[] whiten(float[] vector) {
        if (whitener == null) {
            whitener = inverse(cholesky());
        }
        float[] white = new float[dimensions];
        for (int i = 0, row = 0; i < dimensions; row += ++i) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += whitener[row + j] * vector[j];
            }
            white[i] = (float) sum;
        }
        return white;
    }

    /** Of a squared distance that goes in all directions as the scene's steps do. */
    double scale() {
        return 1 / (mean() * (1 + SHRINKAGE));
    }

    /** Variance of a direction. */
    private double mean() {
        return weight > 0 ? Math.max(trace() / weight / dimensions, SMALLEST) : 1;
    }

    private double trace() {
        double trace = 0;
        for (int i = 0; i < dimensions; i++) {
            trace += products[at(i, i)];
        }
        return trace;
    }

    private double[] cholesky() {
        double diagonal = mean() * (PRIOR / (weight + PRIOR) + SHRINKAGE);
        double[] lower = new double[products.length];
        for (int i = 0; i < dimensions; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = products[at(i, j)] / (weight + PRIOR) + (i == j ? diagonal : 0);
                for (int k = 0; k < j; k++) {
                    sum -= lower[at(i, k)] * lower[at(j, k)];
                }
                lower[at(i, j)] = i == j ? Math.sqrt(sum) : sum / lower[at(j, j)];
            }
        }
        return lower;
    }

    private double[] inverse(double[] lower) {
        double[] inverse = new double[lower.length];
        for (int j = 0; j < dimensions; j++) {
            inverse[at(j, j)] = 1 / lower[at(j, j)];
            for (int i = j + 1; i < dimensions; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum += lower[at(i, k)] * inverse[at(k, j)];
                }
                inverse[at(i, j)] = -sum / lower[at(i, i)];
            }
        }
        return inverse;
    }

    private static int at(int row, int column) {
        return row * (row + 1) / 2 + column;
    }
}
