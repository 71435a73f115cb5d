package io.atalaya.videoanalytics.track;

import io.atalaya.contracts.camera.DetectedObject;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * All tracks of one camera, made stable before any detector looks at them. Trackers lose objects
 * behind others and give them new ids. Here an object that is lost for a moment keeps its track. A
 * new id that appears where a lost object of its size is expected continues that track. An id that
 * leaps to where another object is expected continues that one. A box becomes a track once it is
 * seen again, and its class is a vote over all its detections.
 */
public final class TrackManager {
    /** Further objects are ignored, because the state of a camera is bounded. */
    public static final int MAX_TRACKS = 64;

    /**
     * Maximum number of new ids per frame that are compared with lost tracks, because the work per
     * frame is bounded.
     */
    private static final int MAX_NEW = 4 * MAX_TRACKS;

    /** Up to this distance an id is where its object is expected. */
    private static final float SURE = 0.6f;

    /** An id leaps to another object if that fits by this factor better. */
    private static final float CLEARLY = 0.5f;

    /**
     * An id nearer to where it is expected, in sizes of its object, has not leapt to a neighbour.
     */
    private static final float NEAR = 0.5f;

    /** Maximum sum of the changes of the logs of a box's sides. */
    private static final double SAME_SHAPE = 0.6;

    /** Beyond this distance the motion of an object is split. */
    private static final float LEAP = 1;

    /** Larger objects tremble more than the view sways. */
    private static final float SMALL = 0.06f;

    /** Deviation of small objects in a view that does not sway, in image heights. */
    private static final float CALM = 0.003f;

    private static final float MAX_UNREST = 0.03f;

    /** Number of detections over which the unrest is averaged. */
    private static final float UNREST_OVER = 600;

    /** Time from which an object stands, ms. */
    private static final long STANDS = 4_000;

    /** An object that moves by less of its size per frame is slow. */
    private static final float SLOW = 0.3f;

    private final Settings settings;

    /** The current tracks and those that the last frame ended. */
    private final TrackPool pool = new TrackPool(2 * MAX_TRACKS);

    private final TrackPool.Selection tracks = new TrackPool.Selection(pool, MAX_TRACKS);
    private final TrackPool.Selection finished = new TrackPool.Selection(pool, MAX_TRACKS);

    /** The tracks that are established. */
    private final TrackPool.Selection stable = new TrackPool.Selection(pool, MAX_TRACKS);

    private final TrackPool.Selection ended = new TrackPool.Selection(pool, MAX_TRACKS);
    private final TrackNames byId = new TrackNames();
    private final ViewShiftDetector jump;
    private int nextSerial = 1;

    /** Mean deviation of small, slow objects from where they are expected, in image heights. */
    private float unrest;

    private int reusedIds;
    private int continued;
    private int ignored;

    /** Written so that the compiler does not drop the reads of {@link #prefetch}. */
    private int prefetched;

    private ViewShiftDetector.Verdict shift = ViewShiftDetector.Verdict.NONE;

    /** Whether a vehicle or an item has been stationary for long. */
    private boolean hasPut;

    /** By how far the last {@link #distance} was off, in sizes of the object. */
    private float offset;

    public TrackManager(Settings settings) {
        this.settings = settings;
        this.jump = new ViewShiftDetector(settings.aspect());
    }

    /**
     * Updates the tracks with a frame newer than all before.
     *
     * @param live observed time, ms
     */
    public void update(List<DetectedObject> objects, long time, long live) {
        releaseEnded();
        List<DetectedObject> unnamed = new ArrayList<>(0);
        List<Doubtful> doubtful = new ArrayList<>(0);
        reusedIds = 0;
        continued = 0;
        ignored = 0;
        jump.beginFrame();
        prefetch();
        for (int i = 0; i < objects.size(); i++) {
            DetectedObject object = objects.get(i);
            if (isUsable(object)) {
                continueByName(object, unnamed, doubtful, time, live);
            }
        }
        int named = continued + doubtful.size();
        resolve(doubtful, time, live);
        shift = jump.verdict(tracks, unnamed, named, time);
        for (int i = 0; i < unnamed.size(); i++) {
            stitchOrStart(unnamed.get(i), time, live);
        }
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).lastTime() == time
                    && tracks.get(i).finishedStand() >= settings.longStay()) {
                handOverStay(tracks.get(i));
            }
        }
        dropLost(live);
        selectStable();
    }

    /** What is known of a place stays with what stands there when an id walks away from it. */
    private void handOverStay(Track left) {
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (track.lastTime() == left.lastTime() && track.standsWhereLeft(left, sway())) {
                track.takeOverStay(left);
                return;
            }
        }
    }

    /** An object that is not quite where the track of its id is expected, in its sizes. */
    private record Doubtful(DetectedObject object, int slot, float distance, float offset) {}

    /**
     * Decides which track each doubtful object continues: that of its id, or one that fits clearly
     * better because the tracker swapped two ids or gave one to a neighbour.
     */
    private void resolve(List<Doubtful> doubtful, long time, long live) {
        for (int i = 0; i < doubtful.size(); i++) {
            Doubtful each = doubtful.get(i);
            int better = nearest(each.object(), time, CLEARLY * each.offset(), doubtful);
            if (better != TrackNames.NONE && better != each.slot()) {
                rename(better, each.object(), time, live);
            } else if (pool.get(each.slot()).lastTime() < time) {
                continued++;
                learnUnrest(pool.get(each.slot()), each.object(), time);
                if (each.distance() > LEAP) {
                    pool.get(each.slot()).breakOff();
                }
                update(pool.get(each.slot()), each.object(), time, live);
            } else {
                stitchOrStart(each.object(), time, live);
            }
        }
    }

    /**
     * Slot of the track not yet seen in this frame that is expected nearest to an object, within
     * this distance in its sizes and not nearer to a doubtful object of its own id.
     */
    private int nearest(DetectedObject object, long time, float within, List<Doubtful> doubtful) {
        ObjectClass kind = ObjectClass.of(object.type());
        int best = TrackNames.NONE;
        float least = within;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (track.lastTime() < time
                    && distance(track, object, kind, time, isPut(track)) < 1
                    && offset < least
                    && !isNearer(doubtful, tracks.slot(i), offset)) {
                least = offset;
                best = tracks.slot(i);
            }
        }
        return best;
    }

    private static boolean isNearer(List<Doubtful> doubtful, int slot, float offset) {
        for (int i = 0; i < doubtful.size(); i++) {
            if (doubtful.get(i).slot() == slot && doubtful.get(i).offset() <= offset) {
                return true;
            }
        }
        return false;
    }

    private void rename(int slot, DetectedObject object, long time, long live) {
        int before = byId.get(object.trackId());
        if (before != TrackNames.NONE) {
            pool.get(before).loseId();
        }
        Track track = pool.get(slot);
        float lostX = track.x();
        float lostY = track.y();
        long lostFor = time - track.lastTime();
        track.rename(object.trackId());
        byId.put(object.trackId(), slot);
        update(track, object, time, live);
        track.checkStay(lostX, lostY, lostFor);
    }

    /** Single boxes that are never seen again are no objects. */
    private void selectStable() {
        stable.truncate(0);
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).isEstablished()) {
                stable.append(tracks.slot(i));
            }
        }
        ended.truncate(0);
        for (int i = 0; i < finished.size(); i++) {
            if (finished.get(i).isEstablished()) {
                ended.append(finished.slot(i));
            }
        }
    }

    /** Releases the tracks that the previous frame ended. */
    private void releaseEnded() {
        for (int i = 0; i < finished.size(); i++) {
            pool.giveBack(finished.slot(i));
        }
        finished.truncate(0);
    }

    /**
     * Reads from every track what a frame needs of it. While thousands of cameras take turns, a
     * track is not in the processor's cache. Requested together, the cache lines load in parallel
     * and not one after the other. This saves 1/5 of the time per frame at 20,000 cameras.
     */
    private void prefetch() {
        int read = 0;
        hasPut = false;
        for (int i = 0; i < tracks.size(); i++) {
            read += tracks.get(i).prefetch();
            hasPut |= isPut(tracks.get(i));
        }
        prefetched = read;
    }

    /** Whether the box has a size and lies near enough to the image to give a position. */
    public static boolean isUsable(DetectedObject object) {
        return object.width() > 1e-4
                && object.height() > 1e-4
                && object.width() <= 1
                && object.height() <= 1.5
                && object.x() > -0.5
                && object.y() > -0.5
                && object.x() + object.width() < 1.5
                && object.y() + object.height() < 1.5;
    }

    private void continueByName(
            DetectedObject object,
            List<DetectedObject> unnamed,
            List<Doubtful> doubtful,
            long time,
            long live) {
        int slot = byId.get(object.trackId());
        Track track = slot == TrackNames.NONE ? null : pool.get(slot);
        if (track == null) {
            if (unnamed.size() < MAX_NEW) {
                unnamed.add(object);
            } else {
                ignored++;
            }
            return;
        }
        ObjectClass kind = ObjectClass.of(object.type());
        float distance = distance(track, object, kind, time, false);
        if (track.lastTime() == time && track.detectionCount() > 0) {
            ignored++;
            reusedIds += distance > settings.sameNameReach() ? 1 : 0;
        } else if (distance > settings.sameNameReach()) {
            byId.remove(object.trackId());
            track.loseId();
            jump.addLeap(track, object, time);
            reusedIds++;
            unnamed.add(object);
        } else if (track.kind() != ObjectClass.PERSON
                && track.motionMillis() > 0
                && (distance > SURE || offset > NEAR && hasPut && !isPut(track))) {
            doubtful.add(new Doubtful(object, slot, distance, offset));
        } else {
            continued++;
            learnUnrest(track, object, time);
            update(track, object, kind, time, live);
        }
    }

    /**
     * Learns from what stands or hardly moves; the motion of the others is not foreseen so well.
     */
    private void learnUnrest(Track track, DetectedObject object, long time) {
        if (track.size() >= SMALL || track.motionMillis() == 0 || track.isClipped()) {
            return;
        }
        float x = (float) (object.x() + object.width() / 2) * settings.aspect();
        float y = (float) (object.y() + object.height());
        float dt = (time - track.lastTime()) / 1000f;
        float stepX = track.velocityX() * dt;
        float stepY = track.velocityY() * dt;
        boolean stands = track.kind() != ObjectClass.PERSON && track.stationaryMillis() >= STANDS;
        if (!stands && stepX * stepX + stepY * stepY > SLOW * SLOW * track.size() * track.size()) {
            return;
        }
        float dx = x - (stands ? track.standX() : track.x() + stepX);
        float dy = y - (stands ? track.standY() : track.y() + stepY);
        float off = Math.min(MAX_UNREST, (float) Math.sqrt(dx * dx + dy * dy));
        unrest += (off - unrest) / UNREST_OVER;
    }

    /** Image width over height. */
    public float aspect() {
        return settings.aspect();
    }

    /** By how far the view sways, in image heights; 0 for a calm view. */
    public float sway() {
        return Math.max(0, unrest - CALM);
    }

    private void stitchOrStart(DetectedObject object, long time, long live) {
        int best = nearest(object, time, Float.MAX_VALUE, List.of());
        if (best != TrackNames.NONE) {
            rename(best, object, time, live);
        } else if (tracks.size() < MAX_TRACKS) {
            int slot = pool.poll();
            Track track = pool.get(slot);
            track.begin(nextSerial++, object.trackId(), ObjectClass.of(object.type()), time, live);
            tracks.append(slot);
            byId.put(object.trackId(), slot);
            update(track, object, time, live);
        } else {
            ignored++;
        }
    }

    private void update(Track track, DetectedObject object, long time, long live) {
        update(track, object, ObjectClass.of(object.type()), time, live);
    }

    private void update(
            Track track, DetectedObject object, ObjectClass kind, long time, long live) {
        track.update(
                time,
                live,
                (float) object.x(),
                (float) object.y(),
                (float) object.width(),
                (float) object.height(),
                settings.aspect(),
                sway());
        track.witness((float) object.confidence());
        // Many sources track an object before they recognize its type, and later lose the type
        // again.
        if (!object.type().equals(DetectedObject.UNKNOWN)) {
            track.vote(kind, (float) object.confidence(), settings.aspect());
        }
    }

    /**
     * Whether the object must still be at its place. What appears beside a stationary vehicle or
     * item is most likely what hides it, while people in a crowd sway.
     */
    private boolean isPut(Track track) {
        return track.kind() != ObjectClass.PERSON
                && track.stationaryMillis() >= settings.longStay();
    }

    /**
     * Distance between an object and the expected position of the track, in units of the possible
     * distance; up to 1 it may be the same object.
     *
     * @param seen class of the object; looking it up takes too long to do it twice
     * @param put whether the object must still be at its place
     */
    private float distance(
            Track track, DetectedObject object, ObjectClass seen, long time, boolean put) {
        if (seen != track.kind()
                && !object.type().equals(DetectedObject.UNKNOWN)
                && !isOfTheSameShape(track, object)) {
            return Float.MAX_VALUE;
        }
        float aspect = settings.aspect();
        ObjectClass kind = track.kind();
        float size = kind.sizeOf((float) object.width() * aspect, (float) object.height());
        float x = (float) (object.x() + object.width() / 2) * aspect;
        float y = (float) (object.y() + object.height());
        float dt = (time - track.lastTime()) / 1000f;
        boolean known = track.motionMillis() > 0;
        float vx = known ? track.velocityX() : 0;
        float vy = known ? track.velocityY() : 0;
        float speed = (float) Math.sqrt(vx * vx + vy * vy);
        float larger = Math.max(size, track.size());
        float distance = speed * dt;
        // An object without known motion may start at once; a moving one seems faster the nearer it
        // is.
        float astray = settings.jitter() + (put ? 0 : 0.4f * dt);
        float reach =
                known
                        ? larger * astray + 0.8f * distance
                        : larger * (settings.jitter() + settings.unknownSpeed() * Math.min(dt, 1));
        float dx = x - track.x() - vx * dt;
        float dy = y - track.y() - vy * dt;
        float away = (float) Math.sqrt(dx * dx + dy * dy);
        offset = away / larger;
        float place = away / (reach + sway());
        if (track.isClipped()) {
            return place;
        }
        float growth = Math.abs((float) Math.log(size / track.size()));
        float may = settings.sizeStep() + 0.8f * distance / larger + (known ? 0 : 0.5f * dt);
        return Math.max(place, growth / may);
    }

    /** A box that a detector takes for another class for a moment keeps its shape. */
    private static boolean isOfTheSameShape(Track track, DetectedObject object) {
        double wider = Math.abs(Math.log(object.width() / track.width()));
        double higher = Math.abs(Math.log(object.height() / track.height()));
        return wider + higher < SAME_SHAPE;
    }

    /** Ends lost tracks. A stationary one is kept longer, because its position is known. */
    private void dropLost(long live) {
        int kept = 0;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (live - track.lastLive() > patience(track)) {
                byId.evict(tracks.slot(i));
                finished.append(tracks.slot(i));
            } else {
                tracks.move(i, kept);
                kept++;
            }
        }
        tracks.truncate(kept);
    }

    private long patience(Track track) {
        long stay = track.stationaryMillis();
        if (stay < settings.longStay()) {
            return settings.maxAgeMillis();
        }
        // A vehicle or an item that stood for long stands there again, while people come and go.
        return track.kind() == ObjectClass.PERSON
                ? settings.patienceStanding()
                : Math.max(
                        settings.patienceStanding(),
                        Math.min(stay / 4, 5 * settings.patienceStanding()));
    }

    /** Ends all tracks, because the following frames are unrelated. */
    public void clear() {
        releaseEnded();
        for (int i = 0; i < tracks.size(); i++) {
            finished.append(tracks.slot(i));
        }
        tracks.truncate(0);
        byId.clear();
        selectStable();
    }

    /**
     * Lets the detectors alert again on what they have alerted on, because the alerts have ended
     * although it may still be there.
     */
    public void forgetAlerts() {
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).detectorState().isInOpenAlert = false;
        }
    }

    /** Evicts the newer half of the tracks. */
    public void evict() {
        int kept = tracks.size() / 2;
        for (int i = kept; i < tracks.size(); i++) {
            byId.evict(tracks.slot(i));
            pool.giveBack(tracks.slot(i));
        }
        tracks.truncate(kept);
        selectStable();
    }

    /** All established tracks, detected in the last frame or lost. */
    public List<Track> all() {
        return stable;
    }

    /** The established tracks that the last frame ended. */
    public List<Track> finished() {
        return ended;
    }

    /** The track with this number, or null. */
    public Track byNumber(int serial) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).trackNumber() == serial) {
                return tracks.get(i);
            }
        }
        return null;
    }

    /** Ids in the last frame that switched to another object or were used for two objects. */
    public int reusedIds() {
        return reusedIds;
    }

    /** Ids in the last frame that continued the same object. */
    public int continued() {
        return continued;
    }

    /** Whether all objects shifted alike in the last frame, because the camera was moved. */
    public boolean hasJumped() {
        return shift == ViewShiftDetector.Verdict.CERTAIN;
    }

    /** Whether the only object that is still in view shifted, which may be the camera. */
    public boolean mayHaveJumped() {
        return shift == ViewShiftDetector.Verdict.POSSIBLE;
    }

    /** Objects of the last frame that were ignored: beyond the bound, or with a duplicate id. */
    public int ignored() {
        return ignored;
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(nextSerial);
        out.writeFloat(unrest);
        out.writeShort(tracks.size());
        for (Track track : tracks) {
            track.write(out);
        }
    }

    public static TrackManager read(Settings settings, DataInput in) throws IOException {
        TrackManager tracks = new TrackManager(settings);
        tracks.nextSerial = in.readInt();
        tracks.unrest = in.readFloat();
        int n = in.readShort();
        for (int i = 0; i < n; i++) {
            int slot = tracks.pool.poll();
            Track track = tracks.pool.get(slot);
            track.read(in);
            tracks.tracks.append(slot);
            if (track.id() != null) {
                tracks.byId.put(track.id(), slot);
            }
        }
        tracks.selectStable();
        return tracks;
    }

    /**
     * Settings of the tracking. Times are in ms of observed time, lengths in sizes of the object.
     *
     * @param aspect image width over height
     * @param jitter distance that a box may jump while the object is stationary
     * @param unknownSpeed maximum speed, in sizes per second, of an object whose speed is unknown
     * @param sizeStep maximum jump of the log of its size
     * @param sameNameReach multiple of the possible distance beyond which an id has moved to
     *     another object
     * @param maxAgeMillis maximum age of a lost track that moved
     * @param patienceStanding maximum age of a lost track that was stationary
     * @param longStay duration from which a track counts as stationary
     */
    public record Settings(
            float aspect,
            float jitter,
            float unknownSpeed,
            float sizeStep,
            float sameNameReach,
            long maxAgeMillis,
            long patienceStanding,
            long longStay)
            implements Serializable {

        public static final Settings DEFAULT =
                new Settings(16f / 9, 0.7f, 6f, 0.4f, 2.5f, 4_000, 12_000, 8_000);
    }
}
