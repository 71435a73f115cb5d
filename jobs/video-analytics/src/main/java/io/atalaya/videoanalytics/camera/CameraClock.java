package io.atalaya.videoanalytics.camera;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Device time and observed time of one camera. It decides which frames are new and how much time
 * was really observed. Observed time stops during gaps and repeated frames, so that no dwell, loss
 * or quiet timer runs while the camera shows nothing new.
 */
final class CameraClock {
    /** A device time further ahead of arrival time is wrong. */
    private static final long AHEAD_MILLIS = 5_000;

    private static final long MAX_STEP_MS = 1_500;

    /**
     * Networks reorder frames within one or two seconds; a larger step back is a clock that jumped.
     */
    private static final long REORDER_MILLIS = 5_000;

    /**
     * If an old device time arrives this much later, the camera's clock is stuck, because no
     * network delays a frame for so long.
     */
    private static final long STILL_MILLIS = 10_000;

    /**
     * After this many frames with an old but advancing time, the clock was set back; a network does
     * not reorder so many.
     */
    private static final int SET_BACK_AFTER = 10;

    private long deviceTime = -1;

    /** Arrival time of the last new frame, epoch ms; 0 if unknown. */
    private long arrivalTime;

    private long live;
    private long step;
    private int behind;
    private long behindTime;
    private boolean hasJumped;

    /**
     * Effective device time of a frame: its own, or the arrival time if its own is too far ahead.
     */
    static long timeOf(long frameTime, long arrival) {
        return frameTime > arrival + AHEAD_MILLIS ? arrival : frameTime;
    }

    /** Whether a frame is newer than all before it, or the first after the clock was set back. */
    boolean isNew(long frameTime) {
        hasJumped = false;
        if (deviceTime < 0 || frameTime > deviceTime) {
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
                hasJumped = true;
                return true;
            }
        }
        return false;
    }

    /** Whether a frame lies further back than networks reorder. */
    boolean isBackwards(long frameTime) {
        return deviceTime >= 0 && frameTime < deviceTime - REORDER_MILLIS;
    }

    /** Whether a frame repeats an old device time too late to be a second delivery. */
    boolean isStill(long frameTime, long arrived) {
        return frameTime <= deviceTime && sinceNew(arrived) > STILL_MILLIS;
    }

    /** Time since the last new frame arrived, ms; 0 if it is unknown. */
    long sinceNew(long arrived) {
        return arrivalTime > 0 ? arrived - arrivalTime : 0;
    }

    /** Advances to a new frame; observed time advances only if the frame is not a repetition. */
    void advance(long frameTime, long arrived, boolean isLive) {
        step = 0;
        if (isLive) {
            step = deviceTime < 0 || hasJumped ? 0 : Math.min(frameTime - deviceTime, MAX_STEP_MS);
            live += step;
        }
        deviceTime = frameTime;
        arrivalTime = arrived;
    }

    /** Time from the last frame to this one, ms; 0 for the first. */
    long gap(long frameTime) {
        return deviceTime < 0 ? 0 : frameTime - deviceTime;
    }

    boolean hasJumped() {
        return hasJumped;
    }

    long live() {
        return live;
    }

    long step() {
        return step;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(deviceTime);
        out.writeLong(live);
        out.writeInt(behind);
        out.writeLong(behindTime);
        out.writeLong(arrivalTime);
    }

    static CameraClock read(DataInput in) throws IOException {
        CameraClock clock = new CameraClock();
        clock.deviceTime = in.readLong();
        clock.live = in.readLong();
        clock.behind = in.readInt();
        clock.behindTime = in.readLong();
        clock.arrivalTime = in.readLong();
        return clock;
    }
}
