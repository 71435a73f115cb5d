package io.atalaya.anomaly.trajectory;

import java.util.Arrays;

/**
 * How near the nearest of other tracks are to one, in form and stretch by stretch. A track is x and
 * y of {@link TrackFeatures#POINTS} places with equal spacing along it.
 */
final class Nearest {
    /** Number of places in a stretch. */
    private static final int STRETCH = 4;

    private static final int STRETCHES = TrackFeatures.POINTS - STRETCH + 1;

    /** Minimum squared distance, because equal tracks have distance 0 without a logarithm. */
    private static final double MIN_SQUARE = 1e-8;

    private final float[] track;
    private final float[][] others;
    private final float[] form;
    private final float[][] stretches;

    /**
     * @param others as {@code [number][track]}, so that the processor works on several tracks at a
     *     time
     * @param count number of other tracks
     */
    Nearest(float[] track, float[][] others, int count) {
        this.track = track;
        this.others = others;
        form = new float[count];
        stretches = new float[STRETCHES][count];
        for (float[] stretch : stretches) {
            Arrays.fill(stretch, Float.POSITIVE_INFINITY);
        }
        float[][] latest = new float[STRETCH][count];
        for (int shift = 1 - STRETCHES; shift < STRETCHES; shift++) {
            compareStretches(shift, latest);
        }
        for (int i = 2; i < track.length; i++) {
            addStep(track[i] - track[i - 2], others[i], others[i - 2], form);
        }
    }

    /**
     * Compares all stretches with those of the others that begin so many places later.
     *
     * @param latest room for the squared distances of the latest places
     */
    private void compareStretches(int shift, float[][] latest) {
        int from = Math.max(0, -shift);
        int until = Math.min(TrackFeatures.POINTS, TrackFeatures.POINTS - shift);
        for (int i = from; i < until; i++) {
            float[] squares = latest[i % STRETCH];
            float[] x = others[2 * (i + shift)];
            float[] y = others[2 * (i + shift) + 1];
            square(track[2 * i], track[2 * i + 1], x, y, squares);
            if (i >= from + STRETCH - 1) {
                addStretch(latest, stretches[i - STRETCH + 1]);
            }
        }
    }

    private static void square(float x, float y, float[] xs, float[] ys, float[] squares) {
        for (int k = 0; k < squares.length; k++) {
            float dx = x - xs[k];
            float dy = y - ys[k];
            squares[k] = dx * dx + dy * dy;
        }
    }

    private static void addStretch(float[][] places, float[] least) {
        float[] a = places[0];
        float[] b = places[1];
        float[] c = places[2];
        float[] d = places[3];
        for (int k = 0; k < least.length; k++) {
            least[k] = Math.min(least[k], a[k] + b[k] + (c[k] + d[k]));
        }
    }

    private static void addStep(float step, float[] to, float[] from, float[] sums) {
        for (int k = 0; k < sums.length; k++) {
            float difference = step - (to[k] - from[k]);
            sums[k] += difference * difference;
        }
    }

    /**
     * Adds the logarithms of the distances to the values of the views; 0 without another track.
     *
     * @param own index of the track itself among the others; negative if it is not one of them
     */
    void addTo(double[] values, int own, double weight) {
        float farthest = 0;
        for (float[] stretch : stretches) {
            farthest = Math.max(farthest, least(stretch, own));
        }
        values[View.FORM.ordinal()] += weight * logDistance(least(form, own));
        values[View.STRETCH.ordinal()] += weight * logDistance(farthest);
    }

    private static float least(float[] squares, int own) {
        float least = Float.POSITIVE_INFINITY;
        for (int k = 0; k < squares.length; k++) {
            least = k == own ? least : Math.min(least, squares[k]);
        }
        return least;
    }

    private static double logDistance(float square) {
        return square == Float.POSITIVE_INFINITY ? 0 : Math.log(Math.max(square, MIN_SQUARE)) / 2;
    }
}
