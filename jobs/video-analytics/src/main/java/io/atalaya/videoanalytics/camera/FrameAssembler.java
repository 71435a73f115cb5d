package io.atalaya.videoanalytics.camera;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.DetectedObject;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Joins frames that are sent with one object per message. A frame is complete when the next one
 * begins: with another frame number, or without numbers after 0.1 s or with an object that is
 * already in the frame. So the last frame waits for the next one; this loses nothing, because
 * silence is detected by the watermark.
 */
final class FrameAssembler {
    /** Parts of one frame have slightly different times and may overtake each other. */
    private static final long TOGETHER_MILLIS = 100;

    /**
     * A part that is older by up to this time belongs to a completed frame; an even older one means
     * that the clock jumped.
     */
    private static final long LATE_MILLIS = 5_000;

    /** Objects beyond this number are dropped, because they are not tracked. */
    private static final int MAX_OBJECTS = 256;

    private CameraFrame open;
    private final List<DetectedObject> objects = new ArrayList<>();
    private final List<String> removedTrackIds = new ArrayList<>();

    /**
     * Adds a message.
     *
     * @return a frame that is now complete: the same instance if it was sent whole, an earlier one,
     *     or null
     */
    CameraFrame add(CameraFrame sent) {
        if (!sent.isPartial()) {
            open = null;
            return sent;
        }
        if (open != null && isSameFrame(sent)) {
            addContents(sent);
            return null;
        }
        if (open != null
                && sent.deviceTime() < open.deviceTime()
                && open.deviceTime() - sent.deviceTime() <= LATE_MILLIS) {
            return null;
        }
        CameraFrame whole = open == null ? null : whole();
        open = sent;
        objects.clear();
        removedTrackIds.clear();
        addContents(sent);
        return whole;
    }

    private boolean isSameFrame(CameraFrame sent) {
        if (open.frameId() != null || sent.frameId() != null) {
            return Objects.equals(open.frameId(), sent.frameId());
        }
        return Math.abs(sent.deviceTime() - open.deviceTime()) <= TOGETHER_MILLIS
                && !isIn(sent.objects());
    }

    private boolean isIn(List<DetectedObject> sent) {
        for (DetectedObject each : sent) {
            for (DetectedObject seen : objects) {
                if (seen.trackId().equals(each.trackId())) {
                    return true;
                }
            }
        }
        return false;
    }

    private void addContents(CameraFrame sent) {
        addUpTo(sent.objects(), objects);
        addUpTo(sent.removedTrackIds(), removedTrackIds);
    }

    private static <T> void addUpTo(List<T> more, List<T> all) {
        all.addAll(more.subList(0, Math.min(more.size(), MAX_OBJECTS - all.size())));
    }

    private CameraFrame whole() {
        return new CameraFrame(
                open.deviceId(),
                open.deviceTime(),
                open.frameId(),
                List.copyOf(objects),
                false,
                List.copyOf(removedTrackIds));
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(open != null);
        if (open == null) {
            return;
        }
        out.writeUTF(open.deviceId());
        out.writeLong(open.deviceTime());
        out.writeLong(open.frameId() == null ? -1 : open.frameId());
        out.writeShort(objects.size());
        for (DetectedObject object : objects) {
            IdleObjects.write(object, out);
        }
        out.writeShort(removedTrackIds.size());
        for (String id : removedTrackIds) {
            out.writeUTF(id);
        }
    }

    static FrameAssembler read(DataInput in) throws IOException {
        FrameAssembler parts = new FrameAssembler();
        if (!in.readBoolean()) {
            return parts;
        }
        String deviceId = in.readUTF();
        long time = in.readLong();
        long frameId = in.readLong();
        parts.open =
                new CameraFrame(
                        deviceId, time, frameId < 0 ? null : frameId, List.of(), true, List.of());
        for (int n = in.readShort(); n > 0; n--) {
            parts.objects.add(IdleObjects.readObject(in));
        }
        for (int n = in.readShort(); n > 0; n--) {
            parts.removedTrackIds.add(in.readUTF());
        }
        return parts;
    }
}
