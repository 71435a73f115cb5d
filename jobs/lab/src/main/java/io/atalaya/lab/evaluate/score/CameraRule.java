package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.simulator.truth.GroundTruth;

import java.time.Instant;
import java.util.List;

/**
 * One type of camera anomaly: an alert of the same camera that overlaps it in time. False alerts
 * are not counted, because the ground truth does not give what excuses an alert.
 *
 * @param type of the alerts
 */
record CameraRule(String type) implements Rule {
    @Override
    public List<Expected> expected(GroundTruth truth) {
        return truth.cameraAnomalies().stream()
                .filter(anomaly -> anomaly.type().equals(type))
                .map(
                        anomaly ->
                                new Expected(
                                        null,
                                        anomaly.deviceId(),
                                        anchors(anomaly.deviceId(), anomaly.trackIds()),
                                        true,
                                        anomaly.start(),
                                        anomaly.end(),
                                        List.of(),
                                        List.of(),
                                        anomaly.trackIds(),
                                        anomaly.deviceId()
                                                + " from "
                                                + Instant.ofEpochMilli(anomaly.start())
                                                + " tracks "
                                                + anomaly.trackIds()))
                .toList();
    }

    @Override
    public boolean meets(ScoredAlert alert, Expected expected) {
        return alert.overlaps(expected.since(), expected.until(), expected.trackIds());
    }

    @Override
    public List<String> anchors(ScoredAlert alert) {
        return alert.deviceId() == null ? List.of() : anchors(alert.deviceId(), alert.trackIds());
    }

    /** Unusual trajectories are matched by track, because a minute contains many of them. */
    private List<String> anchors(String deviceId, List<String> trackIds) {
        return type.equals(AlertType.UNUSUAL_TRAJECTORY.wireName()) && !trackIds.isEmpty()
                ? trackIds.stream().map(id -> deviceId + "/" + id).toList()
                : List.of(deviceId);
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
