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
}
