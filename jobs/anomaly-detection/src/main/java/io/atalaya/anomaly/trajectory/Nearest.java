package io.atalaya.anomaly.trajectory;

import java.util.Arrays;

/**
 * How near the nearest of other tracks are to one, in form and stretch by stretch. A track is x and
 * y of {@link TrackFeatures#POINTS} places with equal spacing along it.
 *
 * <p>Only the stretch that is farthest from the others counts. So the one that seems farthest is
 * searched first, and the search for another ends as soon as that is nearer. All distances are
 * squared.
 */
final class Nearest {
    /** Number of places in a stretch. */
    private static final int STRETCH = 4;

    private static final int STRETCHES = TrackFeatures.POINTS - STRETCH + 1;

    /** Number of places by which stretches that are as far along differ at most. */
    private static final int NEAR = 1;

    /** Minimum squared distance, because equal tracks have distance 0 without a logarithm. */
    private static final double MIN_SQUARE = 1e-8;

    private final float[] track;
    private final float[][] others;
    private final int count;
    private final int own;

    /** For each other track, of what is compared. */
    private final float[] distances;

    /** For each of a stretch's places and each other track. */
    private final float[][] squares;

    /**
     * @param others as {@code [number][track]}, so that the processor works on several tracks at a
     *     time
     * @param count number of other tracks
     * @param own index of the track itself among the others; negative if it is not one of them
     */
    Nearest(float[] track, float[][] others, int count, int own) {
        this.track = track;
        this.others = others;
        this.count = count;
        this.own = own;
        distances = new float[count];
        squares = new float[STRETCH][count];
    }

    /** Adds the logarithms of the distances to the values of the views; 0 without another track. */
    void addTo(double[] values, double weight) {
        values[View.FORM.ordinal()] += weight * logDistance(form());
        values[View.STRETCH.ordinal()] += weight * logDistance(farthestStretch());
    }

    private static double logDistance(float square) {
        return square == Float.POSITIVE_INFINITY ? 0 : Math.log(Math.max(square, MIN_SQUARE)) / 2;
    }

    private float form() {
        Arrays.fill(distances, 0);
        for (int i = 2; i < track.length; i++) {
            addStep(track[i] - track[i - 2], others[i], others[i - 2], distances);
        }
        return least();
    }

    private float farthestStretch() {
        float[] limits = limits();
        float farthest = 0;
        for (int next = highest(limits); limits[next] > farthest; next = highest(limits)) {
            farthest = Math.max(farthest, nearest(next, farthest));
            limits[next] = 0;
        }
        return farthest;
    }

    private static int highest(float[] values) {
        int index = 0;
        for (int i = 1; i < values.length; i++) {
            index = values[i] > values[index] ? i : index;
        }
        return index;
    }

    /**
     * Upper limits of the stretches' distances: those from the track that is nearest as a whole.
     */
    private float[] limits() {
        float[] limits = new float[STRETCHES];
        Arrays.fill(limits, Float.POSITIVE_INFINITY);
        int nearest = nearestAsAWhole();
        for (int stretch = 0; nearest >= 0 && stretch < STRETCHES; stretch++) {
            for (int at = Math.max(0, stretch - NEAR);
                    at <= stretch + NEAR && at < STRETCHES;
                    at++) {
                limits[stretch] = Math.min(limits[stretch], distance(stretch, at, nearest));
            }
        }
        return limits;
    }

    /** Index of another track; negative without one. */
    private int nearestAsAWhole() {
        Arrays.fill(distances, 0);
        for (int i = 0; i < track.length; i++) {
            addSquares(track[i], others[i], distances);
        }
        float least = least();
        for (int k = 0; k < count; k++) {
            if (distances[k] == least && k != own) {
                return k;
            }
        }
        return -1;
    }

    /** Distance of a stretch from the one of another track that begins at this place. */
    private float distance(int stretch, int at, int other) {
        float[] places = new float[STRETCH];
        for (int place = stretch; place < stretch + STRETCH; place++) {
            int x = 2 * (place + at - stretch);
            float dx = track[2 * place] - others[x][other];
            float dy = track[2 * place + 1] - others[x + 1][other];
            places[place % STRETCH] = dx * dx + dy * dy;
        }
        return places[0] + places[1] + (places[2] + places[3]);
    }

    /**
     * Distance of a stretch from the nearest of all others. That mostly is one as far along, so of
     * the rest only tracks that come nearer where the stretch begins are looked at.
     *
     * @param enough a distance that is not above this need not be the least
     */
    private float nearest(int stretch, float enough) {
        Arrays.fill(distances, Float.POSITIVE_INFINITY);
        compare(stretch, stretch);
        float nearest = least();
        if (nearest > enough) {
            compare(stretch, stretch - NEAR);
            compare(stretch, stretch + NEAR);
            nearest = least();
        }
        return nearest > enough ? nearestOfAll(stretch, nearest) : nearest;
    }

    /**
     * @param along distance of the nearest that is as far along
     */
    private float nearestOfAll(int stretch, float along) {
        float[] begin = squares[0];
        Arrays.fill(distances, Float.POSITIVE_INFINITY);
        for (int at = 0; at < STRETCHES; at++) {
            if (Math.abs(at - stretch) > NEAR) {
                Arrays.fill(begin, 0);
                addSquares(track[2 * stretch], others[2 * at], begin);
                addSquares(track[2 * stretch + 1], others[2 * at + 1], begin);
                lower(distances, begin);
            }
        }
        float nearest = along;
        for (int k = 0; k < count; k++) {
            if (distances[k] < nearest && k != own) {
                for (int at = 0; at < STRETCHES; at++) {
                    nearest = Math.min(nearest, distance(stretch, at, k));
                }
            }
        }
        return nearest;
    }

    /** Compares a stretch with those of the others that begin at this place, if there are any. */
    private void compare(int stretch, int at) {
        if (at < 0 || at >= STRETCHES) {
            return;
        }
        for (int place = stretch; place < stretch + STRETCH; place++) {
            int x = 2 * (place + at - stretch);
            float[] sums = squares[place % STRETCH];
            Arrays.fill(sums, 0);
            addSquares(track[2 * place], others[x], sums);
            addSquares(track[2 * place + 1], others[x + 1], sums);
        }
        addStretch(squares, distances);
    }

    /** One coordinate at a time: of two Java's compiler makes no vector instructions. */
    private static void addSquares(float value, float[] values, float[] sums) {
        for (int k = 0; k < sums.length; k++) {
            float difference = value - values[k];
            sums[k] += difference * difference;
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

    private static void lower(float[] least, float[] values) {
        for (int k = 0; k < least.length; k++) {
            least[k] = Math.min(least[k], values[k]);
        }
    }

    private static void addStep(float step, float[] to, float[] from, float[] sums) {
        for (int k = 0; k < sums.length; k++) {
            float difference = step - (to[k] - from[k]);
            sums[k] += difference * difference;
        }
    }

    private float least() {
        if (own >= 0) {
            distances[own] = Float.POSITIVE_INFINITY;
        }
        float least = Float.POSITIVE_INFINITY;
        for (float distance : distances) {
            least = Math.min(least, distance);
        }
        return least;
    }
}
