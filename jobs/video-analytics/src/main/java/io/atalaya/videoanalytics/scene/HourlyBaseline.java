package io.atalaya.videoanalytics.scene;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Typical level of a number per hour of the day, such as the number of standing people. An hour
 * with too few samples uses the mean of all hours.
 */
public final class HourlyBaseline {
    private static final int HOURS = 24;
    private static final int ALL = HOURS;
    private static final long HOUR_MILLIS = 3_600_000;

    /** Samples that an hour remembers: at one per minute, 10 days. */
    private static final float MEMORY = 600;

    /** With fewer samples an hour uses all hours together. */
    private static final float ENOUGH = 30;

    private final float[] count = new float[HOURS + 1];
    private final float[] mean = new float[HOURS + 1];
    private final float[] variance = new float[HOURS + 1];

    /** Adds one sample. */
    public void learn(long time, float value) {
        learnAt(hour(time), value);
        learnAt(ALL, value);
    }

    private void learnAt(int i, float value) {
        count[i] = Math.min(count[i] + 1, MEMORY);
        float off = value - mean[i];
        mean[i] += off / count[i];
        variance[i] += (off * (value - mean[i]) - variance[i]) / count[i];
    }

    /** The typical level at this time. */
    public float mean(long time) {
        return mean[from(time)];
    }

    /**
     * Mean plus 4 standard deviations; exceeded about once in 30,000 samples of a normal
     * distribution.
     */
    public float high(long time) {
        int i = from(time);
        return mean[i] + 4 * (float) Math.sqrt(variance[i]);
    }

    private int from(long time) {
        int hour = hour(time);
        return count[hour] >= ENOUGH ? hour : ALL;
    }

    private static int hour(long time) {
        return (int) (time / HOUR_MILLIS % HOURS);
    }

    public void write(DataOutput out) throws IOException {
        for (int i = 0; i <= HOURS; i++) {
            out.writeFloat(count[i]);
            out.writeFloat(mean[i]);
            out.writeFloat(variance[i]);
        }
    }

    public static HourlyBaseline read(DataInput in) throws IOException {
        HourlyBaseline level = new HourlyBaseline();
        for (int i = 0; i <= HOURS; i++) {
            level.count[i] = in.readFloat();
            level.mean[i] = in.readFloat();
            level.variance[i] = in.readFloat();
        }
        return level;
    }
}
