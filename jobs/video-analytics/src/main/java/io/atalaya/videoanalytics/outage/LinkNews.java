package io.atalaya.videoanalytics.outage;

import io.atalaya.alert.Alert;

/** What is known of the link of one camera. */
public sealed interface LinkNews {
    String deviceId();

    /** Arrival clock, epoch ms. */
    long at();

    /** Whether the camera sends without long pauses. */
    record Steady(String deviceId, long at, boolean steady) implements LinkNews {}

    /** Nothing has come of a steady camera for some seconds, the last at {@code since}. */
    record Quiet(String deviceId, long at, long since) implements LinkNews {}

    /** Something came again. */
    record Heard(String deviceId, long at) implements LinkNews {}

    /** The camera is silent, or is no longer. */
    record Silence(Alert alert) implements LinkNews {
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
