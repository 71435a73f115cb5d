package io.atalaya.cli.evaluate;

import io.atalaya.loadgenerator.Truth;

import java.time.Instant;
import java.util.List;

/**
 * One type of camera anomaly: an alert of the same camera that overlaps it in time. False ones are
 * not judged: which alerts beside an incident are excused takes more than the truth file.
 *
 * @param type of the alerts
 */
record CameraRule(String type) implements Rule {
    @Override
    public List<Expected> expected(Truth truth) {
        return truth.cameraAnomalies().stream()
                .filter(anomaly -> anomaly.type().equals(type))
                .map(
                        anomaly ->
                                new Expected(
                                        null,
                                        anomaly.deviceId(),
                                        List.of(anomaly.deviceId()),
                                        true,
                                        anomaly.start(),
                                        anomaly.end(),
                                        List.of(),
                                        List.of(),
                                        anomaly.deviceId()
                                                + " from "
                                                + Instant.ofEpochMilli(anomaly.start())
                                                + " tracks "
                                                + anomaly.trackIds()))
                .toList();
    }

    @Override
    public boolean meets(ScoredAlert alert, Expected expected) {
        return alert.startedAt() <= expected.until()
                && (alert.endedAt() == null || alert.endedAt() >= expected.since());
    }

    @Override
    public List<String> anchors(ScoredAlert alert) {
        return alert.deviceId() == null ? List.of() : List.of(alert.deviceId());
    }

    @Override
    public boolean knowsFalse() {
        return false;
    }

    @Override
    public String delayClock() {
        return "the anomaly's start";
    }
}
