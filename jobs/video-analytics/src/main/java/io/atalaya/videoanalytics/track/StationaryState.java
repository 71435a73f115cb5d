package io.atalaya.videoanalytics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where an object is stationary and since when. A box that jumps for a moment has not left. Lengths
 * are in image heights; {@code live} is observed time in ms.
 */
final class StationaryState {
    /** An object has left its place after this time away from it, because boxes jump. */
    private static final int LEFT_AFTER_MILLIS = 900;

    private static final int MEAN_OVER_MILLIS = 60_000;

    /** An object whose size changes by this factor has moved towards or away from the camera. */
    private static final float DEPTH_STEP = (float) Math.exp(0.3);

    private static final long HERE = -1;

    private float x;
    private float y;
    private float size;
    private float fromX;
    private float fromY;
    private long startedAt;
    private long sinceLive;

    /** Observed time since which the object is elsewhere, or {@link #HERE}. */
    private long awayLive = HERE;

    private long finished;
    private float finishedX;
    private float finishedY;
    private long finishedSinceLive;
    private long finishedStartedAt;

    /** Resets the state for a new track. */
    void begin() {
        standHere(0, 0, 0, 0, 0);
        finished = 0;
        finishedX = 0;
        finishedY = 0;
        finishedSinceLive = 0;
        finishedStartedAt = 0;
    }

    /** Starts a stay at this place. */
    void standHere(float atX, float atY, float ofSize, long time, long live) {
        x = atX;
        y = atY;
        fromX = atX;
        fromY = atY;
        size = ofSize;
        startedAt = time;
        sinceLive = live;
        awayLive = HERE;
    }

    /**
     * Updates the state with a detection.
     *
     * @param reach radius within which the object has not left, in its own sizes
     * @param unrest by how far the view sways, in image heights
     * @param seenBefore observed time of the previous detection
     */
    void update(
            float atX,
            float atY,
            float ofSize,
            float reach,
            float unrest,
            long time,
            long live,
            long seenBefore) {
        finished = 0;
        if (isHere(atX - x, atY - y, ofSize, unrest + reach * Math.max(ofSize, size))) {
            awayLive = HERE;
            float share =
                    Math.max(1f, live - seenBefore)
                            / Math.max(1f, Math.min(live - sinceLive, MEAN_OVER_MILLIS));
            share = Math.min(share, 0.5f);
            x += share * (atX - x);
            y += share * (atY - y);
            size += share * (ofSize - size);
        } else if (awayLive == HERE) {
            awayLive = live;
        } else if (live - awayLive >= LEFT_AFTER_MILLIS) {
            finished = awayLive - sinceLive;
            finishedX = x;
            finishedY = y;
            finishedSinceLive = sinceLive;
            finishedStartedAt = startedAt;
            standHere(atX, atY, ofSize, time, live);
        }
    }

    private boolean isHere(float dx, float dy, float ofSize, float within) {
        return dx * dx + dy * dy < within * within
                && ofSize < DEPTH_STEP * size
                && size < DEPTH_STEP * ofSize;
    }

    /** Whether an object of this size at this place would not have left the stay just finished. */
    boolean isWhere(StationaryState left, float reach, float unrest) {
        float dx = x - left.finishedX;
        float dy = y - left.finishedY;
        float within = unrest + reach * size;
        return dx * dx + dy * dy < within * within;
    }

    /** Continues the stay that another object seems to have finished, because it was this one. */
    void takeOver(StationaryState left) {
        sinceLive = left.finishedSinceLive;
        startedAt = left.finishedStartedAt;
        x = left.finishedX;
        y = left.finishedY;
        fromX = left.finishedX;
        fromY = left.finishedY;
        left.finished = 0;
    }

    /** See {@link Track#prefetch}. */
    int prefetch() {
        return (int) sinceLive + (int) fromX;
    }

    /** Duration of the current stay, ms of observed time; 0 while the object is elsewhere. */
    long stationaryMillis(long live) {
        return awayLive == HERE ? live - sinceLive : 0;
    }

    /** Device time of its start, epoch ms. */
    long startedAt() {
        return startedAt;
    }

    /** Mean position of the stay. */
    float x() {
        return x;
    }

    float y() {
        return y;
    }

    /** Position at its start. */
    float fromX() {
        return fromX;
    }

    float fromY() {
        return fromY;
    }

    /** Duration of the stay that the latest detection ended, ms of observed time; otherwise 0. */
    long finished() {
        return finished;
    }

    float finishedX() {
        return finishedX;
    }

    float finishedY() {
        return finishedY;
    }

    void write(DataOutput out) throws IOException {
        out.writeFloat(x);
        out.writeFloat(y);
        out.writeFloat(size);
        out.writeFloat(fromX);
        out.writeFloat(fromY);
        out.writeLong(startedAt);
        out.writeLong(sinceLive);
        out.writeLong(awayLive);
    }

    void read(DataInput in) throws IOException {
        x = in.readFloat();
        y = in.readFloat();
        size = in.readFloat();
        fromX = in.readFloat();
        fromY = in.readFloat();
        startedAt = in.readLong();
        sinceLive = in.readLong();
        awayLive = in.readLong();
    }
}
