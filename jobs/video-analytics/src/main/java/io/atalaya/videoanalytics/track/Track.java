package io.atalaya.videoanalytics.track;

import io.atalaya.anomaly.trajectory.Trajectory;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * One object in one camera's view, with all ids that the tracker gave it. Lengths are in image
 * heights, so that they do not depend on direction. A position is where the object meets the
 * ground: the middle of its box's lower edge.
 */
public final class Track {
    private static final float ESTABLISHED = 1;

    /** Detections that establish a track whatever their confidence. */
    private static final int FEW = 3;

    /** So that a class that was wrong for long can still be corrected. */
    private static final float MAX_VOTES = 4;

    /** A displacement of as many sways is one of the object. */
    private static final float SWAYS = 5;

    /** An object that is off by as many sways has not left its place. */
    private static final float STAY_SWAYS = 2;

    /** A person who waits and is lost is found again within this distance, in heights. */
    private static final float A_STEP = 0.5f;

    /** Or farther away by this much per second. */
    private static final float A_STROLL = 0.25f;

    /** Who appears after a longer time, ms, may be the next one. */
    private static final long MAX_LOST = 6_000;

    /** Stay that is kept of a person who may be another one, ms. */
    private static final long KEPT_STAY = 10_000;

    private int trackNumber;

    /**
     * Code of the {@link ObjectClass}, because a track refers to no changing object: see {@link
     * TrackPool}.
     */
    private int kind;

    private long firstTime;
    private final TrackIds ids = new TrackIds();

    private long lastTime;
    private long firstLive;
    private long lastLive;
    private long lastStep;
    private int detectionCount;

    /** By how much the detections of {@link #kind} outweigh those of the other classes. */
    private float votes;

    /** Sum of the confidences of the first detections. */
    private float evidence;

    private boolean isNew;

    /** Position at the first detection, in fractions of the image. */
    private float firstX;

    private float firstY;

    private float left;
    private float top;
    private float width;
    private float height;
    private float x;
    private float y;
    private float size;
    private boolean isClipped;

    private final TrackMotion motion = new TrackMotion();
    private final StationaryState stationary = new StationaryState();
    private final TrackTrajectory path = new TrackTrajectory();

    /** Kept for the detectors; the track itself does not use it. */
    private final TrackDetectorState detectorState = new TrackDetectorState();

    /**
     * Starts a new track in this instance. Tracks are reused: with thousands of cameras each one
     * outlives the young generation of the garbage collector, and copying them was much of the
     * cost.
     */
    void begin(int newSerial, String newId, ObjectClass newKind, long time, long live) {
        trackNumber = newSerial;
        kind = newKind.code();
        firstTime = time;
        ids.begin(newId);
        lastTime = time;
        firstLive = live;
        lastLive = live;
        lastStep = 0;
        detectionCount = 0;
        votes = 0;
        evidence = 0;
        isNew = false;
        firstX = 0;
        firstY = 0;
        left = 0;
        top = 0;
        width = 0;
        height = 0;
        x = 0;
        y = 0;
        size = 0;
        isClipped = false;
        motion.begin();
        stationary.begin();
        path.begin();
        detectorState.begin();
    }

    /**
     * Updates the track with a detection.
     *
     * @param live observed time, ms
     * @param aspect image width over height
     * @param unrest by how far the view sways, in image heights
     */
    void update(
            long time,
            long live,
            float boxX,
            float boxY,
            float boxWidth,
            float boxHeight,
            float aspect,
            float unrest) {
        left = boxX;
        top = boxY;
        width = boxWidth;
        height = boxHeight;
        x = (boxX + boxWidth / 2) * aspect;
        y = boxY + boxHeight;
        size = kind().sizeOf(boxWidth * aspect, boxHeight);
        isClipped = boxX < 0.003f || boxY < 0.003f || boxX + boxWidth > 0.997f || y > 0.997f;
        if (detectionCount == 0) {
            firstX = boxX + boxWidth / 2;
            firstY = y;
        }
        detectionCount++;
        lastStep = time - lastTime;
        lastTime = time;
        long seenBefore = lastLive;
        lastLive = live;
        motion.update(time, x, y, Math.max(size, SWAYS * unrest));
        path.update(sinceFirst(), boxX + boxWidth / 2, y);
        if (detectionCount == 1) {
            stationary.standHere(x, y, size, time, live);
        } else {
            stationary.update(
                    x, y, size, kind().reach(), STAY_SWAYS * unrest, time, live, seenBefore);
        }
    }

    /**
     * Counts the class of the latest detection. The stay restarts with another class, because its
     * size may be measured differently.
     */
    void vote(ObjectClass seen, float confidence, float aspect) {
        if (seen.code() == kind) {
            votes = Math.min(MAX_VOTES, votes + confidence);
            return;
        }
        votes -= confidence;
        if (votes < 0) {
            votes = confidence;
            kind = seen.code();
            size = seen.sizeOf(width * aspect, height);
            stationary.standHere(x, y, size, lastTime, lastLive);
        }
    }

    /** Counts the latest detection as evidence that there is an object. */
    void witness(float confidence) {
        boolean before = isEstablished(detectionCount - 1);
        evidence = Math.min(ESTABLISHED, evidence + confidence);
        isNew = !before && isEstablished();
    }

    /** Whether the latest detection established it. */
    public boolean isNew() {
        return isNew;
    }

    /** Observed time of the first detection. */
    public long firstLive() {
        return firstLive;
    }

    /** Position at the first detection, in fractions of the image. */
    public float firstX() {
        return firstX;
    }

    public float firstY() {
        return firstY;
    }

    /**
     * Whether it was seen often enough to be an object: twice, or more often where the source is
     * not confident.
     */
    public boolean isEstablished() {
        return isEstablished(detectionCount);
    }

    private boolean isEstablished(int detections) {
        return detections > FEW || detections > 1 && evidence >= ESTABLISHED;
    }

    /** In ms, limited to 24 days because longer times make no difference. */
    private int sinceFirst() {
        return (int) Math.min(Integer.MAX_VALUE, lastTime - firstTime);
    }

    void rename(String newId) {
        ids.rename(newId);
        breakOff();
    }

    /**
     * Shortens the stay of a person under a new id who is not where the person was lost, or was
     * lost for long. It may be another one: people who wait one after the other do not loiter, but
     * still stand there.
     *
     * @param lostFor time for which none was seen, ms
     */
    void checkStay(float lostX, float lostY, long lostFor) {
        if (kind() == ObjectClass.PERSON
                && !detectorState.isInOpenAlert
                && stationaryMillis() > KEPT_STAY
                && (lostFor > MAX_LOST
                        || !isWithin(A_STEP + A_STROLL * lostFor / 1000, lostX, lostY))) {
            stationary.standHere(x, y, size, standSince(), lastLive - KEPT_STAY);
        }
    }

    private boolean isWithin(float sizes, float ofX, float ofY) {
        float dx = x - ofX;
        float dy = y - ofY;
        return dx * dx + dy * dy < sizes * sizes * size * size;
    }

    /** Another object has its id now. */
    void loseId() {
        ids.lose();
    }

    /**
     * Splits the motion, because what follows may belong to another object, and the joined
     * trajectory would be false. Such joined trajectories were nearly all anomalies that a
     * trajectory model found.
     */
    void breakOff() {
        detectorState.restartTrajectory();
        motion.breakOff();
        path.breakOff();
    }

    /** Whether it stands where another track of its class has just ended its longer stay. */
    boolean standsWhereLeft(Track left, float unrest) {
        return left.finishedStand() > 0
                && left.kind == kind
                && left != this
                && kind() != ObjectClass.PERSON
                && stationary.isWhere(left.stationary, kind().reach(), unrest)
                && stationaryMillis() < 2_000;
    }

    /**
     * Takes over the stay of a track that left this place: the tracker had given its id to an
     * object that passed by.
     */
    void takeOverStay(Track left) {
        stationary.takeOver(left.stationary);
        detectorState.takeOverStay(left.detectorState);
    }

    /** Reads one word from each of its cache lines; the result has no meaning. */
    int prefetch() {
        return (int) (firstTime + lastStep)
                + detectionCount
                + motion.prefetch()
                + stationary.prefetch()
                + path.prefetch()
                + detectorState.cell
                + (int) detectorState.wrongMillis
                + detectorState.linesCrossed;
    }

    /** Track number, unique within the camera. */
    public int trackNumber() {
        return trackNumber;
    }

    public ObjectClass kind() {
        return ObjectClass.ofCode(kind);
    }

    /** The tracker's current id for the object; null while another object has it. */
    public String id() {
        return ids.present();
    }

    /** All track ids in order of first use. */
    public List<String> ids() {
        return ids.all();
    }

    /** Device time of the first detection, epoch ms. */
    public long firstTime() {
        return firstTime;
    }

    /** Device time of the latest detection, epoch ms. */
    public long lastTime() {
        return lastTime;
    }

    /** Time from the previous to the latest detection, ms. */
    public long lastStep() {
        return lastStep;
    }

    /** Observed time at the latest detection, ms. */
    public long lastLive() {
        return lastLive;
    }

    /** Observed time from the first to the latest detection, ms. */
    public long age() {
        return lastLive - firstLive;
    }

    public int detectionCount() {
        return detectionCount;
    }

    /** The latest box, in fractions of the image. */
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

    /** Apparent size: the height of a person, otherwise the square root of the box's area. */
    public float size() {
        return size;
    }

    /**
     * Whether the box touches the image edge, so that its position and size are not the object's.
     */
    public boolean isClipped() {
        return isClipped;
    }

    /** Whether it has moved by more than its own size recently. */
    public boolean isMoving() {
        return motion.isMoving();
    }

    /** Image heights per second; valid if {@link #motionMillis} is not 0. */
    public float velocityX() {
        return motion.velocityX();
    }

    public float velocityY() {
        return motion.velocityY();
    }

    /** Duration over which the velocity was measured, ms; 0 if the velocity is unknown. */
    public long motionMillis() {
        return motion.millis();
    }

    /** The middle of the distance over which the velocity was measured. */
    public float motionX() {
        return x - motion.velocityX() * motion.millis() / 2000;
    }

    public float motionY() {
        return y - motion.velocityY() * motion.millis() / 2000;
    }

    /** How long it has been stationary, ms of observed time. */
    public long stationaryMillis() {
        return stationary.stationaryMillis(lastLive);
    }

    /** Device time since which it, or another one before it, is stationary, epoch ms. */
    public long standSince() {
        return stationary.startedAt();
    }

    /** The mean position of its current stay. */
    public float standX() {
        return stationary.x();
    }

    public float standY() {
        return stationary.y();
    }

    /** Displacement since its current stay began. */
    public float driftX() {
        return x - stationary.fromX();
    }

    public float driftY() {
        return y - stationary.fromY();
    }

    /** Duration of the stay that the latest detection ended, ms of observed time; otherwise 0. */
    public long finishedStand() {
        return stationary.finished();
    }

    public float finishedX() {
        return stationary.finishedX();
    }

    public float finishedY() {
        return stationary.finishedY();
    }

    /** Whether the trajectory is complete since the first detection. */
    public boolean hasWholeTrajectory() {
        return path.isWhole();
    }

    /** Extent of the trajectory: the larger of its width and height, in fractions of the image. */
    public double reach() {
        return path.reach();
    }

    /** Length of the trajectory, in fractions of the image. */
    public double length() {
        return path.length(left + width / 2, y);
    }

    /**
     * The trajectory so far: seconds since the first detection, and ground positions in fractions
     * of the image.
     */
    public Trajectory trajectory() {
        return path.until(sinceFirst(), left + width / 2, y);
    }

    public TrackDetectorState detectorState() {
        return detectorState;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(trackNumber);
        out.writeByte(kind);
        out.writeLong(firstTime);
        ids.write(out);
        out.writeLong(lastTime);
        out.writeLong(firstLive);
        out.writeLong(lastLive);
        out.writeInt(detectionCount);
        out.writeFloat(votes);
        out.writeFloat(evidence);
        out.writeFloat(firstX);
        out.writeFloat(firstY);
        for (float value : new float[] {left, top, width, height, x, y, size}) {
            out.writeFloat(value);
        }
        out.writeBoolean(isClipped);
        motion.write(lastTime, out);
        stationary.write(out);
        path.write(out);
        detectorState.write(out);
    }

    void read(DataInput in) throws IOException {
        trackNumber = in.readInt();
        kind = ObjectClass.ofCode(in.readByte()).code();
        firstTime = in.readLong();
        ids.read(in);
        lastTime = in.readLong();
        firstLive = in.readLong();
        lastLive = in.readLong();
        detectionCount = in.readInt();
        votes = in.readFloat();
        evidence = in.readFloat();
        firstX = in.readFloat();
        firstY = in.readFloat();
        left = in.readFloat();
        top = in.readFloat();
        width = in.readFloat();
        height = in.readFloat();
        x = in.readFloat();
        y = in.readFloat();
        size = in.readFloat();
        isClipped = in.readBoolean();
        motion.read(lastTime, in);
        stationary.read(in);
        path.read(in);
        detectorState.read(in);
    }
}
