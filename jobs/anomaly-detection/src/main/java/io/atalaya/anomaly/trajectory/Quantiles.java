package io.atalaya.anomaly.trajectory;

/** Quantiles of sorted values, interpolated between the two nearest as in NumPy. */
final class Quantiles {
    private Quantiles() {}

    /**
     * @param sorted ascending, one or more values
     * @param share 0 to 1
     */
    static double of(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
