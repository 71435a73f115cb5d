package io.atalaya.anomaly.trajectory;

/** Quantiles of sorted values, between the two nearest ones, as NumPy has them. */
final class Quantiles {
    private Quantiles() {}

    /**
     * @param sorted rising, one or more
     * @param share 0 to 1
     */
    static double of(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
