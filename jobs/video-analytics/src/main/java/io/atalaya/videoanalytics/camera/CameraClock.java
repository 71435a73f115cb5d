package io.atalaya.videoanalytics.camera;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One camera's time: which frames are new, and how much of it was really seen. The live clock
 * stands still in gaps and while frames repeat, so that nothing counts as standing, lost or quiet
 * for as long as nobody could know.
 */
final class CameraClock {
    /** Ahead of arrival by more than this, a camera's clock is wrong. */
    private static final long AHEAD_MILLIS = 5_000;

    private static final long LONGEST_STEP = 1_500;

    /** Links reorder within a second or two; what lies farther back is a clock that jumped. */
    private static final long REORDER_MILLIS = 5_000;

    /** No link holds frames back for so long that the same time comes again so much later. */
    private static final long STILL_MILLIS = 10_000;

    /** So many frames from a past that goes on, whichever the link reorders: it was set back. */
    private static final int SET_BACK_AFTER = 10;

    private long time = -1;

    /** When the last new frame arrived; 0: not known. */
    private long arrival;

    private long live;
    private long step;
    private int behind;
    private long behindTime;
    private boolean jumped;

    /** The time that counts for a frame. */
    static long timeOf(long frameTime, long arrival) {
        return frameTime > arrival + AHEAD_MILLIS ? arrival : frameTime;
    }

    /** Whether a frame is newer than all before it, and so is to be looked at. */
    boolean isNew(long frameTime) {
        jumped = false;
        if (time < 0 || frameTime > time) {
            behind = 0;
            return true;
        }
        if (isBackwards(frameTime)) {
            if (behind == 0 || frameTime < behindTime - REORDER_MILLIS) {
                behind = 1;
                behindTime = frameTime;
            } else if (frameTime > behindTime) {
                behind++;
                behindTime = frameTime;
            }
            if (behind >= SET_BACK_AFTER) {
                behind = 0;
                jumped = true;
                return true;
            }
        }
        return false;
    }

    /** Whether a frame lies farther back than links reorder. */
    boolean isBackwards(long frameTime) {
        return time >= 0 && frameTime < time - REORDER_MILLIS;
    }

    /** Whether a frame is of a time that was over long before it came: no second delivery. */
    boolean isStill(long frameTime, long arrived) {
        return frameTime <= time && arrival > 0 && arrived > arrival + STILL_MILLIS;
    }

    /** Goes on to a new frame; the live clock too, unless it only repeats the last one. */
    void advance(long frameTime, long arrived, boolean isLive) {
        step = 0;
        if (isLive) {
            step = time < 0 || jumped ? 0 : Math.min(frameTime - time, LONGEST_STEP);
            live += step;
        }
        time = frameTime;
        arrival = arrived;
    }

    /** How far a frame is ahead of the last one; 0 for the first. */
    long gap(long frameTime) {
        return time < 0 ? 0 : frameTime - time;
    }

    boolean hasJumped() {
        return jumped;
    }

    long live() {
        return live;
    }

    long step() {
        return step;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(time);
        out.writeLong(live);
        out.writeInt(behind);
        out.writeLong(behindTime);
        out.writeLong(arrival);
    }

    static CameraClock read(DataInput in) throws IOException {
        CameraClock clock = new CameraClock();
        clock.time = in.readLong();
        clock.live = in.readLong();
        clock.behind = in.readInt();
        clock.behindTime = in.readLong();
        clock.arrival = in.readLong();
        return clock;
    }
}
