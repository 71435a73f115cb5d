package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

/** What is known of the link of one camera. */
public sealed interface LinkEvent extends Traceable {
    String deviceId();

    /** Arrival clock, epoch ms. */
    long at();

    /** Of the message whose arrival says so; unknown where it is that none has come. */
    RecordPosition position();

    @Override
    default Origin origin() {
        byte[] description =
                JsonOut.object(
                        out -> {
                            out.string("deviceId", deviceId());
                            out.string("link", getClass().getSimpleName());
                            out.number("arrival", at());
                        });
        return Origin.of(deviceId(), position().in(Topics.CAMERA_FRAMES), description);
    }

    /** Whether the camera sends without long pauses. */
    record SteadinessChanged(String deviceId, long at, boolean steady, RecordPosition position)
            implements LinkEvent {}

    /** Nothing has come of a steady camera for some seconds, the last at {@code since}. */
    record WentQuiet(String deviceId, long at, long since, RecordPosition position)
            implements LinkEvent {}

    /** Something came again. */
    record Resumed(String deviceId, long at, RecordPosition position) implements LinkEvent {}

    /** The camera is silent, or is no longer. */
    record SilenceAlerted(Alert alert, RecordPosition position) implements LinkEvent {
        @Override
        public String deviceId() {
            return alert.device().id();
        }

        @Override
        public long at() {
            return alert.at();
        }
    }
}
