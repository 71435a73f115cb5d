package io.atalaya.videoanalytics.scene;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Typical durations as a decaying histogram; each bin is 25 % longer than the one before. */
public final class DurationHistogram {
    private static final int BINS = 32;
    private static final double STEP = Math.log(1.25);
    private static final double FIRST_MILLIS = 2_000;
    private static final float MEMORY = 500;

    private final float[] counts = new float[BINS];
    private float total;

    /** Adds one duration in ms. */
    public void learn(float millis, float weight) {
        float keep = 1 - weight / MEMORY;
        for (int i = 0; i < BINS; i++) {
            counts[i] *= keep;
        }
        counts[bin(millis)] += weight;
        total = total * keep + weight;
    }

    private static int bin(float millis) {
        double steps = Math.log(Math.max(millis, 1) / FIRST_MILLIS) / STEP;
        return Math.max(0, Math.min(BINS - 1, (int) Math.floor(steps) + 1));
    }

    /** Decayed number of durations. */
    public float count() {
        return total;
    }

    /**
     * The duration that at most this share of all durations exceeds, in ms, rounded up to a bin.
     */
    public float exceededBy(float share) {
        float above = 0;
        for (int i = BINS - 1; i >= 0; i--) {
            above += counts[i];
            if (above > share * total) {
                return (float) (FIRST_MILLIS * Math.exp(i * STEP));
            }
        }
        return 0;
    }

    public void write(DataOutput out) throws IOException {
        out.writeFloat(total);
        for (float count : counts) {
            out.writeFloat(count);
        }
    }

    public static DurationHistogram read(DataInput in) throws IOException {
        DurationHistogram durationHistogram = new DurationHistogram();
        durationHistogram.total = in.readFloat();
        for (int i = 0; i < BINS; i++) {
            durationHistogram.counts[i] = in.readFloat();
        }
        return durationHistogram;
    }
}
