package io.atalaya.videoanalytics.track;

import io.atalaya.contracts.camera.DetectedObject;

import java.util.List;

/**
 * Detects that all objects in the view shift by the same offset from one frame to the next, because
 * the camera was knocked. The tracker may keep ids or assign new ones. In both cases objects of the
 * same class and size keep their relative positions.
 */
final class ViewShiftDetector {
    /** Fewer objects may agree by chance. */
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

    private final float aspect;

    /**
     * @param aspect image width over height
     */
    ViewShiftDetector(float aspect) {
        this.aspect = aspect;
    }

    /**
     * Compares the objects of the previous frame whose id is lost with the new ones of this frame.
     * Lost ids prove nothing if ids never last: a detector without a tracker loses all of them in
     * every frame.
     *
     * @param continued number of ids that continued the same object
     */
    boolean hasShifted(List<Track> tracks, List<DetectedObject> unnamed, int continued, long time) {
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
        Shifts shifts = new Shifts();
        for (int i = 0; i < tracks.size() && lost < MAX_OBJECTS; i++) {
            Track track = tracks.get(i);
            if (track.lastTime() == before && track.motionMillis() > 0 && !track.isClipped()) {
                compare(track, shifts, lost, unnamed, time);
                lost++;
            }
        }
        return lost >= MIN_OBJECTS && continued <= HARDLY_ANY * lost && shifts.haveInCommon(lost);
    }

    private void compare(
            Track track, Shifts shifts, int owner, List<DetectedObject> unnamed, long time) {
        float seconds = (time - track.lastTime()) / 1000f;
        float x = track.x() + track.velocityX() * seconds;
        float y = track.y() + track.velocityY() * seconds;
        for (int i = 0; i < Math.min(MAX_OBJECTS, unnamed.size()); i++) {
            DetectedObject object = unnamed.get(i);
            ObjectClass kind = ObjectClass.of(object.type());
            float size = kind.sizeOf((float) object.width() * aspect, (float) object.height());
            if (kind == track.kind()
                    && Math.abs((float) Math.log(size / track.size())) < SAME_SIZE) {
                shifts.add(
                        owner,
                        (float) (object.x() + object.width() / 2) * aspect - x,
                        (float) (object.y() + object.height()) - y);
            }
        }
    }

    /** Offsets from each lost object to each new one; created only when needed. */
    private static final class Shifts {
        private final float[] offsets = new float[2 * MAX_OBJECTS * MAX_OBJECTS];
        private final int[] owners = new int[MAX_OBJECTS * MAX_OBJECTS];
        private int n;

        void add(int owner, float dx, float dy) {
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
                if (dx * dx + dy * dy > MIN_SHIFT * MIN_SHIFT
                        && went(dx, dy) >= Math.max(MIN_OBJECTS, NEARLY_ALL * lost)) {
                    return true;
                }
            }
            return false;
        }

        /** Number of lost objects for which this offset is possible. */
        private int went(float dx, float dy) {
            int count = 0;
            int last = -1;
            for (int i = 0; i < n; i++) {
                float offX = offsets[2 * i] - dx;
                float offY = offsets[2 * i + 1] - dy;
                if (owners[i] != last && offX * offX + offY * offY < TOLERANCE * TOLERANCE) {
                    last = owners[i];
                    count++;
                }
            }
            return count;
        }
    }
}
