package io.atalaya.videoanalytics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What watchers of a track remember about it from frame to frame. Kept with the track, so that it
 * is dropped with it.
 */
public final class TrackDetectorState {
    /** The cell in which the track was counted last; -1: in none yet. */
    public int cell = -1;

    /** The two cells before; -1: none. */
    private int cellBefore = -1;

    private int cellBeforeThat = -1;

    /** Where it was when its cells were counted last, in fractions of the picture. */
    public float pathX;

    public float pathY;

    /** Cells in which its way could be compared with the usual one. */
    public int judgedCells;

    /** Sum, over them, of the logs of how many went its way there. */
    public float supportLog;

    /** In its cell it goes with the others (1), against them (-1), or nobody knows (0). */
    public int way;

    /** For how long it has gone against the others, and with them, ms. */
    public long wrongMillis;

    public long rightMillis;

    /** Log of the chance that a usual vehicle would go this way through those cells. */
    public float wrongLogChance;

    /** When it first went against the others, event time; 0: never. */
    public long wrongSince;

    /** Where that was, in picture heights. */
    public float wrongX;

    public float wrongY;

    /** Whether it has had its say on whether the picture still fits. */
    public boolean fitCounted;

    /** Cells in which its speed could be compared. */
    public int speedCells;

    /** Sum of the logs of its speed over the usual one. */
    public float speedLogRatio;

    /** The latest log of its speed over the usual one; 0 before the first. */
    public float speedLogRatioNow;

    /** Whether {@link #speedLogRatioNow} is of the latest frame. */
    public boolean speedCompared;

    /** Variance of {@link #speedLogRatio} under usual traffic. */
    public float speedVariance;

    /** On the live clock: how long it has crawled, ms. */
    public long crawling;

    /** On the live clock: how long nobody was with it, ms. */
    public long unattended;

    /** Bits of the zones that it is in. */
    public int zones;

    /** Bits of the lines that it has crossed. */
    public int linesCrossed;

    /** On the live clock: since when it is in any zone. */
    public long inZoneSince;

    /** Of {@link #lineX}: no box is so far outside. */
    private static final float NOWHERE = -1;

    /** Where it was at the last frame, in fractions of the picture; {@link #NOWHERE}: not known. */
    public float lineX = NOWHERE;

    public float lineY;

    /** Whether it stands under an alert, so that its stay is not learned as usual. */
    public boolean alerted;

    /** Whether people were told of it, by itself or with others. */
    public boolean emitted;

    /** Whether it stands there as houses do. */
    public boolean ofScene;

    /** Nothing is known of the thing yet. */
    void begin() {
        restartWay();
        pathX = 0;
        pathY = 0;
        wrongX = 0;
        wrongY = 0;
        fitCounted = false;
        speedLogRatioNow = 0;
        speedCompared = false;
        crawling = 0;
        unattended = 0;
        forgetZones();
        inZoneSince = 0;
        alerted = false;
        emitted = false;
        ofScene = false;
    }

    /** It was counted in a cell. */
    public void enter(int next) {
        cellBeforeThat = cellBefore;
        cellBefore = cell;
        cell = next;
    }

    /** How many of its own last cells touch a cell: what it left there proves nothing for it. */
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

    /** Zones are drawn anew. */
    public void forgetZones() {
        zones = 0;
        linesCrossed = 0;
        lineX = NOWHERE;
        lineY = 0;
    }

    /** Whether it is known where it was at the last frame. */
    public boolean isLineKnown() {
        return lineX > NOWHERE;
    }

    /** It may be another thing after all: what is said of its way must hold for one id. */
    void restartWay() {
        cell = -1;
        cellBefore = -1;
        cellBeforeThat = -1;
        judgedCells = 0;
        supportLog = 0;
        way = 0;
        wrongMillis = 0;
        rightMillis = 0;
        wrongLogChance = 0;
        wrongSince = 0;
        speedCells = 0;
        speedLogRatio = 0;
        speedVariance = 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(cell);
        out.writeShort(cellBefore);
        out.writeShort(cellBeforeThat);
        out.writeFloat(pathX);
        out.writeFloat(pathY);
        out.writeShort(judgedCells);
        out.writeFloat(supportLog);
        out.writeByte(way);
        out.writeLong(wrongMillis);
        out.writeLong(rightMillis);
        out.writeFloat(wrongLogChance);
        out.writeLong(wrongSince);
        out.writeFloat(wrongX);
        out.writeFloat(wrongY);
        out.writeBoolean(fitCounted);
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
        out.writeBoolean(alerted);
        out.writeBoolean(ofScene);
        out.writeBoolean(emitted);
    }

    void read(DataInput in) throws IOException {
        cell = in.readShort();
        cellBefore = in.readShort();
        cellBeforeThat = in.readShort();
        pathX = in.readFloat();
        pathY = in.readFloat();
        judgedCells = in.readShort();
        supportLog = in.readFloat();
        way = in.readByte();
        wrongMillis = in.readLong();
        rightMillis = in.readLong();
        wrongLogChance = in.readFloat();
        wrongSince = in.readLong();
        wrongX = in.readFloat();
        wrongY = in.readFloat();
        fitCounted = in.readBoolean();
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
        alerted = in.readBoolean();
        ofScene = in.readBoolean();
        emitted = in.readBoolean();
    }
}
