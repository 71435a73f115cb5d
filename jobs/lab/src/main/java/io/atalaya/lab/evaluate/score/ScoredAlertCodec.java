package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import java.util.List;

/** Parses alerts of every type, including types without a record in this build. */
public final class ScoredAlertCodec {
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_LIST = 1_000_000;
    private static final int MAX_TEXT = 4096;

    private ScoredAlertCodec() {}

    /**
     * Parses one alert.
     *
     * @param at arrival time of the record, epoch ms
     */
    public static ScoredAlert read(byte[] message, long at) throws InvalidRecordException {
        String alertId = null;
        Long revision = null;
        Alert.Status status = null;
        String type = null;
        Alert.Action action = null;
        Long startedAt = null;
        Long endedAt = null;
        double score = 0;
        int priority = 0;
        String device = null;
        Subject subject = new Subject(null, null, List.of());
        Evidence evidence = new Evidence(List.of(), null, null, null);
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "alertId" -> alertId = in.string(MAX_TEXT);
                    case "revision" -> revision = in.time();
                    case "status" -> status = in.oneOf(Alert.Status.class);
                    case "type" -> type = in.string(MAX_TEXT);
                    case "action" -> action = in.oneOf(Alert.Action.class);
                    case "startedAt" -> startedAt = in.time();
                    case "endedAt" -> endedAt = in.time();
                    case "score" -> score = in.number(0, 1);
                    case "priority" -> priority = in.integer(0, 100);
                    case "device" -> device = in.object(ScoredAlertCodec::device);
                    case "subject" -> subject = in.object(ScoredAlertCodec::subject);
                    case "evidence" -> evidence = in.object(ScoredAlertCodec::evidence);
                    default -> in.skip();
                }
            }
            in.required("alertId", alertId);
            in.required("revision", revision);
            in.required("status", status);
            in.required("type", type);
            in.required("action", action);
        }
        return new ScoredAlert(
                at,
                alertId,
                revision,
                status,
                type,
                action,
                subject.plate,
                subject.entryId,
                device,
                startedAt == null ? at : startedAt,
                endedAt,
                evidence.reads,
                subject.trackIds,
                score,
                priority,
                evidence.read,
                evidence.listed,
                evidence.ocrLogOdds);
    }

    private record Subject(String plate, String entryId, List<String> trackIds) {}

    private record Evidence(List<String> reads, String read, String listed, Double ocrLogOdds) {}

    private record Part(String name, double logOdds) {}

    private static String device(JsonIn in) throws InvalidRecordException {
        String id = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "id" -> id = in.string(MAX_TEXT);
                default -> in.skip();
            }
        }
        return id;
    }

    private static Subject subject(JsonIn in) throws InvalidRecordException {
        String plate = null;
        String entryId = null;
        List<String> trackIds = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "plate" -> plate = in.anyString(MAX_TEXT);
                case "entryId" -> entryId = in.string(MAX_TEXT);
                case "trackIds" -> trackIds = strings(in);
                default -> in.skip();
            }
        }
        return new Subject(plate, entryId, trackIds);
    }

    private static Evidence evidence(JsonIn in) throws InvalidRecordException {
        List<String> reads = List.of();
        Evidence comparison = new Evidence(List.of(), null, null, null);
        List<Part> parts = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "reads" -> reads = strings(in);
                case "comparison" -> comparison = in.object(ScoredAlertCodec::comparison);
                case "parts" -> parts = in.list(MAX_LIST, i -> i.object(ScoredAlertCodec::part));
                default -> in.skip();
            }
        }
        Double ocrLogOdds =
                parts.stream()
                        .filter(part -> ScoredAlert.OCR_VERIFICATION.equals(part.name))
                        .map(Part::logOdds)
                        .findFirst()
                        .orElse(null);
        return new Evidence(reads, comparison.read, comparison.listed, ocrLogOdds);
    }

    private static Part part(JsonIn in) throws InvalidRecordException {
        String name = null;
        double logOdds = 0;
        while (in.nextField()) {
            switch (in.field()) {
                case "name" -> name = in.string(MAX_TEXT);
                case "logOdds" -> logOdds = in.number(-1e6, 1e6);
                default -> in.skip();
            }
        }
        return new Part(name, logOdds);
    }

    private static Evidence comparison(JsonIn in) throws InvalidRecordException {
        String read = null;
        String listed = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "read" -> read = in.anyString(MAX_TEXT);
                case "listed" -> listed = in.anyString(MAX_TEXT);
                default -> in.skip();
            }
        }
        return new Evidence(List.of(), read, listed, null);
    }

    private static List<String> strings(JsonIn in) throws InvalidRecordException {
        return in.list(MAX_LIST, i -> i.string(MAX_TEXT));
    }
}
