package io.atalaya.contracts.camera;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

import java.util.List;

/**
 * One message of topic {@code camera-frames}: the output of a camera's detector and tracker for one
 * frame.
 *
 * <p>Some sources send one object per message: these frames are {@code isPartial} and belong
 * together with those of the same camera that have the same {@code frameId} or nearly the same
 * time. Some sources leave out stationary objects: an {@code isIdle} object stays where it is until
 * the source sends it again or lists its id in {@code removedTrackIds}. A consumer of single frames
 * assembles them first.
 *
 * @param deviceTime device time, epoch ms
 * @param frameId the frame's number, or null
 * @param objects may be empty: an empty frame shows that the camera is alive
 * @param isPartial whether other messages hold more of the same moment
 * @param removedTrackIds ids of objects that the source has removed, cut as those of objects are
 * @param position of the message in topic {@code camera-frames}; it carries no detections
 */
public record CameraFrame(
        String deviceId,
        long deviceTime,
        Long frameId,
        List<DetectedObject> objects,
        boolean isPartial,
        List<String> removedTrackIds,
        RecordPosition position)
        implements Traceable {

    public CameraFrame {
        if (!removedTrackIds.isEmpty()) {
            removedTrackIds = removedTrackIds.stream().map(DetectedObject::cut).toList();
        }
    }

    /** A complete frame. */
    public CameraFrame(
            String deviceId, long deviceTime, Long frameId, List<DetectedObject> objects) {
        this(deviceId, deviceTime, frameId, objects, false, List.of());
    }

    /** A frame whose message position is unknown. */
    public CameraFrame(
            String deviceId,
            long deviceTime,
            Long frameId,
            List<DetectedObject> objects,
            boolean isPartial,
            List<String> removedTrackIds) {
        this(
                deviceId,
                deviceTime,
                frameId,
                objects,
                isPartial,
                removedTrackIds,
                RecordPosition.UNKNOWN);
    }

    /** The same frame at another time. */
    public CameraFrame at(long other) {
        return other == deviceTime
                ? this
                : new CameraFrame(
                        deviceId, other, frameId, objects, isPartial, removedTrackIds, position);
    }

    /** The same frame with the position of its message. */
    public CameraFrame from(RecordPosition message) {
        return new CameraFrame(
                deviceId, deviceTime, frameId, objects, isPartial, removedTrackIds, message);
    }

    @Override
    public Origin origin() {
        return Origin.of(deviceId, position.in(Topics.CAMERA_FRAMES), CameraFrameCodec.write(this));
    }
}
