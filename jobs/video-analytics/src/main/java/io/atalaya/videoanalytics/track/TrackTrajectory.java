package io.atalaya.videoanalytics.track;

import io.atalaya.anomaly.trajectory.Trajectory;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The way of a thing from its first sighting on, in bounded memory. A point is kept for each
 * hundredth of the picture that it has gone, so what stands costs nothing; when there are too many,
 * the one goes without which the way changes least in place and time (synchronised Euclidean
 * distance, as in SQUISH: Muckell et al. 2011, doi:10.1145/1999320.1999333).
 */
final class TrackTrajectory {
    /** Points that are kept; the latest place comes on top. */
    static final int POINTS = 32;

    /** Of the picture: less is no movement but the tracker's trembling. */
    private static final float STEP = 0.01f;

    /** Places are kept as fractions of this, from half a picture outside on. */
    private static final float SCALE = 32_767;

    private static final float OUTSIDE = 0.5f;

    /**
     * Time and place of each: 32 bits of milliseconds, 16 of either coordinate. In one array, and
     * the latest place beside it: while a thing goes on, nothing of it has to be read.
     */
    private final long[] points = new long[POINTS];

    private int size;
    private float latestX;
    private float latestY;

    /** Nothing was seen yet. */
    void begin() {
        size = 0;
    }

    /** As of {@link Track#prefetch}. */
    int prefetch() {
        return size;
    }

    /**
     * It was seen.
     *
     * @param millis since the first sighting
     * @param seenX of the point that stands on the ground, in fractions of the picture
     * @param seenY the same
     */
    void see(int millis, float seenX, float seenY) {
        if (size > 0 && !isStep(seenX - latestX, seenY - latestY)) {
            return;
        }
        if (size == POINTS) {
            drop(leastMissed());
        }
        add(millis, kept(seenX), kept(seenY));
    }

    private static boolean isStep(float dx, float dy) {
        return dx * dx + dy * dy >= STEP * STEP;
    }

    private void add(int millis, char keptX, char keptY) {
        points[size++] = (long) millis << 32 | (long) keptX << 16 | keptY;
        latestX = place(keptX);
        latestY = place(keptY);
    }

    private int at(int point) {
        return (int) (points[point] >> 32);
    }

    private char x(int point) {
        return (char) (points[point] >> 16);
    }

    private char y(int point) {
        return (char) points[point];
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
            float share = (float) (at(i) - at(i - 1)) / Math.max(1, at(i + 1) - at(i - 1));
            float dx = x(i) - x(i - 1) - share * (x(i + 1) - x(i - 1));
            float dy = y(i) - y(i - 1) - share * (y(i + 1) - y(i - 1));
            float square = dx * dx + dy * dy;
            if (square < leastSquare) {
                leastSquare = square;
                least = i;
            }
        }
        return least;
    }

    private void drop(int point) {
        System.arraycopy(points, point + 1, points, point, size - point - 1);
        size--;
    }

    /** What was seen so far may have been another thing: its way is not {@link #isWhole whole}. */
    void breakOff() {
        size = 0;
    }

    /** Whether it begins with the first sighting. */
    boolean isWhole() {
        return size > 0 && at(0) == 0;
    }

    /** The larger side of what holds all its points, in fractions of the picture. */
    double reach() {
        return Math.max(extent(16), extent(0)) / SCALE;
    }

    /**
     * How far it went up to a last sighting, in fractions of the picture; its trembling is left
     * out.
     */
    double length(float lastX, float lastY) {
        double length = 0;
        for (int i = 1; i < size; i++) {
            length += Math.hypot(x(i) - x(i - 1), y(i) - y(i - 1)) / SCALE;
        }
        return size == 0 ? 0 : length + Math.hypot(lastX - latestX, lastY - latestY);
    }

    private int extent(int shift) {
        int least = Character.MAX_VALUE;
        int most = 0;
        for (int i = 0; i < size; i++) {
            int place = (char) (points[i] >> shift);
            least = Math.min(least, place);
            most = Math.max(most, place);
        }
        return Math.max(0, most - least);
    }

    /**
     * The way up to a last sighting, in seconds and fractions of the picture.
     *
     * @param millis of the last sighting, since the first
     */
    Trajectory until(int millis, float lastX, float lastY) {
        boolean more = size == 0 || millis > at(size - 1);
        int points = size + (more ? 1 : 0);
        double[] t = new double[points];
        double[] wayX = new double[points];
        double[] wayY = new double[points];
        for (int i = 0; i < size; i++) {
            t[i] = at(i) / 1000.0;
            wayX[i] = place(x(i));
            wayY[i] = place(y(i));
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
            out.writeInt(at(i));
            out.writeChar(x(i));
            out.writeChar(y(i));
        }
    }

    void read(DataInput in) throws IOException {
        size = 0;
        for (int n = in.readByte(); n > 0; n--) {
            add(in.readInt(), in.readChar(), in.readChar());
        }
    }
}
