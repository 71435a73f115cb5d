package io.atalaya.videoanalytics.track;

import io.atalaya.anomaly.trajectory.Trajectory;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * One thing in one camera's picture, under all the ids that the tracker gave it. Lengths are in
 * picture heights, so that a slanted way is as long as a level one; places are where the thing
 * meets the ground, the middle of its box's lower edge.
 */
public final class Track {
    private int serial;

    /** Its code: see {@link TrackPool} for why nothing here refers to anything that changes. */
    private int kind;

    private long firstTime;
    private final TrackIds ids = new TrackIds();

    private long lastTime;
    private long firstLive;
    private long lastLive;
    private long lastStep;
    private int sightings;

    private float left;
    private float top;
    private float width;
    private float height;
    private float x;
    private float y;
    private float size;
    private boolean clipped;

    private final TrackMotion motion = new TrackMotion();
    private final StationaryState stay = new StationaryState();
    private final TrackTrajectory path = new TrackTrajectory();

    /** Notes of those who watch the thing; none of them means anything to the track itself. */
    private final TrackDetectorState detectorState = new TrackDetectorState();

    /**
     * The track of a thing that is seen for the first time, whatever it was the track of before.
     * Tracks are used again: with thousands of cameras each lives for longer than Java's collector
     * takes for young, and to move them all was much of the cost.
     */
    void begin(int newSerial, String newId, ObjectClass newKind, long time, long live) {
        serial = newSerial;
        kind = newKind.code();
        firstTime = time;
        ids.begin(newId);
        lastTime = time;
        firstLive = live;
        lastLive = live;
        lastStep = 0;
        sightings = 0;
        left = 0;
        top = 0;
        width = 0;
        height = 0;
        x = 0;
        y = 0;
        size = 0;
        clipped = false;
        motion.begin();
        stay.begin();
        path.begin();
        detectorState.begin();
    }

    /**
     * The thing was seen.
     *
     * @param live the camera's live clock: time without the gaps in which nothing was seen
     * @param aspect the picture's width over its height
     */
    void see(
            long time,
            long live,
            float boxX,
            float boxY,
            float boxWidth,
            float boxHeight,
            float aspect) {
        left = boxX;
        top = boxY;
        width = boxWidth;
        height = boxHeight;
        x = (boxX + boxWidth / 2) * aspect;
        y = boxY + boxHeight;
        size = kind().sizeOf(boxWidth * aspect, boxHeight);
        clipped = boxX < 0.003f || boxY < 0.003f || boxX + boxWidth > 0.997f || y > 0.997f;
        sightings++;
        lastStep = time - lastTime;
        lastTime = time;
        long seenBefore = lastLive;
        lastLive = live;
        motion.see(time, x, y, size);
        path.see(sinceFirst(), boxX + boxWidth / 2, y);
        if (sightings == 1) {
            stay.standHere(x, y, size, time, live);
        } else {
            stay.see(x, y, size, kind().reach(), time, live, seenBefore);
        }
    }

    /**
     * The source knows only now what it is. Its size may be measured otherwise from here on, and so
     * it begins to stand anew.
     */
    void recognize(ObjectClass recognized, float aspect) {
        kind = recognized.code();
        size = recognized.sizeOf(width * aspect, height);
        stay.standHere(x, y, size, lastTime, lastLive);
    }

    /** In ms; what has been there for longer than 24 days has been there for as long as any. */
    private int sinceFirst() {
        return (int) Math.min(Integer.MAX_VALUE, lastTime - firstTime);
    }

    void rename(String newId) {
        ids.rename(newId);
        detectorState.restartWay();
        // Were it another thing, the way from the one to the other would be nobody's: such ways
        // were nearly all that a model of ways found unusual.
        motion.breakOff();
        path.breakOff();
    }

    /** Reads a word of about each of its cache lines; what it returns means nothing. */
    int prefetch() {
        return (int) (firstTime + lastStep)
                + sightings
                + motion.prefetch()
                + stay.prefetch()
                + path.prefetch()
                + detectorState.cell
                + (int) detectorState.wrongMillis
                + detectorState.linesCrossed;
    }

    /** Unique within the camera. */
    public int serial() {
        return serial;
    }

    public ObjectClass kind() {
        return ObjectClass.ofCode(kind);
    }

    /** The tracker's present name for it. */
    public String id() {
        return ids.present();
    }

    /** All names so far, the first first. */
    public List<String> ids() {
        return ids.all();
    }

    /** Event time of the first sighting, epoch ms. */
    public long firstTime() {
        return firstTime;
    }

    /** Event time of the latest sighting, epoch ms. */
    public long lastTime() {
        return lastTime;
    }

    /** From the sighting before to the latest, ms. */
    public long lastStep() {
        return lastStep;
    }

    /** The live clock at the latest sighting, ms. */
    public long lastLive() {
        return lastLive;
    }

    /** Live time from the first to the latest sighting, ms. */
    public long age() {
        return lastLive - firstLive;
    }

    public int sightings() {
        return sightings;
    }

    /** The latest box, in fractions of the picture. */
    public float left() {
        return left;
    }

    public float top() {
        return top;
    }

    public float width() {
        return width;
    }

    public float height() {
        return height;
    }

    public float x() {
        return x;
    }

    public float y() {
        return y;
    }

    /** How large it looks: a person's height, of everything else the root of the box's area. */
    public float size() {
        return size;
    }

    /** Whether the box touches the picture's edge, so that place and size are not the thing's. */
    public boolean clipped() {
        return clipped;
    }

    /** Whether it has gone more than its own size within the last moments. */
    public boolean moving() {
        return motion.moving();
    }

    /** Picture heights a second; meaningful if {@link #motionMillis} is not 0. */
    public float velocityX() {
        return motion.velocityX();
    }

    public float velocityY() {
        return motion.velocityY();
    }

    /** Over how long the velocity was measured; 0: it is not known yet. */
    public long motionMillis() {
        return motion.millis();
    }

    /** The middle of the way over which the velocity was measured. */
    public float motionX() {
        return x - motion.velocityX() * motion.millis() / 2000;
    }

    public float motionY() {
        return y - motion.velocityY() * motion.millis() / 2000;
    }

    /** For how long it has stayed where it is, on the live clock, ms. */
    public long standing() {
        return stay.standing(lastLive);
    }

    /** Since when it has stayed where it is, event time. */
    public long standSince() {
        return stay.since();
    }

    /** The middle of where it has stayed. */
    public float standX() {
        return stay.x();
    }

    public float standY() {
        return stay.y();
    }

    /** How far it has come since it began to stay where it is. */
    public float driftX() {
        return x - stay.fromX();
    }

    public float driftY() {
        return y - stay.fromY();
    }

    /** How long the stay lasted that this very sighting ended, ms; mostly 0. */
    public long finishedStand() {
        return stay.finished();
    }

    public float finishedX() {
        return stay.finishedX();
    }

    public float finishedY() {
        return stay.finishedY();
    }

    /** Whether its way is known from the first sighting on. */
    public boolean hasWholeWay() {
        return path.isWhole();
    }

    /**
     * How far apart the places are where it was, the farther of across and up; fractions of the
     * picture.
     */
    public double reach() {
        return path.reach();
    }

    /** How far it went, to and fro, in fractions of the picture. */
    public double length() {
        return path.length(left + width / 2, y);
    }

    /**
     * Its way so far: seconds since the first sighting, and where it stood on the ground, in
     * fractions of the picture.
     */
    public Trajectory way() {
        return path.until(sinceFirst(), left + width / 2, y);
    }

    public TrackDetectorState detectorState() {
        return detectorState;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(serial);
        out.writeByte(kind);
        out.writeLong(firstTime);
        ids.write(out);
        out.writeLong(lastTime);
        out.writeLong(firstLive);
        out.writeLong(lastLive);
        out.writeInt(sightings);
        for (float value : new float[] {left, top, width, height, x, y, size}) {
            out.writeFloat(value);
        }
        out.writeBoolean(clipped);
        motion.write(lastTime, out);
        stay.write(out);
        path.write(out);
        detectorState.write(out);
    }

    void read(DataInput in) throws IOException {
        serial = in.readInt();
        kind = ObjectClass.ofCode(in.readByte()).code();
        firstTime = in.readLong();
        ids.read(in);
        lastTime = in.readLong();
        firstLive = in.readLong();
        lastLive = in.readLong();
        sightings = in.readInt();
        left = in.readFloat();
        top = in.readFloat();
        width = in.readFloat();
        height = in.readFloat();
        x = in.readFloat();
        y = in.readFloat();
        size = in.readFloat();
        clipped = in.readBoolean();
        motion.read(lastTime, in);
        stay.read(in);
        path.read(in);
        detectorState.read(in);
    }
}
