package io.atalaya.videoanalytics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where a thing stands and since when. A box that jumps for a moment has not left. Lengths are in
 * picture heights; live times are the camera's clock without the gaps in which nothing was seen.
 */
final class StationaryState {
    /** How long a thing must be away from where it stood before it has left: boxes jump. */
    private static final int LEFT_AFTER_MILLIS = 900;

    private static final int MEAN_OVER_MILLIS = 60_000;

    /** What looks so many times as large, or as small, has come nearer, or gone away. */
    private static final float DEPTH_STEP = (float) Math.exp(0.3);

    private static final long HERE = -1;

    private float x;
    private float y;
    private float size;
    private float fromX;
    private float fromY;
    private long since;
    private long sinceLive;

    /** Since when it has been elsewhere, or {@link #HERE}. */
    private long awayLive = HERE;

    private long finished;
    private float finishedX;
    private float finishedY;

    /** Nothing was seen yet. */
    void begin() {
        standHere(0, 0, 0, 0, 0);
        finished = 0;
        finishedX = 0;
        finishedY = 0;
    }

    /** It stands there from now on. */
    void standHere(float atX, float atY, float ofSize, long time, long live) {
        x = atX;
        y = atY;
        fromX = atX;
        fromY = atY;
        size = ofSize;
        since = time;
        sinceLive = live;
        awayLive = HERE;
    }

    /**
     * The thing was seen again.
     *
     * @param reach within which it has not left, in sizes of its own
     * @param seenBefore the live clock at the sighting before
     */
    void see(
            float atX,
            float atY,
            float ofSize,
            float reach,
            long time,
            long live,
            long seenBefore) {
        finished = 0;
        if (isHere(atX - x, atY - y, ofSize, reach * Math.max(ofSize, size))) {
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
            standHere(atX, atY, ofSize, time, live);
        }
    }

    private boolean isHere(float dx, float dy, float ofSize, float within) {
        return dx * dx + dy * dy < within * within
                && ofSize < DEPTH_STEP * size
                && size < DEPTH_STEP * ofSize;
    }

    /** As of {@link Track#prefetch}. */
    int prefetch() {
        return (int) sinceLive + (int) fromX;
    }

    /** How long it has lasted at a sighting, on the live clock, ms. */
    long standing(long live) {
        return awayLive == HERE ? live - sinceLive : 0;
    }

    /** Since when, event time. */
    long since() {
        return since;
    }

    /** The middle of where it is. */
    float x() {
        return x;
    }

    float y() {
        return y;
    }

    /** Where it began. */
    float fromX() {
        return fromX;
    }

    float fromY() {
        return fromY;
    }

    /** How long the stay lasted that the latest sighting ended, ms; mostly 0. */
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
        out.writeLong(since);
        out.writeLong(sinceLive);
        out.writeLong(awayLive);
    }

    void read(DataInput in) throws IOException {
        x = in.readFloat();
        y = in.readFloat();
        size = in.readFloat();
        fromX = in.readFloat();
        fromY = in.readFloat();
        since = in.readLong();
        sinceLive = in.readLong();
        awayLive = in.readLong();
    }
}
