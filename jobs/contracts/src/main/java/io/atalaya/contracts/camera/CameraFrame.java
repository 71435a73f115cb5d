package io.atalaya.contracts.camera;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

import java.util.List;

/**
 * One message of topic {@code camera-frames}: what a camera's detector and tracker saw in one
 * frame.
 *
 * <p>Not every source sends a frame whole. Some send an object a message: their frames are {@code
 * partial}, and belong together with those of the same camera that have the same {@code frameId},
 * or nearly the same time. Some leave out what stands still: an object that is {@code idle} stays
 * where it is until it is seen anew or its id is among {@code gone}. Who looks at frames one by one
 * puts them together first.
 *
 * @param time the camera's own clock, epoch ms
 * @param frameId the frame's number, or null
 * @param objects possibly none: an empty frame says that the camera is alive
 * @param partial other messages hold more of the same moment
 * @param gone ids of which the source says that they are no more, cut as those of objects are
 * @param position of the message in topic {@code camera-frames}; it says nothing of what was seen
 */
public record CameraFrame(
        String deviceId,
        long time,
        Long frameId,
        List<DetectedObject> objects,
        boolean partial,
        List<String> gone,
        RecordPosition position)
        implements Traceable {

    public CameraFrame {
        if (!gone.isEmpty()) {
            gone = gone.stream().map(DetectedObject::cut).toList();
        }
    }

    /** A frame in which everything is that was seen. */
    public CameraFrame(String deviceId, long time, Long frameId, List<DetectedObject> objects) {
        this(deviceId, time, frameId, objects, false, List.of());
    }

    /** A frame of which it is unknown in which message it came. */
    public CameraFrame(
            String deviceId,
            long time,
            Long frameId,
            List<DetectedObject> objects,
            boolean partial,
            List<String> gone) {
        this(deviceId, time, frameId, objects, partial, gone, RecordPosition.UNKNOWN);
    }

    /** The same frame at another time. */
    public CameraFrame at(long other) {
        return other == time
                ? this
                : new CameraFrame(deviceId, other, frameId, objects, partial, gone, position);
    }

    /** The same frame, of the message at that position. */
    public CameraFrame from(RecordPosition message) {
        return new CameraFrame(deviceId, time, frameId, objects, partial, gone, message);
    }

    @Override
    public Origin origin() {
        return Origin.of(deviceId, position.in(Topics.CAMERA_FRAMES), CameraFrameCodec.write(this));
    }
}
