package io.atalaya.anomaly.trajectory;

/**
 * Transformation into the space in which a {@link Covariance} is the identity, by Cholesky
 * decomposition.
 *
 * @param dimensions of the vectors
 * @param lower its triangle by rows, with reciprocals on the diagonal
 */
record Whitening(int dimensions, double[] lower) {
    /** Transforms a vector. */
    float[] of(float[] vector) {
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
     * Transforms many vectors, stored by dimension so that the processor works on several at a
     * time.
     *
     * @param vectors {@code [dimension][vector]}
     * @param white output of the same shape
     */
    void of(float[][] vectors, int count, float[][] white) {
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

    /** Subtracts four multiples in one pass, so that the remainder is read and written once. */
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
}
