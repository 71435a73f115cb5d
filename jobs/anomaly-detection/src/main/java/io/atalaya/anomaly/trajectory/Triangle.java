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
        int n = vectors.length;
        for (int i = 0, row = 0; i < n; row += ++i) {
            int j = 0;
            for (; j + 3 < i; j += 4) {
                subtract(
                        lower[row + j],
                        vectors[j],
                        lower[row + j + 1],
                        vectors[j + 1],
                        lower[row + j + 2],
                        vectors[j + 2],
                        lower[row + j + 3],
                        vectors[j + 3],
                        vectors[i]);
            }
            for (; j < i; j++) {
                subtract(lower[row + j], vectors[j], vectors[i]);
            }
            multiply(lower[row + i], vectors[i]);
        }
        for (int i = n - 1; i >= 0; i--) {
            int j = n - 1;
            for (; j - 3 > i; j -= 4) {
                subtract(
                        lower[at(j, i)],
                        vectors[j],
                        lower[at(j - 1, i)],
                        vectors[j - 1],
                        lower[at(j - 2, i)],
                        vectors[j - 2],
                        lower[at(j - 3, i)],
                        vectors[j - 3],
                        vectors[i]);
            }
            for (; j > i; j--) {
                subtract(lower[at(j, i)], vectors[j], vectors[i]);
            }
            multiply(lower[at(i, i)], vectors[i]);
        }
    }

    /** Index of a place in rows that are one longer each. */
    static int at(int row, int column) {
        return row * (row + 1) / 2 + column;
    }

    private static void subtract(double factor, double[] values, double[] from) {
        for (int k = 0; k < from.length; k++) {
            from[k] -= factor * values[k];
        }
    }

    /** Four in one pass, because reading and writing costs more than multiplying. */
    private static void subtract(
            double a,
            double[] as,
            double b,
            double[] bs,
            double c,
            double[] cs,
            double d,
            double[] ds,
            double[] from) {
        for (int k = 0; k < from.length; k++) {
            from[k] = from[k] - a * as[k] - b * bs[k] - c * cs[k] - d * ds[k];
        }
    }

    private static void multiply(double factor, double[] values) {
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
    }
}
