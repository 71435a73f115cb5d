package io.atalaya.anomaly.trajectory;

import java.util.Arrays;

/**
 * Input of the network for a track: its positions at {@value #POINTS} times with equal spacing, and
 * at as many points with equal spacing along its path. Only the first show a stop, and only the
 * second show a shape independent of speed. Equal to {@code models/trajectory/features.py}.
 */
public final class TrackFeatures {
    static final int POINTS = 16;

    /** Numbers of the places along a path. */
    static final int ALONG = 2 * POINTS;

    /** Numbers in total: x and y of each point, alternating. */
    public static final int WIDTH = 4 * POINTS;

    /** Fraction of half the scene; a smaller step is jitter of the tracker. */
    static final double STEP = 0.02;

    private TrackFeatures() {}

    /**
     * @return {@value #WIDTH} numbers, about -1..1
     */
    public static float[] of(Trajectory track, SceneFrame frame) {
        int n = track.size();
        double[] x = new double[n];
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = frame.x(track.x()[i]);
            y[i] = frame.y(track.y()[i]);
        }
        float[] features = new float[WIDTH];
        resample(track.t(), x, y, n, features, 0);
        double[] arc = new double[n];
        int kept = withoutTrembling(x, y, arc);
        resample(arc, x, y, kept, features, ALONG);
        return features;
    }

    /**
     * The places along a path, which show its shape at any speed.
     *
     * @param features of {@link #of}
     */
    static float[] along(float[] features) {
        return Arrays.copyOfRange(features, WIDTH - ALONG, WIDTH);
    }

    /**
     * Moves the kept points to the front; the first and the last are always kept.
     *
     * @param arc filled with the path length up to each kept point
     * @return number of kept points
     */
    private static int withoutTrembling(double[] x, double[] y, double[] arc) {
        int last = 0;
        for (int i = 1; i < x.length; i++) {
            double step = Math.hypot(x[i] - x[last], y[i] - y[last]);
            if (step >= STEP || i == x.length - 1) {
                arc[last + 1] = arc[last] + step;
                last++;
                x[last] = x[i];
                y[last] = y[i];
            }
        }
        return last + 1;
    }

    /** Interpolates linearly at equal distances of {@code at}. */
    private static void resample(
            double[] at, double[] x, double[] y, int n, float[] into, int offset) {
        double first = at[0];
        double length = at[n - 1] - first;
        int left = 0;
        for (int k = 0; k < POINTS; k++) {
            double wanted = k == POINTS - 1 ? at[n - 1] : first + length * k / (POINTS - 1);
            while (left < n - 2 && at[left + 1] <= wanted) {
                left++;
            }
            int right = Math.min(left + 1, n - 1);
            double gap = at[right] - at[left];
            double share = gap > 0 ? Math.min(1, (wanted - at[left]) / gap) : 1;
            into[offset + 2 * k] = (float) (x[left] + share * (x[right] - x[left]));
            into[offset + 2 * k + 1] = (float) (y[left] + share * (y[right] - y[left]));
        }
    }
}
