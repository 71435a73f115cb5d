package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

import java.io.IOException;

/**
 * What a model is asked about: at one camera, and after all that was observed there before. A span
 * of which too little was seen is none: that a camera is silent does not mean that its street is
 * empty.
 */
public sealed interface Observation extends Traceable permits CompletedTrack, ActivitySample {
    CameraLocation location();

    /** Of the message that held the frame that completed it. */
    RecordPosition position();

    /** Arrival clock of the frame that completed it, epoch ms. */
    long at();

    /**
     * Whether people were told why it is as it is: the model learns from it, and nobody is told a
     * second time.
     */
    boolean explained();

    /** The model that it is for. */
    ModelKind kind();

    default String deviceId() {
        return location().deviceId();
    }

    /** Of the same message, or null if it is unknown. */
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
                            out.number("arrival", at());
                            describe(out);
                        });
        return Origin.of(deviceId(), address(), description);
    }

    /** Writes what was observed, for people. */
    void describe(JsonOut out) throws IOException;
}
