package io.atalaya.anomaly.trajectory;

/**
 * Squared distances from one vector to many, stored as {@code [dimension][place]} so that the
 * processor computes several at a time.
 */
final class Squares {
    private Squares() {}

    /** Distances from a vector to the first {@code count} ones. */
    static float[] of(float[] at, float[][] places, int count) {
        float[] squares = new float[count];
        int k = 0;
        for (; k + 3 < at.length; k += 4) {
            addFour(at, places, k, squares);
        }
        for (; k < at.length; k++) {
            add(at[k], places[k], squares);
        }
        return squares;
    }

    /**
     * Index of the smallest value, the first of equal ones; {@link Neighbours#NONE} if there are no
     * values.
     */
    static int least(float[] squares) {
        int least = Neighbours.NONE;
        for (int i = 0; i < squares.length; i++) {
            if (least == Neighbours.NONE || squares[i] < squares[least]) {
                least = i;
            }
        }
        return least;
    }

    /** Adds four dimensions in one pass, so that the sums are read and written once. */
    private static void addFour(float[] at, float[][] places, int k, float[] squares) {
        float at0 = at[k];
        float at1 = at[k + 1];
        float at2 = at[k + 2];
        float at3 = at[k + 3];
        float[] places0 = places[k];
        float[] places1 = places[k + 1];
        float[] places2 = places[k + 2];
        float[] places3 = places[k + 3];
        for (int i = 0; i < squares.length; i++) {
            float d0 = at0 - places0[i];
            float d1 = at1 - places1[i];
            float d2 = at2 - places2[i];
            float d3 = at3 - places3[i];
            squares[i] += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3);
        }
    }

    private static void add(float at, float[] places, float[] squares) {
        for (int i = 0; i < squares.length; i++) {
            float difference = at - places[i];
            squares[i] += difference * difference;
        }
    }
}
