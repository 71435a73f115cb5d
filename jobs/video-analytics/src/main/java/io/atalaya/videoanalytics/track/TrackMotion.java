package io.atalaya.videoanalytics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How fast a thing goes, and where to: measured over the shortest way that is long against the
 * jitter of boxes, so that bends show. Lengths are in picture heights.
 */
final class TrackMotion {
    private static final int SAMPLES = 8;
    private static final int SAMPLE = 3;
    private static final int SAMPLE_EVERY_MILLIS = 280;
    private static final int LEAST_MILLIS = 350;
    private static final int MOST_MILLIS = 2_600;

    /** Where it was lately: time, x and y of each sample, side by side. */
    private final int[] way = new int[SAMPLES * SAMPLE];

    private int samples;
    private int newest = SAMPLES - 1;

    private boolean moving;
    private float velocityX;
    private float velocityY;
    private long millis;

    /** Nothing was seen yet. */
    void begin() {
        Arrays.fill(way, 0);
        samples = 0;
        newest = SAMPLES - 1;
        moving = false;
        velocityX = 0;
        velocityY = 0;
        millis = 0;
    }

    /** Where it was before proves nothing any more. */
    void breakOff() {
        samples = 0;
    }

    /** It was seen there, of that size. */
    void see(long time, float x, float y, float size) {
        if (samples == 0 || since(newest, time) >= SAMPLE_EVERY_MILLIS) {
            newest = (newest + 1) % SAMPLES;
            sample(newest, time, x, y);
            samples = Math.min(samples + 1, SAMPLES);
        }
        measure(time, x, y, size);
    }

    private void sample(int i, long at, float atX, float atY) {
        way[i * SAMPLE] = (int) at;
        way[i * SAMPLE + 1] = Float.floatToRawIntBits(atX);
        way[i * SAMPLE + 2] = Float.floatToRawIntBits(atY);
    }

    /** From a sample to a time within some weeks of it, ms: the low bits are enough. */
    private int since(int i, long time) {
        return (int) time - way[i * SAMPLE];
    }

    private float sampleX(int i) {
        return Float.intBitsToFloat(way[i * SAMPLE + 1]);
    }

    private float sampleY(int i) {
        return Float.intBitsToFloat(way[i * SAMPLE + 2]);
    }

    private void measure(long time, float x, float y, float size) {
        moving = false;
        millis = 0;
        for (int back = 0; back < samples; back++) {
            int i = (newest - back + SAMPLES) % SAMPLES;
            int dt = since(i, time);
            if (dt < LEAST_MILLIS) {
                continue;
            }
            if (dt > MOST_MILLIS && millis > 0) {
                break;
            }
            float dx = x - sampleX(i);
            float dy = y - sampleY(i);
            millis = dt;
            velocityX = dx * 1000 / dt;
            velocityY = dy * 1000 / dt;
            if (dx * dx + dy * dy > size * size) {
                moving = true;
                break;
            }
        }
    }

    /** As of {@link Track#prefetch}. */
    int prefetch() {
        return way[0] + way[SAMPLES * SAMPLE - 1];
    }

    /** Whether it has gone more than its own size within the last moments. */
    boolean moving() {
        return moving;
    }

    /** Picture heights a second; meaningful if {@link #millis} is not 0. */
    float velocityX() {
        return velocityX;
    }

    float velocityY() {
        return velocityY;
    }

    /** Over how long the velocity was measured; 0: it is not known yet. */
    long millis() {
        return millis;
    }

    /**
     * @param time of the last sighting
     */
    void write(long time, DataOutput out) throws IOException {
        out.writeByte(samples);
        for (int back = samples - 1; back >= 0; back--) {
            int i = (newest - back + SAMPLES) % SAMPLES;
            out.writeInt(since(i, time));
            out.writeFloat(sampleX(i));
            out.writeFloat(sampleY(i));
        }
        out.writeBoolean(moving);
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
        moving = in.readBoolean();
        velocityX = in.readFloat();
        velocityY = in.readFloat();
        millis = in.readLong();
    }
}
