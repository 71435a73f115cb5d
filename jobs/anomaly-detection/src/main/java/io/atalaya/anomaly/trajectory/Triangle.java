package io.atalaya.anomaly.trajectory;

/**
 * Cholesky decomposition of a {@link Covariance}.
 *
 * @param lower the triangle by rows, with reciprocals on the diagonal
 */
record Triangle(double[] lower) {
    /** Multiplies a vector by the inverse of the covariance, in place. */
    void divide(double[] vector) {
        for (int i = 0, row = 0; i < vector.length; row += ++i) {
            for (int j = 0; j < i; j++) {
                vector[i] -= lower[row + j] * vector[j];
            }
            vector[i] *= lower[row + i];
        }
        for (int i = vector.length - 1; i >= 0; i--) {
            int row = i * (i + 1) / 2;
            vector[i] *= lower[row + i];
            for (int j = 0; j < i; j++) {
                vector[j] -= lower[row + j] * vector[i];
            }
        }
    }

    /** The same for many vectors, as {@code [number][vector]}. */
    void divide(double[][] vectors) {
        for (int i = 0, row = 0; i < vectors.length; row += ++i) {
            for (int j = 0; j < i; j++) {
                subtract(lower[row + j], vectors[j], vectors[i]);
            }
            multiply(lower[row + i], vectors[i]);
        }
        for (int i = vectors.length - 1; i >= 0; i--) {
            int row = i * (i + 1) / 2;
            multiply(lower[row + i], vectors[i]);
            for (int j = 0; j < i; j++) {
                subtract(lower[row + j], vectors[i], vectors[j]);
            }
        }
    }

    private static void subtract(double factor, double[] values, double[] from) {
        for (int k = 0; k < from.length; k++) {
            from[k] -= factor * values[k];
        }
    }

    private static void multiply(double factor, double[] values) {
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
    }
}
