package io.atalaya.videoanalytics.track;

import io.atalaya.contracts.camera.DetectedObject;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * All tracks of one camera. Trackers lose objects behind others and give them new ids. Here an
 * object that is lost for a moment keeps its track. A new id that appears where a lost object of
 * its class and size is expected continues that track.
 */
public final class TrackManager {
    /** Further objects are ignored, because the state of a camera is bounded. */
    public static final int MAX_TRACKS = 64;

    /**
     * Maximum number of new ids per frame that are compared with lost tracks, because the work per
     * frame is bounded.
     */
    private static final int MAX_NEW = 4 * MAX_TRACKS;

    private final Settings settings;

    /** The current tracks and those that the last frame ended. */
    private final TrackPool pool = new TrackPool(2 * MAX_TRACKS);

    private final TrackPool.Selection tracks = new TrackPool.Selection(pool, MAX_TRACKS);
    private final TrackPool.Selection finished = new TrackPool.Selection(pool, MAX_TRACKS);
    private final TrackNames byId = new TrackNames();
    private final ViewShiftDetector jump;
    private int nextSerial = 1;
    private int reusedIds;
    private int continued;
    private int ignored;

    /** Written so that the compiler does not drop the reads of {@link #prefetch}. */
    private int prefetched;

    private boolean hasJumped;

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
        reusedIds = 0;
        continued = 0;
        ignored = 0;
        prefetch();
        for (int i = 0; i < objects.size(); i++) {
            DetectedObject object = objects.get(i);
            if (isUsable(object)) {
                continueByName(object, unnamed, time, live);
            }
        }
        hasJumped = jump.hasShifted(tracks, unnamed, continued, time);
        for (int i = 0; i < unnamed.size(); i++) {
            stitchOrStart(unnamed.get(i), time, live);
        }
        dropLost(live);
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
        for (int i = 0; i < tracks.size(); i++) {
            read += tracks.get(i).prefetch();
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
            DetectedObject object, List<DetectedObject> unnamed, long time, long live) {
        int slot = byId.get(object.trackId());
        Track track = slot == TrackNames.NONE ? null : pool.get(slot);
        ObjectClass kind = ObjectClass.of(object.type());
        // Many sources track an object before they recognize its type, and later lose the type
        // again.
        boolean isUnclassified = object.type().equals(DetectedObject.UNKNOWN);
        boolean recognized = track != null && track.kind() == ObjectClass.OTHER && !isUnclassified;
        if (track == null) {
            if (unnamed.size() < MAX_NEW) {
                unnamed.add(object);
            } else {
                ignored++;
            }
            return;
        }
        boolean elsewhere =
                distance(
                                track,
                                object,
                                isUnclassified || recognized ? track.kind() : kind,
                                time,
                                false)
                        > settings.sameNameReach();
        if (track.lastTime() == time && track.detectionCount() > 0) {
            ignored++;
            reusedIds += elsewhere ? 1 : 0;
        } else if (elsewhere) {
            byId.remove(object.trackId());
            reusedIds++;
            unnamed.add(object);
        } else {
            continued++;
            update(track, object, time, live);
            if (recognized && kind != ObjectClass.OTHER) {
                track.recognize(kind, settings.aspect());
            }
        }
    }

    private void stitchOrStart(DetectedObject object, long time, long live) {
        int best = TrackNames.NONE;
        float least = 1;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (track.lastTime() < time) {
                float distance =
                        distance(track, object, ObjectClass.of(object.type()), time, isPut(track));
                if (distance < least) {
                    least = distance;
                    best = tracks.slot(i);
                }
            }
        }
        if (best != TrackNames.NONE) {
            pool.get(best).rename(object.trackId());
            byId.put(object.trackId(), best);
            update(pool.get(best), object, time, live);
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
        track.update(
                time,
                live,
                (float) object.x(),
                (float) object.y(),
                (float) object.width(),
                (float) object.height(),
                settings.aspect());
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
     * @param put whether the object must still be at its place
     */
    private float distance(
            Track track, DetectedObject object, ObjectClass kind, long time, boolean put) {
        if (kind != track.kind()) {
            return Float.MAX_VALUE;
        }
        float aspect = settings.aspect();
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
        float place = (float) Math.sqrt(dx * dx + dy * dy) / reach;
        if (track.isClipped()) {
            return place;
        }
        float growth = Math.abs((float) Math.log(size / track.size()));
        float may = settings.sizeStep() + 0.8f * distance / larger + (known ? 0 : 0.5f * dt);
        return Math.max(place, growth / may);
    }

    /** Ends lost tracks. A stationary one is kept longer, because its position is known. */
    private void dropLost(long live) {
        int kept = 0;
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            long patience =
                    track.stationaryMillis() >= settings.longStay()
                            ? settings.patienceStanding()
                            : settings.maxAgeMillis();
            if (live - track.lastLive() > patience) {
                byId.evict(tracks.slot(i));
                finished.append(tracks.slot(i));
            } else {
                tracks.move(i, kept);
                kept++;
            }
        }
        tracks.truncate(kept);
    }

    /** Ends all tracks, because the following frames are unrelated. */
    public void clear() {
        releaseEnded();
        for (int i = 0; i < tracks.size(); i++) {
            finished.append(tracks.slot(i));
        }
        tracks.truncate(0);
        byId.clear();
    }

    /** Evicts the newer half of the tracks. */
    public void evict() {
        int kept = tracks.size() / 2;
        for (int i = kept; i < tracks.size(); i++) {
            byId.evict(tracks.slot(i));
            pool.giveBack(tracks.slot(i));
        }
        tracks.truncate(kept);
    }

    /** All current tracks, detected in the last frame or lost. */
    public List<Track> all() {
        return tracks;
    }

    /** The tracks that the last frame ended. */
    public List<Track> finished() {
        return finished;
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
        return hasJumped;
    }

    /** Objects of the last frame that were ignored: beyond the bound, or with a duplicate id. */
    public int ignored() {
        return ignored;
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(nextSerial);
        out.writeShort(tracks.size());
        for (Track track : tracks) {
            track.write(out);
        }
    }

    public static TrackManager read(Settings settings, DataInput in) throws IOException {
        TrackManager tracks = new TrackManager(settings);
        tracks.nextSerial = in.readInt();
        int n = in.readShort();
        for (int i = 0; i < n; i++) {
            int slot = tracks.pool.poll();
            Track track = tracks.pool.get(slot);
            track.read(in);
            tracks.tracks.append(slot);
            tracks.byId.put(track.id(), slot);
        }
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
