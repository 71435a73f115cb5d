package io.atalaya.anomaly.track;

import java.util.Arrays;

/**
 * The nearest prototypes that together weigh as much as wanted.
 *
 * @param index of each
 * @param share of each in that weight; together 1
 * @param logDistance half the logarithm of the mean squared distance, weighted by the shares
 */
record Neighbours(int[] index, double[] share, double logDistance) {
    /** Tracks that are equal have no distance, which has no logarithm. */
    private static final double SMALLEST = 1e-8;

    static final int NOBODY = -1;

    /**
     * @param squares squared distance to each prototype; used up
     * @param own the prototype that holds the track itself, and so weighs one less; or {@link
     *     #NOBODY}
     * @return null if nothing weighs anything
     */
    static Neighbours of(double[] squares, double[] weights, int own, double wanted) {
        int[] index = new int[squares.length];
        double[] share = new double[squares.length];
        int found = 0;
        double weight = 0;
        double sum = 0;
        for (int i = 0; i < squares.length && weight < wanted; i++) {
            int near = least(squares);
            double weighs = Math.min(weights[near] - (near == own ? 1 : 0), wanted - weight);
            if (weighs > 0) {
                index[found] = near;
                share[found] = weighs;
                found++;
                weight += weighs;
                sum += weighs * squares[near];
            }
            squares[near] = Double.POSITIVE_INFINITY;
        }
        if (found == 0) {
            return null;
        }
        for (int i = 0; i < found; i++) {
            share[i] /= weight;
        }
        return new Neighbours(
                Arrays.copyOf(index, found),
                Arrays.copyOf(share, found),
                Math.log(Math.max(sum / weight, SMALLEST)) / 2);
    }

    private static int least(double[] values) {
        int least = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[least]) {
                least = i;
            }
        }
        return least;
    }
}
