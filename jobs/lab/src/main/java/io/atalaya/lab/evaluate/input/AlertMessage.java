package io.atalaya.lab.evaluate.input;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.lab.evaluate.score.ScoredAlert;

import java.util.List;

/** The fields that scoring needs of a message of any alert type, known to this build or not. */
record AlertMessage(
        String alertId,
        Long revision,
        Alert.Status status,
        String type,
        Alert.Action action,
        Long startedAt,
        Long endedAt,
        double score,
        int priority,
        Device device,
        Subject subject,
        Evidence evidence) {
    record Device(String id) {}

    record Subject(String plate, String entryId, List<String> trackIds) {
        Subject {
            trackIds = trackIds == null ? List.of() : List.copyOf(trackIds);
        }
    }

    record Evidence(List<String> reads, Comparison comparison, List<Part> parts) {
        Evidence {
            reads = reads == null ? List.of() : List.copyOf(reads);
            comparison = comparison == null ? new Comparison(null, null) : comparison;
            parts = parts == null ? List.of() : parts;
        }
    }

    record Comparison(String read, String listed) {}

    record Part(String name, double logOdds) {}

    AlertMessage {
        device = device == null ? new Device(null) : device;
        subject = subject == null ? new Subject(null, null, null) : subject;
        evidence = evidence == null ? new Evidence(null, null, null) : evidence;
    }

    /**
     * Reads a message.
     *
     * @param arrivalTime timestamp of the record, epoch ms
     */
    static ScoredAlert read(byte[] json, long arrivalTime) throws InvalidRecordException {
        AlertMessage message = JsonRecords.read(json, AlertMessage.class);
        require("alertId", message.alertId);
        require("revision", message.revision);
        require("status", message.status);
        require("type", message.type);
        require("action", message.action);
        if (!(message.score >= 0 && message.score <= 1)) {
            throw new InvalidRecordException("score", message.score, "a number from 0 to 1");
        }
        if (message.priority < 0 || message.priority > 100) {
            throw new InvalidRecordException(
                    "priority", message.priority, "a whole number from 0 to 100");
        }
        return new ScoredAlert(
                arrivalTime,
                message.alertId,
                message.revision,
                message.status,
                message.type,
                message.action,
                message.subject.plate,
                message.subject.entryId,
                message.device.id,
                message.startedAt == null ? arrivalTime : message.startedAt,
                message.endedAt,
                message.evidence.reads,
                message.subject.trackIds,
                message.score,
                message.priority,
                message.evidence.comparison.read,
                message.evidence.comparison.listed,
                message.evidence.parts.stream()
                        .filter(part -> ScoredAlert.OCR_VERIFICATION.equals(part.name))
                        .map(Part::logOdds)
                        .findFirst()
                        .orElse(null));
    }

    private static void require(String field, Object value) throws InvalidRecordException {
        if (value == null) {
            throw new InvalidRecordException(field, null, "a value: the field is required");
        }
    }
}
