package io.atalaya.videoanalytics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Velocity of an object, measured over the shortest distance that is long compared with box jitter,
 * so that turns are followed. Lengths are in image heights.
 */
final class TrackMotion {
    private static final int SAMPLES = 8;
    private static final int SAMPLE = 3;
    private static final int SAMPLE_EVERY_MILLIS = 280;
    private static final int MIN_MILLIS = 350;
    private static final int MAX_MILLIS = 2_600;

    /** Recent positions: time, x and y of each sample, side by side. */
    private final int[] ring = new int[SAMPLES * SAMPLE];

    private int samples;
    private int newest = SAMPLES - 1;

    private boolean isMoving;
    private float velocityX;
    private float velocityY;
    private long millis;

    /** Resets the motion for a new track. */
    void begin() {
        Arrays.fill(ring, 0);
        samples = 0;
        newest = SAMPLES - 1;
        isMoving = false;
        velocityX = 0;
        velocityY = 0;
        millis = 0;
    }

    /** Drops earlier positions, because they may belong to another object. */
    void breakOff() {
        samples = 0;
    }

    /**
     * Adds a detection with its position.
     *
     * @param jitter distance below which it may not have moved
     */
    void update(long time, float x, float y, float jitter) {
        if (samples == 0 || since(newest, time) >= SAMPLE_EVERY_MILLIS) {
            newest = (newest + 1) % SAMPLES;
            sample(newest, time, x, y);
            samples = Math.min(samples + 1, SAMPLES);
        }
        measure(time, x, y, jitter);
    }

    private void sample(int i, long at, float atX, float atY) {
        ring[i * SAMPLE] = (int) at;
        ring[i * SAMPLE + 1] = Float.floatToRawIntBits(atX);
        ring[i * SAMPLE + 2] = Float.floatToRawIntBits(atY);
    }

    /** Time from a sample to a time within some weeks of it, ms; the low 32 bits suffice. */
    private int since(int i, long time) {
        return (int) time - ring[i * SAMPLE];
    }

    private float sampleX(int i) {
        return Float.intBitsToFloat(ring[i * SAMPLE + 1]);
    }

    private float sampleY(int i) {
        return Float.intBitsToFloat(ring[i * SAMPLE + 2]);
    }

    private void measure(long time, float x, float y, float jitter) {
        isMoving = false;
        millis = 0;
        for (int back = 0; back < samples; back++) {
            int i = (newest - back + SAMPLES) % SAMPLES;
            int dt = since(i, time);
            if (dt < MIN_MILLIS) {
                continue;
            }
            if (dt > MAX_MILLIS && millis > 0) {
                break;
            }
            float dx = x - sampleX(i);
            float dy = y - sampleY(i);
            millis = dt;
            velocityX = dx * 1000 / dt;
            velocityY = dy * 1000 / dt;
            if (dx * dx + dy * dy > jitter * jitter) {
                isMoving = true;
                break;
            }
        }
    }

    /** See {@link Track#prefetch}. */
    int prefetch() {
        return ring[0] + ring[SAMPLES * SAMPLE - 1];
    }

    /** Whether it has moved by more than its own size recently. */
    boolean isMoving() {
        return isMoving;
    }

    /** Image heights per second; valid if {@link #millis} is not 0. */
    float velocityX() {
        return velocityX;
    }

    float velocityY() {
        return velocityY;
    }

    /** Duration over which the velocity was measured, ms; 0 if the velocity is unknown. */
    long millis() {
        return millis;
    }

    /**
     * @param time device time of the latest detection
     */
    void write(long time, DataOutput out) throws IOException {
        out.writeByte(samples);
        for (int back = samples - 1; back >= 0; back--) {
            int i = (newest - back + SAMPLES) % SAMPLES;
            out.writeInt(since(i, time));
            out.writeFloat(sampleX(i));
            out.writeFloat(sampleY(i));
        }
        out.writeBoolean(isMoving);
        out.writeFloat(velocityX);
        out.writeFloat(velocityY);
        out.writeLong(millis);
    }

    void read(long time, DataInput in) throws IOException {
        samples = in.readByte();
        for (int i = 0; i < samples; i++) {
            sample(i, time - in.readInt(), in.readFloat(), in.readFloat());
        }
        newest = (samples - 1 + SAMPLES) % SAMPLES;
        isMoving = in.readBoolean();
        velocityX = in.readFloat();
        velocityY = in.readFloat();
        millis = in.readLong();
    }
}
