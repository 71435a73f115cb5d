package io.atalaya.videoanalytics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * State of the detectors for one track. It is kept with the track, so that it is dropped with it.
 */
public final class TrackDetectorState {
    /** The cell in which the track was last counted; -1 before the first. */
    public int cell = -1;

    /** The two previous cells; -1 if there are none. */
    private int cellBefore = -1;

    private int cellBeforeThat = -1;

    /** Position when its cells were last counted, in fractions of the image. */
    public float pathX;

    public float pathY;

    /** Cells in which its direction could be compared with the typical one. */
    public int scoredCells;

    /** Sum over these cells of the logs of how much traffic had its direction. */
    public float supportLog;

    /** Direction in its cell: with the traffic (1), against it (-1), or unknown (0). */
    public int direction;

    /** Time against the traffic and with it, ms. */
    public long wrongMillis;

    public long rightMillis;

    /** Log of the probability that a typical vehicle has this direction in these cells. */
    public float wrongLogChance;

    /** Device time when it first moved against the traffic under this id, epoch ms; 0 if never. */
    public long wrongSince;

    /** Position at that time, in image heights. */
    public float wrongX;

    public float wrongY;

    /** Whether it was already counted by the scene change detection. */
    public boolean isFitCounted;

    /** Cells in which its speed could be compared. */
    public int speedCells;

    /** Sum of the logs of its speed over the typical one. */
    public float speedLogRatio;

    /** The latest log of its speed over the typical one; 0 before the first. */
    public float speedLogRatioNow;

    /** Whether {@link #speedLogRatioNow} is from the latest frame. */
    public boolean isSpeedCurrent;

    /** Variance of {@link #speedLogRatio} under typical traffic. */
    public float speedVariance;

    /** Time that it has crawled, ms of observed time. */
    public long crawling;

    /** Time without a person near it, ms of observed time. */
    public long unattended;

    /** Bit set of the zones that it is in. */
    public int zones;

    /** Bit set of the lines that it has crossed. */
    public int linesCrossed;

    /** Observed time since which it is in any zone. */
    public long inZoneSince;

    /** Unknown value of {@link #lineX}; no box lies so far outside. */
    private static final float NOWHERE = -1;

    /** Position in the previous frame, in fractions of the image; {@link #NOWHERE} if unknown. */
    public float lineX = NOWHERE;

    public float lineY;

    /** Whether it is part of an open alert, so that its stay is not learned as typical. */
    public boolean isInOpenAlert;

    /** Whether it was part of an emitted episode. */
    public boolean isInEmittedEpisode;

    /** Whether it is a fixed part of the scene, as a building is. */
    public boolean isPartOfScene;

    /** Resets the state for a new track. */
    void begin() {
        restartTrajectory();
        dropWrongWay();
        pathX = 0;
        pathY = 0;
        wrongX = 0;
        wrongY = 0;
        isFitCounted = false;
        speedLogRatioNow = 0;
        isSpeedCurrent = false;
        crawling = 0;
        unattended = 0;
        clearZones();
        inZoneSince = 0;
        isInOpenAlert = false;
        isInEmittedEpisode = false;
        isPartOfScene = false;
    }

    /** Records the cell in which the track was counted. */
    public void enter(int next) {
        cellBeforeThat = cellBefore;
        cellBefore = cell;
        cell = next;
    }

    /**
     * Number of its last three cells that touch a cell, because what the track itself left there is
     * no evidence about it.
     */
    public int ownAround(int other, int columns) {
        return touches(cell, other, columns)
                + touches(cellBefore, other, columns)
                + touches(cellBeforeThat, other, columns);
    }

    private static int touches(int own, int other, int columns) {
        return own >= 0
                        && Math.abs(own / columns - other / columns) <= 1
                        && Math.abs(own % columns - other % columns) <= 1
                ? 1
                : 0;
    }

    /** Resets the zone state after the zones have changed. */
    public void clearZones() {
        zones = 0;
        linesCrossed = 0;
        lineX = NOWHERE;
        lineY = 0;
    }

    /** Whether the position in the previous frame is known. */
    public boolean isLineKnown() {
        return lineX > NOWHERE;
    }

    /**
     * Resets the direction and speed comparison, because after an id change it may be another
     * object. That one of the two went the wrong way, and not mostly with the traffic, counts if
     * the other one does, too.
     */
    void restartTrajectory() {
        if (wrongMillis < rightMillis) {
            wrongMillis = 0;
            wrongLogChance = 0;
        }
        cell = -1;
        cellBefore = -1;
        cellBeforeThat = -1;
        scoredCells = 0;
        supportLog = 0;
        direction = 0;
        rightMillis = 0;
        wrongSince = 0;
        speedCells = 0;
        speedLogRatio = 0;
        speedVariance = 0;
    }

    /** Drops the evidence that it goes the wrong way; what speaks against it is kept. */
    public void dropWrongWay() {
        direction = 0;
        wrongMillis = 0;
        wrongLogChance = 0;
        wrongSince = 0;
    }

    /**
     * Takes over what is known of a stay, except that it is in an open alert: the detector finds
     * the alert by its place and adds the track to it.
     */
    void takeOverStay(TrackDetectorState left) {
        unattended = left.unattended;
        isInEmittedEpisode |= left.isInOpenAlert;
        isPartOfScene = left.isPartOfScene;
        left.unattended = 0;
        left.isInOpenAlert = false;
        left.isPartOfScene = false;
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(cell);
        out.writeShort(cellBefore);
        out.writeShort(cellBeforeThat);
        out.writeFloat(pathX);
        out.writeFloat(pathY);
        out.writeShort(scoredCells);
        out.writeFloat(supportLog);
        out.writeByte(direction);
        out.writeLong(wrongMillis);
        out.writeLong(rightMillis);
        out.writeFloat(wrongLogChance);
        out.writeLong(wrongSince);
        out.writeFloat(wrongX);
        out.writeFloat(wrongY);
        out.writeBoolean(isFitCounted);
        out.writeShort(speedCells);
        out.writeFloat(speedLogRatio);
        out.writeFloat(speedLogRatioNow);
        out.writeFloat(speedVariance);
        out.writeLong(crawling);
        out.writeLong(unattended);
        out.writeInt(zones);
        out.writeInt(linesCrossed);
        out.writeLong(inZoneSince);
        out.writeFloat(lineX);
        out.writeFloat(lineY);
        out.writeBoolean(isInOpenAlert);
        out.writeBoolean(isPartOfScene);
        out.writeBoolean(isInEmittedEpisode);
    }

    void read(DataInput in) throws IOException {
        cell = in.readShort();
        cellBefore = in.readShort();
        cellBeforeThat = in.readShort();
        pathX = in.readFloat();
        pathY = in.readFloat();
        scoredCells = in.readShort();
        supportLog = in.readFloat();
        direction = in.readByte();
        wrongMillis = in.readLong();
        rightMillis = in.readLong();
        wrongLogChance = in.readFloat();
        wrongSince = in.readLong();
        wrongX = in.readFloat();
        wrongY = in.readFloat();
        isFitCounted = in.readBoolean();
        speedCells = in.readShort();
        speedLogRatio = in.readFloat();
        speedLogRatioNow = in.readFloat();
        speedVariance = in.readFloat();
        crawling = in.readLong();
        unattended = in.readLong();
        zones = in.readInt();
        linesCrossed = in.readInt();
        inZoneSince = in.readLong();
        lineX = in.readFloat();
        lineY = in.readFloat();
        isInOpenAlert = in.readBoolean();
        isPartOfScene = in.readBoolean();
        isInEmittedEpisode = in.readBoolean();
    }
}
