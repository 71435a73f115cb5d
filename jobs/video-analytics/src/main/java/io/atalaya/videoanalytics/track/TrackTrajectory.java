package io.atalaya.videoanalytics.track;

import io.atalaya.anomaly.trajectory.Trajectory;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Trajectory of an object since its first detection, in bounded memory. One point is kept per
 * hundredth of the image travelled, so a stationary object adds none. If there are too many points,
 * the one is dropped without which the trajectory changes least in place and time. The measure is
 * the synchronised Euclidean distance, as in SQUISH: Muckell et al. 2011,
 * doi:10.1145/1999320.1999333.
 */
final class TrackTrajectory {
    /** Maximum number of points kept; the latest position comes in addition. */
    static final int POINTS = 32;

    /** Fraction of the image; a smaller step is jitter of the tracker. */
    private static final float STEP = 0.01f;

    /**
     * Positions are stored as multiples of 1/SCALE of the image, starting half an image outside.
     */
    private static final float SCALE = 32_767;

    private static final float OUTSIDE = 0.5f;

    /**
     * Time and position of each point: 32 bits of milliseconds, 16 bits per coordinate. The latest
     * position is stored separately, so that this array is not read while an object moves less than
     * a step.
     */
    private final long[] points = new long[POINTS];

    private int size;
    private float latestX;
    private float latestY;

    /** Resets the trajectory for a new track. */
    void begin() {
        size = 0;
    }

    /** See {@link Track#prefetch}. */
    int prefetch() {
        return size;
    }

    /**
     * Adds a detection.
     *
     * @param millis time since the first detection
     * @param seenX ground position, in fractions of the image
     * @param seenY the same
     */
    void update(int millis, float seenX, float seenY) {
        if (size > 0 && !isStep(seenX - latestX, seenY - latestY)) {
            return;
        }
        if (size == POINTS) {
            drop(minMissed());
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

    /** The inner point nearest to its interpolation from the two neighbours. */
    private int minMissed() {
        int least = 1;
        float minSquare = Float.MAX_VALUE;
        for (int i = 1; i < size - 1; i++) {
            float share = (float) (at(i) - at(i - 1)) / Math.max(1, at(i + 1) - at(i - 1));
            float dx = x(i) - x(i - 1) - share * (x(i + 1) - x(i - 1));
            float dy = y(i) - y(i - 1) - share * (y(i + 1) - y(i - 1));
            float square = dx * dx + dy * dy;
            if (square < minSquare) {
                minSquare = square;
                least = i;
            }
        }
        return least;
    }

    private void drop(int point) {
        System.arraycopy(points, point + 1, points, point, size - point - 1);
        size--;
    }

    /**
     * Drops the points so far, because they may belong to another object; the trajectory is then
     * not {@link #isWhole whole}.
     */
    void breakOff() {
        size = 0;
    }

    /** Whether it starts with the first detection. */
    boolean isWhole() {
        return size > 0 && at(0) == 0;
    }

    /** The larger side of the bounding box of its points, in fractions of the image. */
    double reach() {
        return Math.max(extent(16), extent(0)) / SCALE;
    }

    /** Length up to a last detection, in fractions of the image, without jitter. */
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
     * The trajectory up to a last detection, in seconds and fractions of the image.
     *
     * @param millis time of the last detection since the first
     */
    Trajectory until(int millis, float lastX, float lastY) {
        boolean more = size == 0 || millis > at(size - 1);
        int points = size + (more ? 1 : 0);
        double[] t = new double[points];
        double[] xs = new double[points];
        double[] ys = new double[points];
        for (int i = 0; i < size; i++) {
            t[i] = at(i) / 1000.0;
            xs[i] = place(x(i));
            ys[i] = place(y(i));
        }
        if (more) {
            t[size] = millis / 1000.0;
            xs[size] = place(kept(lastX));
            ys[size] = place(kept(lastY));
        }
        return new Trajectory(t, xs, ys);
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
