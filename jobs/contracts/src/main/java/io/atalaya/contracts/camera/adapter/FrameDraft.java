package io.atalaya.contracts.camera.adapter;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.json.InvalidRecordException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Builds a frame from a vendor's message, object by object. */
public final class FrameDraft {
    private final String deviceId;
    private final long deviceTime;
    private final Long frameId;
    private final List<DetectedObject> objects = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Map<String, Integer> namesakes = new HashMap<>();
    private final Set<String> removedTrackIds = new HashSet<>();
    private final List<String> removedInOrder = new ArrayList<>();

    /**
     * @param deviceTime device time, epoch ms
     * @param frameId or null
     */
    public FrameDraft(String deviceId, long deviceTime, Long frameId) {
        this.deviceId = deviceId;
        this.deviceTime = deviceTime;
        this.frameId = frameId;
    }

    /**
     * Adds an object. Faces and boxes without extent are left out. A repeated id gets a number,
     * because some sources give all objects that they do not track the same id.
     *
     * @param field that held the id, for error messages
     * @param type as the source names it; null, empty or longer than the maximum counts as unknown
     * @param box in fractions of the image, from the top left
     */
    public void add(String field, String id, String type, double confidence, Box box, boolean idle)
            throws InvalidRecordException {
        String trackId = id(field, id);
        String kind = type == null ? "" : type.strip();
        if (kind.isEmpty() || kind.length() > CameraFrameCodec.MAX_TYPE) {
            kind = DetectedObject.UNKNOWN;
        }
        if (isFace(kind) || box.isEmpty()) {
            return;
        }
        if (objects.size() == CameraFrameCodec.MAX_OBJECTS) {
            throw InvalidRecordException.fault(
                    field, "one object more", "at most " + CameraFrameCodec.MAX_OBJECTS);
        }
        objects.add(
                new DetectedObject(
                        unique(trackId),
                        kind,
                        confidence,
                        box.left(),
                        box.top(),
                        box.right() - box.left(),
                        box.bottom() - box.top(),
                        idle));
    }

    /** Records the id of an object that the source has removed. */
    public void removeTrack(String field, String id) throws InvalidRecordException {
        String trackId = id(field, id);
        if (removedInOrder.size() < CameraFrameCodec.MAX_GONE && removedTrackIds.add(trackId)) {
            removedInOrder.add(trackId);
        }
    }

    private static String id(String field, String id) throws InvalidRecordException {
        if (id == null || id.isBlank()) {
            throw new InvalidRecordException(field, id, "the object's id");
        }
        if (id.length() > CameraFrameCodec.MAX_TRACK_ID) {
            throw new InvalidRecordException(
                    field, id, "an id of at most " + CameraFrameCodec.MAX_TRACK_ID + " characters");
        }
        return id;
    }

    private String unique(String id) {
        String unique = id;
        while (!ids.add(unique)) {
            String number = "/" + (namesakes.merge(id, 1, Integer::sum) + 1);
            int kept = Math.min(id.length(), CameraFrameCodec.MAX_TRACK_ID - number.length());
            unique = id.substring(0, kept) + number;
        }
        return unique;
    }

    private static boolean isFace(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.equals("face") || lower.equals("humanface");
    }

    /** The complete frame. */
    public CameraFrame whole() {
        return frame(false);
    }

    /** The frame as a part that other messages complete. */
    public CameraFrame part() {
        return frame(true);
    }

    private CameraFrame frame(boolean partial) {
        return new CameraFrame(
                deviceId,
                deviceTime,
                frameId,
                List.copyOf(objects),
                partial,
                List.copyOf(removedInOrder));
    }

    /**
     * A box in fractions of the image, with the origin at the top left.
     *
     * @param right at least left
     * @param bottom at least top
     */
    public record Box(double left, double top, double right, double bottom) {
        /** Whether the box has no extent, which some sources send instead of no box. */
        public boolean isEmpty() {
            return right <= left || bottom <= top;
        }
    }
}
