package io.atalaya.lab.evaluate.input;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.lab.evaluate.score.ScoredAlert;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;

/** The fields that scoring needs of a message of any alert type, known to this build or not. */
record AlertMessage(
        String alertId,
        @EpochMillis Long revision,
        Alert.Status status,
        String type,
        Alert.Action action,
        @EpochMillis Long startedAt,
        @EpochMillis Long endedAt,
        @JsonProperty(defaultValue = "0") double score,
        @JsonProperty(defaultValue = "0") int priority,
        Device device,
        Subject subject,
        Evidence evidence) {
    private static final RecordCodec<AlertMessage> CODEC =
            new RecordCodec<>(AlertMessage.class, AlertCodec.MAX_BYTES);

    record Device(String id) {}

    record Subject(String plate, String entryId, List<String> trackIds) {
        Subject {
            trackIds = List.copyOf(trackIds);
        }
    }

    record Evidence(List<String> reads, Comparison comparison, List<Part> parts) {
        Evidence {
            reads = List.copyOf(reads);
            comparison = comparison == null ? new Comparison(null, null) : comparison;
            parts = List.copyOf(parts);
        }
    }

    record Comparison(String read, String listed) {}

    record Part(String name, @JsonProperty(defaultValue = "0") double logOdds) {}

    AlertMessage {
        device = device == null ? new Device(null) : device;
        subject = subject == null ? new Subject(null, null, List.of()) : subject;
        evidence = evidence == null ? new Evidence(List.of(), null, List.of()) : evidence;
    }

    /**
     * Reads a message.
     *
     * @param arrivalTime timestamp of the record, epoch ms
     */
    static ScoredAlert read(byte[] json, long arrivalTime) throws InvalidRecordException {
        AlertMessage message = CODEC.read(json);
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
            throw new InvalidRecordException(field, null, Field.REQUIRED);
        }
    }
}
