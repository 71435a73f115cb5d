package io.atalaya.anomaly.trajectory;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The nearest prototypes that together have the wanted weight.
 *
 * @param index of each prototype
 * @param share of each in that weight; together 1
 * @param logDistance half the logarithm of the mean squared distance, weighted by the shares
 */
record Neighbours(int[] index, double[] share, double logDistance) {
    /** Minimum squared distance, because equal tracks have distance 0 without a logarithm. */
    private static final double MIN_SQUARE = 1e-8;

    /**
     * Share of the neighbours' typical distance that is subtracted, because sparse lanes are wider.
     */
    private static final double LOCALITY = 0.5;

    static final int NONE = -1;

    /**
     * @param squares squared distance to each prototype
     * @param own index of the prototype that contains the track itself and so weighs one less, or
     *     {@link #NONE}
     * @return null if no prototype has weight
     */
    static Neighbours of(float[] squares, double[] weights, int own, double wanted) {
        int[] index = new int[squares.length];
        double[] share = new double[squares.length];
        int found = 0;
        double weight = 0;
        double farthest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < squares.length; i++) {
            if (weight >= wanted && squares[i] >= farthest) {
                continue;
            }
            double weighs = weights[i] - (i == own ? 1 : 0);
            if (weighs <= 0) {
                continue;
            }
            int at = found++;
            for (; at > 0 && squares[index[at - 1]] > squares[i]; at--) {
                index[at] = index[at - 1];
                share[at] = share[at - 1];
            }
            index[at] = i;
            share[at] = weighs;
            weight += weighs;
            // Drops the farthest ones that are not needed for the wanted weight.
            while (weight - share[found - 1] >= wanted) {
                weight -= share[--found];
            }
            farthest = squares[index[found - 1]];
        }
        if (found == 0) {
            return null;
        }
        if (weight > wanted) {
            share[found - 1] -= weight - wanted;
            weight = wanted;
        }
        double sum = 0;
        for (int i = 0; i < found; i++) {
            sum += share[i] * squares[index[i]];
            share[i] /= weight;
        }
        return new Neighbours(
                Arrays.copyOf(index, found),
                Arrays.copyOf(share, found),
                Math.log(Math.max(sum / weight, MIN_SQUARE)) / 2);
    }

    /**
     * How much farther they are than is typical around them.
     *
     * @param reach distance of each from its own neighbours, as {@link #logDistance}
     */
    double beyondTypical(IntToDoubleFunction reach) {
        double typical = 0;
        for (int i = 0; i < index.length; i++) {
            typical += share[i] * reach.applyAsDouble(index[i]);
        }
        return logDistance - LOCALITY * typical;
    }
}
