package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

import java.io.IOException;

/**
 * Input of a model from one camera, in the order of that camera's observations. An interval that
 * was hardly observed gives no observation, because a silent camera does not mean an empty street.
 */
public sealed interface Observation extends Traceable permits CompletedTrack, ActivitySample {
    CameraLocation location();

    /** Position of the message with the frame that completed it. */
    RecordPosition position();

    /** Arrival time of the frame that completed it, epoch ms. */
    long arrivalTime();

    /**
     * Whether an emitted episode explains it. Then the model learns from it, but raises no second
     * alert.
     */
    boolean isSuppressed();

    /** The model kind that scores it. */
    ModelKind kind();

    default String deviceId() {
        return location().deviceId();
    }

    /** Address of the same message, or null if unknown. */
    default RecordAddress address() {
        return position().in(Topics.CAMERA_FRAMES);
    }

    @Override
    default Origin origin() {
        byte[] description =
                JsonOut.object(
                        out -> {
                            out.string("deviceId", deviceId());
                            out.string("model", kind().model());
                            out.number("arrival", arrivalTime());
                            describe(out);
                        });
        return Origin.of(deviceId(), address(), description);
    }

    /** Writes a readable description. */
    void describe(JsonOut out) throws IOException;

    /**
     * A camera with its location, to which an observation belongs.
     *
     * @param site null if the camera is not registered
     * @param latitude null if unknown
     * @param longitude null if unknown
     */
    record CameraLocation(String deviceId, String site, Double latitude, Double longitude) {
        /**
         * @param device the registered camera, or null
         */
        public static CameraLocation of(String deviceId, Device device) {
            return device == null
                    ? new CameraLocation(deviceId, null, null, null)
                    : new CameraLocation(
                            deviceId, device.site(), device.latitude(), device.longitude());
        }
    }
}
