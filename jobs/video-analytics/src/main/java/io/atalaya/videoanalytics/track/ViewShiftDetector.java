package io.atalaya.videoanalytics.track;

import io.atalaya.contracts.camera.DetectedObject;

import java.util.List;

/**
 * Detects that all objects in the view shift by the same offset from one frame to the next, because
 * the camera was knocked. Objects of the same class and size keep their relative positions. If the
 * tracker keeps their ids, two objects prove it and one makes it possible; with new ids it takes
 * three.
 */
final class ViewShiftDetector {
    /** Fewer objects with new ids may agree by chance. */
    private static final int MIN_OBJECTS = 3;

    /** Further objects are not compared, because the work is bounded. */
    private static final int MAX_OBJECTS = 16;

    /** After a longer gap in ms, all objects may have moved. */
    private static final long MAX_STEP_MS = 1_500;

    /** Image heights. */
    private static final float MIN_SHIFT = 0.05f;

    private static final float TOLERANCE = 0.025f;
    private static final float SAME_SIZE = 0.2f;
    private static final float NEARLY_ALL = 0.6f;
    private static final float HARDLY_ANY = 0.25f;

    /** What a frame shows of a shift. */
    enum Verdict {
        NONE,
        POSSIBLE,
        CERTAIN
    }

    private final float aspect;

    /** The objects of this frame that their id leapt to, from where the id was expected. */
    private final Shifts leaps = new Shifts(MAX_OBJECTS);

    /**
     * @param aspect image width over height
     */
    ViewShiftDetector(float aspect) {
        this.aspect = aspect;
    }

    void beginFrame() {
        leaps.clear();
    }

    /** An id that is far from where its object was expected. */
    void addLeap(Track track, DetectedObject object, long time) {
        if (isComparable(track) && time - track.lastTime() <= MAX_STEP_MS) {
            compare(track, leaps, track.trackNumber(), object, time);
        }
    }

    private static boolean isComparable(Track track) {
        return track.motionMillis() > 0 && !track.isClipped();
    }

    /**
     * What the last frame shows.
     *
     * @param tracks not yet updated with the objects whose ids leapt or are new
     * @param continued number of ids that continued the same object
     */
    Verdict verdict(List<Track> tracks, List<DetectedObject> unnamed, int continued, long time) {
        if (hasShifted(tracks, unnamed, continued, time)) {
            return Verdict.CERTAIN;
        }
        if (continued > 0 || !leaps.areAlike() || haveLeaptToOthers(tracks, time)) {
            return Verdict.NONE;
        }
        if (leaps.n > 1) {
            return Verdict.CERTAIN;
        }
        return unnamed.size() == 1 ? Verdict.POSSIBLE : Verdict.NONE;
    }

    /** Whether an id leapt to where another object is expected. */
    private boolean haveLeaptToOthers(List<Track> tracks, long time) {
        for (int i = 0; i < tracks.size(); i++) {
            Track track = tracks.get(i);
            if (time - track.lastTime() <= MAX_STEP_MS
                    && leaps.isAt(expectedX(track, time), expectedY(track, time))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Compares the objects of the previous frame whose id is lost with the new ones of this frame.
     * Lost ids prove nothing if ids never last: a detector without a tracker loses all of them in
     * every frame.
     */
    private boolean hasShifted(
            List<Track> tracks, List<DetectedObject> unnamed, int continued, long time) {
        if (unnamed.size() < MIN_OBJECTS) {
            return false;
        }
        long before = 0;
        for (int i = 0; i < tracks.size(); i++) {
            long seen = tracks.get(i).lastTime();
            before = seen < time ? Math.max(before, seen) : before;
        }
        if (time - before > MAX_STEP_MS) {
            return false;
        }
        int lost = 0;
        Shifts shifts = new Shifts(MAX_OBJECTS * MAX_OBJECTS);
        for (int i = 0; i < tracks.size() && lost < MAX_OBJECTS; i++) {
            Track track = tracks.get(i);
            if (track.lastTime() == before && isComparable(track)) {
                for (int j = 0; j < Math.min(MAX_OBJECTS, unnamed.size()); j++) {
                    compare(track, shifts, lost, unnamed.get(j), time);
                }
                lost++;
            }
        }
        return lost >= MIN_OBJECTS && continued <= HARDLY_ANY * lost && shifts.haveInCommon(lost);
    }

    private void compare(Track track, Shifts shifts, int owner, DetectedObject object, long time) {
        ObjectClass kind = ObjectClass.of(object.type());
        float size = kind.sizeOf((float) object.width() * aspect, (float) object.height());
        if (kind == track.kind() && Math.abs((float) Math.log(size / track.size())) < SAME_SIZE) {
            float toX = (float) (object.x() + object.width() / 2) * aspect;
            float toY = (float) (object.y() + object.height());
            shifts.add(owner, toX, toY, toX - expectedX(track, time), toY - expectedY(track, time));
        }
    }

    private static float expectedX(Track track, long time) {
        return track.x() + track.velocityX() * ((time - track.lastTime()) / 1000f);
    }

    private static float expectedY(Track track, long time) {
        return track.y() + track.velocityY() * ((time - track.lastTime()) / 1000f);
    }

    /** Where objects are, and the offsets from where tracks are expected. */
    private static final class Shifts {
        private final float[] places;
        private final float[] offsets;
        private final int[] owners;
        private int n;

        Shifts(int capacity) {
            places = new float[2 * capacity];
            offsets = new float[2 * capacity];
            owners = new int[capacity];
        }

        void clear() {
            n = 0;
        }

        void add(int owner, float x, float y, float dx, float dy) {
            if (n == owners.length) {
                return;
            }
            places[2 * n] = x;
            places[2 * n + 1] = y;
            offsets[2 * n] = dx;
            offsets[2 * n + 1] = dy;
            owners[n++] = owner;
        }

        boolean haveInCommon(int lost) {
            if (went(0, 0) > HARDLY_ANY * lost) {
                return false;
            }
            for (int i = 0; i < n; i++) {
                float dx = offsets[2 * i];
                float dy = offsets[2 * i + 1];
                if (isFar(dx, dy) && went(dx, dy) >= Math.max(MIN_OBJECTS, NEARLY_ALL * lost)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether there are some, and all are the same. */
        boolean areAlike() {
            return n > 0 && isFar(offsets[0], offsets[1]) && went(offsets[0], offsets[1]) == n;
        }

        boolean isAt(float x, float y) {
            for (int i = 0; i < n; i++) {
                if (isNear(places[2 * i] - x, places[2 * i + 1] - y)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isFar(float dx, float dy) {
            return dx * dx + dy * dy > MIN_SHIFT * MIN_SHIFT;
        }

        private static boolean isNear(float dx, float dy) {
            return dx * dx + dy * dy < TOLERANCE * TOLERANCE;
        }

        /** Number of lost objects for which this offset is possible. */
        private int went(float dx, float dy) {
            int count = 0;
            int last = -1;
            for (int i = 0; i < n; i++) {
                if (owners[i] != last && isNear(offsets[2 * i] - dx, offsets[2 * i + 1] - dy)) {
                    last = owners[i];
                    count++;
                }
            }
            return count;
        }
    }
}
