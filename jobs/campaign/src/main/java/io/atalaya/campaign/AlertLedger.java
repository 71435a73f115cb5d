package io.atalaya.campaign;

import io.atalaya.campaign.Finding.Kind;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.topic.Topics;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Checks the invariants of all alerts of a world's jobs. */
final class AlertLedger {
    private static final OutputSchema SCHEMA = new OutputSchema(Topics.ALERTS);

    private final Map<String, Alert> last = new HashMap<>();
    private final Consumer<Finding> findings;
    private long count;

    AlertLedger(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /** Checks the next message. */
    void add(Alert alert) {
        count++;
        byte[] json = AlertCodec.write(alert);
        String type = alert.type().wireName();
        String faults = SCHEMA.faults(json);
        if (!faults.isEmpty()) {
            findings.accept(
                    new Finding(
                            Kind.INVALID_OUTPUT,
                            type + ": " + faults.replaceAll("\\d+", "n"),
                            faults + " in " + new String(json, StandardCharsets.UTF_8),
                            alert.deviceId()));
        }
        Alert before = last.put(alert.alertId(), alert);
        if (before != null
                && alert.revision() <= before.revision()
                && !isEmittedAgain(alert, before)) {
            boolean same = before.withDetectedAt(0).equals(alert.withDetectedAt(0));
            findings.accept(
                    new Finding(
                            Kind.REVISION,
                            type + (same ? ": repeated" : ": not rising"),
                            alert.alertId()
                                    + ": got revision "
                                    + alert.revision()
                                    + " "
                                    + alert.status()
                                    + " after "
                                    + before.revision()
                                    + " "
                                    + before.status(),
                            alert.deviceId()));
        }
    }

    /**
     * Checks that no camera alert is open at the end of the world, when cameras show nothing any
     * more. Plate alerts report passages and end without a message.
     */
    void requireAllOver() {
        for (Alert alert : last.values()) {
            boolean isOpen =
                    alert.status() == Alert.Status.NEW || alert.status() == Alert.Status.UPDATED;
            if (isOpen && alert.type().evidence() == CameraEvidence.class) {
                findings.accept(
                        new Finding(
                                Kind.ALERT_LEFT_OPEN,
                                alert.type().wireName(),
                                alert.alertId()
                                        + " "
                                        + alert.status()
                                        + " of "
                                        + alert.lifecycle().startedAt(),
                                alert.deviceId()));
            }
        }
    }

    /**
     * An alert emitted again from the start after arrival times went back; a job keeps no state of
     * an alert that ended long ago.
     */
    private static boolean isEmittedAgain(Alert alert, Alert before) {
        return alert.status() == Alert.Status.NEW && alert.causedAt() < before.causedAt();
    }

    long count() {
        return count;
    }

    int alerts() {
        return last.size();
    }
}
