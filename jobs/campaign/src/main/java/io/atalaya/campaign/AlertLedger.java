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

/** What must hold of all alerts that a world's jobs have put out. */
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
                            device(alert)));
        }
        Alert before = last.put(alert.alertId(), alert);
        if (before != null
                && alert.revision() <= before.revision()
                && !isEmittedAgain(alert, before)) {
            boolean same = before.detectedAt(0).equals(alert.detectedAt(0));
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
                            device(alert)));
        }
    }

    /**
     * At the end of the world nothing goes on any more before any camera. Alerts about plates
     * report passages: they are over without a message.
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
                                alert.alertId() + " " + alert.status() + " of " + alert.startedAt(),
                                device(alert)));
            }
        }
    }

    /**
     * Told from the start again by an arrival clock that was set back. Nothing is left of an alert
     * that is long over.
     */
    private static boolean isEmittedAgain(Alert alert, Alert before) {
        return alert.status() == Alert.Status.NEW && alert.at() < before.at();
    }

    private static String device(Alert alert) {
        return alert.device() == null ? null : alert.device().id();
    }

    long count() {
        return count;
    }

    int alerts() {
        return last.size();
    }
}
