package io.atalaya.contracts.alert;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.json.JsonOut;
import io.atalaya.contracts.text.Text;

import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32;

/** The codec of topic {@code alerts}. Times are epoch milliseconds. */
public final class AlertCodec {
    public static final int MAX_BYTES = 1024 * 1024;

    static final int MAX_ID = 128;
    static final int MAX_TEXT = 4096;
    static final int MAX_NAME = 64;
    static final int MAX_PLATE = 64;
    static final int MAX_LIST = 100_000;
    static final double MAX_LATITUDE = 90;
    static final double MAX_LONGITUDE = 180;

    private AlertCodec() {}

    /** A latitude or null, checked. */
    static Double latitude(String field, Double value) {
        return Field.numberOrNull(field, value, -MAX_LATITUDE, MAX_LATITUDE);
    }

    /** A longitude or null, checked. */
    static Double longitude(String field, Double value) {
        return Field.numberOrNull(field, value, -MAX_LONGITUDE, MAX_LONGITUDE);
    }

    /** Checks a translation. The words of other texts are checked when they are written. */
    static void check(String field, Text text) {
        if (text instanceof Text.Translation words) {
            Field.textOrNull(field + ".es", words.es(), 0, MAX_TEXT);
            Field.textOrNull(field + ".en", words.en(), 0, MAX_TEXT);
        }
    }

    /** Writes a text in both languages. */
    static void writeText(String field, Text text, JsonOut out) throws IOException {
        Text words = new Text.Translation(text.es(), text.en());
        check(field, words);
        out.string("es", words.es());
        out.string("en", words.en());
    }

    /**
     * Writes one message.
     *
     * @throws IllegalArgumentException if it has more bytes than the topic takes
     */
    public static byte[] write(Alert alert) {
        byte[] message = JsonOut.object(out -> write(alert, out));
        if (message.length > MAX_BYTES) {
            throw Field.fault(
                    "alert " + alert.alertId(),
                    message.length + " bytes",
                    "at most " + MAX_BYTES + " bytes");
        }
        return message;
    }

    /**
     * A checksum of the contents, to compare them with those of the last message: of everything but
     * {@code revision} and {@code detectedAt}.
     */
    public static int digest(Alert alert) {
        CRC32 crc = new CRC32();
        crc.update(write(alert.as(alert.status(), 1).withDetectedAt(0)));
        return (int) crc.getValue();
    }

    private static void write(Alert alert, JsonOut out) throws IOException {
        Alert.Emission emission = alert.emission();
        Alert.Lifecycle lifecycle = alert.lifecycle();
        Alert.Assessment assessment = alert.assessment();
        out.string("alertId", alert.alertId());
        out.number("revision", emission.revision());
        out.name("status", lifecycle.status());
        out.string("type", alert.type().wireName());
        out.number("time", lifecycle.time());
        out.number("detectedAt", emission.detectedAt());
        out.name("action", assessment.action());
        out.number("startedAt", lifecycle.startedAt());
        out.number("endedAt", lifecycle.endedAt());
        out.string("site", alert.place().site());
        out.object("device", alert.place().device(), AlertCodec::writeDevice);
        out.object("subject", alert.subject(), AlertCodec::writeSubject);
        out.number("score", assessment.score());
        out.number("priority", assessment.priority());
        out.object("headline", assessment.headline(), (text, o) -> writeText("headline", text, o));
        out.object("evidence", alert.evidence(), EvidenceCodec::write);
        out.object("entry", alert.entry(), HotlistEntryCodec::write);
        out.bool("covert", alert.disclosure().covert());
        out.strings("notify", alert.disclosure().notified());
    }

    /**
     * Reads one message.
     *
     * @param at the record's timestamp
     */
    public static Alert read(byte[] message, long at) throws InvalidRecordException {
        String alertId = null;
        Long revision = null;
        Alert.Status status = null;
        AlertType type = null;
        Long time = null;
        Long detectedAt = null;
        Alert.Action action = null;
        Long startedAt = null;
        Long endedAt = null;
        String site = null;
        Alert.Device device = null;
        Alert.Subject subject = null;
        Double score = null;
        Integer priority = null;
        Text headline = null;
        JsonIn.Deferred evidence = null;
        HotlistEntry entry = null;
        boolean covert = false;
        List<String> notify = List.of();
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "alertId" -> alertId = in.string(MAX_ID);
                    case "revision" -> revision = in.time();
                    case "status" -> status = in.oneOf(Alert.Status.class);
                    case "type" -> type = type(in);
                    case "time" -> time = in.time();
                    case "detectedAt" -> detectedAt = in.time();
                    case "action" -> action = in.oneOf(Alert.Action.class);
                    case "startedAt" -> startedAt = in.time();
                    case "endedAt" -> endedAt = in.time();
                    case "site" -> site = in.anyString(MAX_TEXT);
                    case "device" -> device = in.object(AlertCodec::device);
                    case "subject" -> subject = in.object(AlertCodec::subject);
                    case "score" -> score = in.number(0, 1);
                    case "priority" -> priority = in.integer(0, 100);
                    case "headline" -> headline = in.object(AlertCodec::headline);
                    case "evidence" -> evidence = in.deferred();
                    case "entry" -> entry = in.object(HotlistEntryCodec::read);
                    case "covert" -> covert = in.bool();
                    case "notify" -> notify = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                    default -> in.skip();
                }
            }
            in.required("alertId", alertId);
            in.required("revision", revision);
            in.required("status", status);
            in.required("type", type);
            in.required("time", time);
            in.required("detectedAt", detectedAt);
            in.required("action", action);
            in.required("startedAt", startedAt);
            in.required("subject", subject);
            in.required("score", score);
            in.required("priority", priority);
            String end = Alert.expectedEnd(status, endedAt);
            if (end != null) {
                throw in.invalid("endedAt", endedAt, end);
            }
        }
        return new Alert(
                new Alert.Identity(alertId, type),
                new Alert.Emission(revision, at, detectedAt),
                new Alert.Lifecycle(status, time, startedAt, endedAt),
                new Alert.Place(site, device),
                subject,
                new Alert.Assessment(action, score, priority, headline),
                EvidenceCodec.read(type, evidence),
                entry,
                new Alert.Disclosure(covert, notify));
    }

    private static AlertType type(JsonIn in) throws InvalidRecordException {
        String name = in.string(MAX_NAME);
        for (AlertType type : AlertType.values()) {
            if (type.wireName().equals(name)) {
                return type;
            }
        }
        throw in.invalid(name, "a known alert type");
    }

    private static void writeDevice(Alert.Device device, JsonOut out) throws IOException {
        out.string("id", device.id());
        out.number("latitude", device.latitude());
        out.number("longitude", device.longitude());
    }

    private static Alert.Device device(JsonIn in) throws InvalidRecordException {
        String id = null;
        Double latitude = null;
        Double longitude = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "id" -> id = in.string(MAX_TEXT);
                case "latitude" -> latitude = in.number(-MAX_LATITUDE, MAX_LATITUDE);
                case "longitude" -> longitude = in.number(-MAX_LONGITUDE, MAX_LONGITUDE);
                default -> in.skip();
            }
        }
        return new Alert.Device(in.required("id", id), latitude, longitude);
    }

    private static void writeSubject(Alert.Subject subject, JsonOut out) throws IOException {
        out.string("plate", subject.plate());
        out.string("entryId", subject.entryId());
        out.strings("trackIds", subject.trackIds());
    }

    private static Alert.Subject subject(JsonIn in) throws InvalidRecordException {
        String plate = null;
        String entryId = null;
        List<String> trackIds = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "plate" -> plate = in.anyString(MAX_PLATE);
                case "entryId" -> entryId = in.string(MAX_TEXT);
                case "trackIds" -> trackIds = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                default -> in.skip();
            }
        }
        return new Alert.Subject(plate, entryId, trackIds);
    }

    private static Text headline(JsonIn in) throws InvalidRecordException {
        String es = null;
        String en = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "es" -> es = in.anyString(MAX_TEXT);
                case "en" -> en = in.anyString(MAX_TEXT);
                default -> in.skip();
            }
        }
        return new Text.Translation(es, en);
    }
}
