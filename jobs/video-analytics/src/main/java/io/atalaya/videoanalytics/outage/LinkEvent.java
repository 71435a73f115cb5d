package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

/** A change of the state of one camera's link. */
public sealed interface LinkEvent extends Traceable {
    String deviceId();

    /** Arrival time, epoch ms. */
    long arrivalTime();

    /** Position of the message that caused it; unknown if no message has come. */
    RecordPosition position();

    @Override
    default Origin origin() {
        byte[] description =
                JsonOut.object(
                        out -> {
                            out.string("deviceId", deviceId());
                            out.string("link", getClass().getSimpleName());
                            out.number("arrival", arrivalTime());
                        });
        return Origin.of(deviceId(), position().in(Topics.CAMERA_FRAMES), description);
    }

    /** Whether the camera now sends without long pauses. */
    record SteadinessChanged(
            String deviceId, long arrivalTime, boolean isSteady, RecordPosition position)
            implements LinkEvent {}

    /**
     * A steady camera has not sent for some seconds; its last frame arrived at {@code lastFrameAt}.
     */
    record WentQuiet(String deviceId, long arrivalTime, long lastFrameAt, RecordPosition position)
            implements LinkEvent {}

    /** The camera sends again. */
    record Resumed(String deviceId, long arrivalTime, RecordPosition position)
            implements LinkEvent {}

    /** An alert that the camera is silent, or a later revision of it. */
    record SilenceAlerted(Alert alert, RecordPosition position) implements LinkEvent {
        @Override
        public String deviceId() {
            return alert.deviceId();
        }

        /** After the alert's earlier revisions, also if a frame arrived before them. */
        @Override
        public long arrivalTime() {
            return Math.max(alert.causedAt(), alert.revision());
        }
    }
}
