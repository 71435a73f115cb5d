package io.atalaya.videoanalytics.track;

import io.atalaya.anomaly.track.Trajectory;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * One thing in one camera's picture, under all the ids that the tracker gave it. Lengths are in
 * picture heights, so that a slanted way is as long as a level one; places are where the thing
 * meets the ground, the middle of its box's lower edge.
 */
public final class Track {
    /** How long a thing must be away from where it stood before it has left: boxes jump. */
    private static final int LEFT_AFTER_MILLIS = 900;

    private static final int MEAN_OVER_MILLIS = 60_000;
    private static final int SAMPLES = 8;
    private static final int SAMPLE = 3;
    private static final int SAMPLE_EVERY_MILLIS = 280;
    private static final int MOTION_OVER_MILLIS = 2_600;

    /** What looks so many times as large, or as small, has come nearer, or gone away. */
    private static final float DEPTH_STEP = (float) Math.exp(0.3);

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

    /** Where it was lately: time, x and y of each sample, side by side. */
    private final int[] way = new int[SAMPLES * SAMPLE];

    private int samples;
    private int newest = SAMPLES - 1;

    private boolean moving;
    private float velocityX;
    private float velocityY;
    private long motionMillis;

    private float standX;
    private float standY;
    private float standSize;
    private long standSince;
    private long standLive;
    private long awayLive = -1;
    private float standFromX;
    private float standFromY;
    private long finishedStand;
    private float finishedX;
    private float finishedY;

    private final TrackPath path = new TrackPath();

    /** Notes of those who watch the thing; none of them means anything to the track itself. */
    private final TrackNotes notes = new TrackNotes();

    /**
     * The track of a thing that is seen for the first time, whatever it was the track of before.
     * Tracks are used again: with thousands of cameras each lives for longer than Java's collector
     * takes for young, and to move them all was much of the cost.
     */
    void begin(int newSerial, String newId, ObjectKind newKind, long time, long live) {
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
        Arrays.fill(way, 0);
        samples = 0;
        newest = SAMPLES - 1;
        moving = false;
        velocityX = 0;
        velocityY = 0;
        motionMillis = 0;
        standX = 0;
        standY = 0;
        standSize = 0;
        standSince = 0;
        standLive = 0;
        awayLive = -1;
        standFromX = 0;
        standFromY = 0;
        finishedStand = 0;
        finishedX = 0;
        finishedY = 0;
        path.begin();
        notes.begin();
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
        sample(time);
        path.see(sinceFirst(), boxX + boxWidth / 2, y);
        measureMotion(time);
        stand(time, live, seenBefore);
    }

    /**
     * The source knows only now what it is. Its size may be measured otherwise from here on, and so
     * it begins to stand anew.
     */
    void recognize(ObjectKind recognized, float aspect) {
        kind = recognized.code();
        size = recognized.sizeOf(width * aspect, height);
        standHere(lastTime, lastLive);
    }

    private void sample(long time) {
        if (samples > 0 && since(newest, time) < SAMPLE_EVERY_MILLIS) {
            return;
        }
        newest = (newest + 1) % SAMPLES;
        sample(newest, time, x, y);
        samples = Math.min(samples + 1, SAMPLES);
    }

    private void sample(int i, long at, float atX, float atY) {
        way[i * SAMPLE] = (int) at;
        way[i * SAMPLE + 1] = Float.floatToRawIntBits(atX);
        way[i * SAMPLE + 2] = Float.floatToRawIntBits(atY);
    }

    private int sinceFirst() {
        return (int) (lastTime - firstTime);
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

    /** Over the shortest way that is long against the jitter of boxes, so that bends show. */
    private void measureMotion(long time) {
        moving = false;
        motionMillis = 0;
        for (int back = 0; back < samples; back++) {
            int i = (newest - back + SAMPLES) % SAMPLES;
            int dt = since(i, time);
            if (dt < 350) {
                continue;
            }
            if (dt > MOTION_OVER_MILLIS && motionMillis > 0) {
                break;
            }
            float dx = x - sampleX(i);
            float dy = y - sampleY(i);
            motionMillis = dt;
            velocityX = dx * 1000 / dt;
            velocityY = dy * 1000 / dt;
            if (dx * dx + dy * dy > size * size) {
                moving = true;
                break;
            }
        }
    }

    private void stand(long time, long live, long seenBefore) {
        finishedStand = 0;
        if (sightings == 1) {
            standHere(time, live);
            return;
        }
        float dx = x - standX;
        float dy = y - standY;
        float reach = kind().reach() * Math.max(size, standSize);
        boolean here =
                dx * dx + dy * dy < reach * reach
                        && size < DEPTH_STEP * standSize
                        && standSize < DEPTH_STEP * size;
        if (here) {
            awayLive = -1;
            float share =
                    Math.max(1f, live - seenBefore)
                            / Math.max(1f, Math.min(live - standLive, MEAN_OVER_MILLIS));
            share = Math.min(share, 0.5f);
            standX += share * dx;
            standY += share * dy;
            standSize += share * (size - standSize);
        } else if (awayLive < 0) {
            awayLive = live;
        } else if (live - awayLive >= LEFT_AFTER_MILLIS) {
            finishedStand = awayLive - standLive;
            finishedX = standX;
            finishedY = standY;
            standHere(time, live);
        }
    }

    private void standHere(long time, long live) {
        standX = x;
        standY = y;
        standFromX = x;
        standFromY = y;
        standSize = size;
        standSince = time;
        standLive = live;
        awayLive = -1;
    }

    void rename(String newId) {
        ids.rename(newId);
        notes.restartWay();
        // Were it another thing, the way from the one to the other would be nobody's: such ways
        // were
        // nearly all that a model of ways found unusual.
        samples = 0;
        path.breakOff();
    }

    /** Reads a word of about each of its cache lines; what it returns means nothing. */
    int prefetch() {
        return (int) (firstTime + standLive + lastStep)
                + sightings
                + (int) standFromX
                + way[0]
                + way[SAMPLES * SAMPLE - 1]
                + path.prefetch()
                + notes.cell
                + (int) notes.wrongMillis
                + notes.linesCrossed;
    }

    /** Unique within the camera. */
    public int serial() {
        return serial;
    }

    public ObjectKind kind() {
        return ObjectKind.ofCode(kind);
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
        return moving;
    }

    /** Picture heights a second; meaningful if {@link #motionMillis} is not 0. */
    public float velocityX() {
        return velocityX;
    }

    public float velocityY() {
        return velocityY;
    }

    /** Over how long the velocity was measured; 0: it is not known yet. */
    public long motionMillis() {
        return motionMillis;
    }

    /** The middle of the way over which the velocity was measured. */
    public float motionX() {
        return x - velocityX * motionMillis / 2000;
    }

    public float motionY() {
        return y - velocityY * motionMillis / 2000;
    }

    /** For how long it has stayed where it is, on the live clock, ms. */
    public long standing() {
        return awayLive >= 0 ? 0 : lastLive - standLive;
    }

    /** Since when it has stayed where it is, event time. */
    public long standSince() {
        return standSince;
    }

    /** The middle of where it has stayed. */
    public float standX() {
        return standX;
    }

    public float standY() {
        return standY;
    }

    /** How far it has come since it began to stay where it is. */
    public float driftX() {
        return x - standFromX;
    }

    public float driftY() {
        return y - standFromY;
    }

    /** How long the stay lasted that this very sighting ended, ms; mostly 0. */
    public long finishedStand() {
        return finishedStand;
    }

    public float finishedX() {
        return finishedX;
    }

    public float finishedY() {
        return finishedY;
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

    public TrackNotes notes() {
        return notes;
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
        out.writeByte(samples);
        for (int back = samples - 1; back >= 0; back--) {
            int i = (newest - back + SAMPLES) % SAMPLES;
            out.writeInt(since(i, lastTime));
            out.writeFloat(sampleX(i));
            out.writeFloat(sampleY(i));
        }
        out.writeBoolean(moving);
        out.writeFloat(velocityX);
        out.writeFloat(velocityY);
        out.writeLong(motionMillis);
        for (float value : new float[] {standX, standY, standSize, standFromX, standFromY}) {
            out.writeFloat(value);
        }
        out.writeLong(standSince);
        out.writeLong(standLive);
        out.writeLong(awayLive);
        path.write(out);
        notes.write(out);
    }

    /**
     * @param format of {@link Tracks}
     */
    void read(int format, DataInput in) throws IOException {
        serial = in.readInt();
        kind = ObjectKind.ofCode(in.readByte()).code();
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
        samples = in.readByte();
        for (int i = 0; i < samples; i++) {
            sample(i, lastTime - in.readInt(), in.readFloat(), in.readFloat());
        }
        newest = (samples - 1 + SAMPLES) % SAMPLES;
        moving = in.readBoolean();
        velocityX = in.readFloat();
        velocityY = in.readFloat();
        motionMillis = in.readLong();
        standX = in.readFloat();
        standY = in.readFloat();
        standSize = in.readFloat();
        standFromX = in.readFloat();
        standFromY = in.readFloat();
        standSince = in.readLong();
        standLive = in.readLong();
        awayLive = in.readLong();
        // Format 1 knew no ways.
        if (format > 1) {
            path.read(in);
        }
        notes.read(format, in);
    }
}
