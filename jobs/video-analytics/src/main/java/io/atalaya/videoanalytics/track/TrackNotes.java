package io.atalaya.videoanalytics.track;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What watchers of a track remember about it from frame to frame. Kept with the track, so that it
 * is dropped with it.
 */
public final class TrackNotes {
    /** The cell in which the track was counted last; -1: in none yet. */
    public int cell = -1;

    /** Where it was when its cells were counted last, in fractions of the picture. */
    public float pathX;

    public float pathY;

    /** Cells in which its way could be compared with the usual one. */
    public int judgedCells;

    /** Of them, those where nothing of its kind is usual. */
    public int novelCells;

    /** Of them, those where the others go the opposite way. */
    public int wrongCells;

    /** Of them, those where some go its way. */
    public int rightCells;

    /** Log of the chance that a usual vehicle would go this way through those cells. */
    public float wrongLogChance;

    /** When it first went against the others, event time; 0: never. */
    public long wrongSince;

    /** Where it did, for the alert. */
    public float wrongX;

    public float wrongY;

    /** Whether it has had its say on whether the picture still fits. */
    public boolean fitCounted;

    /** Cells in which its speed could be compared. */
    public int speedCells;

    /** Sum of the logs of its speed over the usual one. */
    public float speedLogRatio;

    /** The latest of them. */
    public float speedLogRatioNow;

    /** Variance of {@link #speedLogRatio} under usual traffic. */
    public float speedVariance;

    /** On the live clock: how long it has crawled, ms. */
    public long crawling;

    /** On the live clock: how long nobody was with it, ms. */
    public long unattended;

    /** Bits of zones that it was in at the last frame, of those that it has been alerted for. */
    public int zones;

    public int zonesAlerted;

    /** On the live clock: since when it is in a zone where it may not be; -1: in none. */
    public long inZoneSince = -1;

    /** Whether it stands under an alert, so that its stay is not learned as usual. */
    public boolean alerted;

    void write(DataOutput out) throws IOException {
        out.writeShort(cell);
        out.writeFloat(pathX);
        out.writeFloat(pathY);
        out.writeShort(judgedCells);
        out.writeShort(novelCells);
        out.writeShort(wrongCells);
        out.writeShort(rightCells);
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
        out.writeInt(zonesAlerted);
        out.writeLong(inZoneSince);
        out.writeBoolean(alerted);
    }

    void read(DataInput in) throws IOException {
        cell = in.readShort();
        pathX = in.readFloat();
        pathY = in.readFloat();
        judgedCells = in.readShort();
        novelCells = in.readShort();
        wrongCells = in.readShort();
        rightCells = in.readShort();
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
        zonesAlerted = in.readInt();
        inZoneSince = in.readLong();
        alerted = in.readBoolean();
    }
}
