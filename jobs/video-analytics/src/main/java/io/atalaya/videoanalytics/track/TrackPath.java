package io.atalaya.videoanalytics.track;

import io.atalaya.anomaly.track.Trajectory;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The way of a thing from its first sighting on, in bounded memory. A point is kept for each
 * hundredth of the picture that it has gone, so what stands costs nothing; when there are too many,
 * the one goes without which the way changes least in place and time (synchronised Euclidean
 * distance, as in SQUISH: Muckell et al. 2011, doi:10.1145/1999320.1999333).
 */
final class TrackPath {
    /** Points that are kept; the latest place comes on top. */
    static final int POINTS = 32;

    /** Of the picture: less is no movement but the tracker's trembling. */
    private static final float STEP = 0.01f;

    /** Places are kept as fractions of this, from half a picture outside on. */
    private static final float SCALE = 32_767;

    private static final float OUTSIDE = 0.5f;

    private final int[] at = new int[POINTS];
    private final char[] x = new char[POINTS];
    private final char[] y = new char[POINTS];
    private int size;

    /** Nothing was seen yet. */
    void begin() {
        size = 0;
    }

    /** As of {@link Track#prefetch}. */
    int prefetch() {
        int newest = Math.max(0, size - 1);
        return at[newest] + x[newest] + y[newest];
    }

    /**
     * It was seen.
     *
     * @param millis since the first sighting
     * @param seenX of the point that stands on the ground, in fractions of the picture
     * @param seenY the same
     */
    void see(int millis, float seenX, float seenY) {
        if (size > 0 && !isStepFrom(size - 1, seenX, seenY)) {
            return;
        }
        if (size == POINTS) {
            drop(leastMissed());
        }
        at[size] = millis;
        x[size] = kept(seenX);
        y[size] = kept(seenY);
        size++;
    }

    private boolean isStepFrom(int point, float seenX, float seenY) {
        float dx = seenX - place(x[point]);
        float dy = seenY - place(y[point]);
        return dx * dx + dy * dy >= STEP * STEP;
    }

    private static char kept(float place) {
        return (char) Math.max(0, Math.min(0xffff, Math.round((place + OUTSIDE) * SCALE)));
    }

    private static float place(char kept) {
        return kept / SCALE - OUTSIDE;
    }

    /** The point, neither first nor last, that lies nearest to where the others say it was. */
    private int leastMissed() {
        int least = 1;
        float leastSquare = Float.MAX_VALUE;
        for (int i = 1; i < size - 1; i++) {
            float share = (float) (at[i] - at[i - 1]) / Math.max(1, at[i + 1] - at[i - 1]);
            float dx = x[i] - x[i - 1] - share * (x[i + 1] - x[i - 1]);
            float dy = y[i] - y[i - 1] - share * (y[i + 1] - y[i - 1]);
            float square = dx * dx + dy * dy;
            if (square < leastSquare) {
                leastSquare = square;
                least = i;
            }
        }
        return least;
    }

    private void drop(int point) {
        int behind = size - point - 1;
        System.arraycopy(at, point + 1, at, point, behind);
        System.arraycopy(x, point + 1, x, point, behind);
        System.arraycopy(y, point + 1, y, point, behind);
        size--;
    }

    /** What was seen so far may have been another thing: its way is not {@link #isWhole whole}. */
    void breakOff() {
        size = 0;
    }

    /** Whether it begins with the first sighting: states of old had no ways. */
    boolean isWhole() {
        return size > 0 && at[0] == 0;
    }

    /** The larger side of what holds all its points, in fractions of the picture. */
    double reach() {
        return Math.max(extent(x), extent(y)) / SCALE;
    }

    /**
     * How far it went up to a last sighting, in fractions of the picture; its trembling is left
     * out.
     */
    double length(float lastX, float lastY) {
        double length = 0;
        for (int i = 1; i < size; i++) {
            length += Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]) / SCALE;
        }
        return size == 0
                ? 0
                : length + Math.hypot(lastX - place(x[size - 1]), lastY - place(y[size - 1]));
    }

    private int extent(char[] places) {
        int least = Character.MAX_VALUE;
        int most = 0;
        for (int i = 0; i < size; i++) {
            least = Math.min(least, places[i]);
            most = Math.max(most, places[i]);
        }
        return Math.max(0, most - least);
    }

    /**
     * The way up to a last sighting, in seconds and fractions of the picture.
     *
     * @param millis of the last sighting, since the first
     */
    Trajectory until(int millis, float lastX, float lastY) {
        boolean more = size == 0 || millis > at[size - 1];
        int points = size + (more ? 1 : 0);
        double[] t = new double[points];
        double[] wayX = new double[points];
        double[] wayY = new double[points];
        for (int i = 0; i < size; i++) {
            t[i] = at[i] / 1000.0;
            wayX[i] = place(x[i]);
            wayY[i] = place(y[i]);
        }
        if (more) {
            t[size] = millis / 1000.0;
            wayX[size] = place(kept(lastX));
            wayY[size] = place(kept(lastY));
        }
        return new Trajectory(t, wayX, wayY);
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(size);
        for (int i = 0; i < size; i++) {
            out.writeInt(at[i]);
            out.writeChar(x[i]);
            out.writeChar(y[i]);
        }
    }

    void read(DataInput in) throws IOException {
        size = in.readByte();
        for (int i = 0; i < size; i++) {
            at[i] = in.readInt();
            x[i] = in.readChar();
            y[i] = in.readChar();
        }
    }
}
