package io.atalaya.anomaly.trajectory;

/**
 * Trajectory of one object: positions and times. The arrays are not copied and must not be changed.
 *
 * @param t seconds, or any other unit of time; never decreasing
 * @param x ground position, in the unit of the {@link SceneFrame}
 * @param y the same; it may point up or down
 */
public record Trajectory(double[] t, double[] x, double[] y) {
    /** Maximum of times and positions, so that differences and squares stay finite. */
    public static final double MAX = 1e100;

    /**
     * @throws IllegalArgumentException if there are no points, the lengths differ, a number is not
     *     within ±{@link #MAX}, or time decreases
     */
    public Trajectory {
        if (t.length == 0) {
            throw new IllegalArgumentException("points: got none, expected one or more");
        }
        if (x.length != t.length || y.length != t.length) {
            throw new IllegalArgumentException(
                    "x and y: got %d and %d values, expected %d as in t"
                            .formatted(x.length, y.length, t.length));
        }
        for (int i = 0; i < t.length; i++) {
            if (!isBounded(t[i]) || !isBounded(x[i]) || !isBounded(y[i])) {
                throw new IllegalArgumentException(
                        "point %d: got t %s, x %s, y %s, expected numbers within ±%s"
                                .formatted(i, t[i], x[i], y[i], MAX));
            }
            if (i > 0 && t[i] < t[i - 1]) {
                throw new IllegalArgumentException(
                        "point %d: got t %s after %s, expected it not to fall"
                                .formatted(i, t[i], t[i - 1]));
            }
        }
    }

    private static boolean isBounded(double value) {
        return Math.abs(value) <= MAX;
    }

    /** Number of points. */
    public int size() {
        return t.length;
    }
}
