package io.atalaya.alert;

import io.atalaya.hotlist.HotlistEntry;
import io.atalaya.hotlist.HotlistEntryJson;
import io.atalaya.json.InvalidRecordException;
import io.atalaya.json.JsonIn;
import io.atalaya.json.JsonOut;
import io.atalaya.plate.Compass;
import io.atalaya.plate.CompassJson;
import io.atalaya.plate.Vehicle;
import io.atalaya.plate.VehicleJson;

import java.io.IOException;
import java.util.List;

/** The codec of topic {@code alerts}. Times are epoch milliseconds. */
public final class AlertJson {
    public static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_TEXT = 4096;
    private static final int MAX_LIST = 100_000;

    private AlertJson() {}

    /** Writes one message. */
    public static byte[] write(Alert alert) {
        return JsonOut.object(
                out -> {
                    out.string("alertId", alert.alertId());
                    out.number("revision", alert.revision());
                    out.name("status", alert.status());
                    out.string("type", alert.type().wireName());
                    out.number("time", alert.time());
                    out.number("detectedAt", alert.detectedAt());
                    out.name("action", alert.action());
                    out.number("startedAt", alert.startedAt());
                    out.number("endedAt", alert.endedAt());
                    out.string("site", alert.site());
                    out.object("device", alert.device(), AlertJson::writePlace);
                    out.object("subject", alert.subject(), AlertJson::writeSubject);
                    out.number("score", alert.score());
                    out.number("priority", alert.priority());
                    out.object(
                            "headline",
                            alert.headline(),
                            (headline, o) -> {
                                o.string("es", headline.es());
                                o.string("en", headline.en());
                            });
                    out.object("evidence", alert.evidence(), AlertJson::writeEvidence);
                    out.object("entry", alert.entry(), HotlistEntryJson::write);
                    out.bool("covert", alert.covert());
                    out.strings("notify", alert.notified());
                });
    }

    /**
     * Reads one message.
     *
     * @param at the record's timestamp
     */
    public static Alert read(byte[] message, long at) throws InvalidRecordException {
        String alertId = null;
        Integer revision = null;
        Alert.Status status = null;
        AlertType type = null;
        Long time = null;
        Long detectedAt = null;
        Alert.Action action = null;
        Long startedAt = null;
        Long endedAt = null;
        String site = null;
        Alert.Place device = null;
        Alert.Subject subject = null;
        Double score = null;
        Integer priority = null;
        Alert.Headline headline = null;
        HotlistEvidence evidence = null;
        HotlistEntry entry = null;
        boolean covert = false;
        List<String> notify = List.of();
        try (JsonIn in = JsonIn.object(message, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "alertId" -> alertId = in.string(128);
                    case "revision" -> revision = in.integer(1, Integer.MAX_VALUE);
                    case "status" -> status = in.oneOf(Alert.Status.class);
                    case "type" -> type = type(in);
                    case "time" -> time = in.time();
                    case "detectedAt" -> detectedAt = in.time();
                    case "action" -> action = in.oneOf(Alert.Action.class);
                    case "startedAt" -> startedAt = in.time();
                    case "endedAt" -> endedAt = in.time();
                    case "site" -> site = in.anyString(MAX_TEXT);
                    case "device" -> device = in.object(AlertJson::place);
                    case "subject" -> subject = in.object(AlertJson::subject);
                    case "score" -> score = in.number(0, 1);
                    case "priority" -> priority = in.integer(0, 100);
                    case "headline" -> headline = in.object(AlertJson::headline);
                    case "evidence" -> evidence = in.object(AlertJson::evidence);
                    case "entry" -> entry = in.object(HotlistEntryJson::read);
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
        }
        return new Alert(
                alertId,
                revision,
                status,
                type,
                time,
                detectedAt,
                action,
                startedAt,
                endedAt,
                site,
                device,
                subject,
                score,
                priority,
                headline,
                evidence,
                entry,
                covert,
                notify,
                at);
    }

    private static AlertType type(JsonIn in) throws InvalidRecordException {
        String name = in.string(64);
        for (AlertType type : AlertType.values()) {
            if (type.wireName().equals(name)) {
                return type;
            }
        }
        throw in.invalid(name, "a known alert type");
    }

    private static void writePlace(Alert.Place place, JsonOut out) throws IOException {
        out.string("id", place.id());
        out.number("latitude", place.latitude());
        out.number("longitude", place.longitude());
    }

    private static Alert.Place place(JsonIn in) throws InvalidRecordException {
        String id = null;
        Double latitude = null;
        Double longitude = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "id" -> id = in.string(MAX_TEXT);
                case "latitude" -> latitude = in.number(-90, 90);
                case "longitude" -> longitude = in.number(-180, 180);
                default -> in.skip();
            }
        }
        return new Alert.Place(in.required("id", id), latitude, longitude);
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
                case "plate" -> plate = in.anyString(64);
                case "entryId" -> entryId = in.string(MAX_TEXT);
                case "trackIds" -> trackIds = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                default -> in.skip();
            }
        }
        return new Alert.Subject(plate, entryId, trackIds);
    }

    private static Alert.Headline headline(JsonIn in) throws InvalidRecordException {
        String es = null;
        String en = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "es" -> es = in.anyString(MAX_TEXT);
                case "en" -> en = in.anyString(MAX_TEXT);
                default -> in.skip();
            }
        }
        return new Alert.Headline(es, en);
    }

    private static void writeEvidence(HotlistEvidence evidence, JsonOut out) throws IOException {
        out.strings("reads", evidence.reads());
        out.strings("images", evidence.images());
        out.object(
                "read",
                evidence.read(),
                (read, o) -> {
                    o.string("readId", read.readId());
                    o.string("plate", read.plate());
                    o.number("confidence", read.confidence());
                    o.number("lane", read.lane());
                    o.name("direction", read.direction());
                    o.number("speedKmh", read.speedKmh());
                    o.object("vehicle", read.vehicle(), VehicleJson::write);
                    o.bool("clockSuspect", read.clockSuspect());
                });
        out.object(
                "comparison",
                evidence.comparison(),
                (comparison, o) -> {
                    o.string("kind", comparison.kind());
                    o.string("read", comparison.read());
                    o.string("listed", comparison.listed());
                    o.string("differs", comparison.differs());
                });
        out.objects(
                "parts",
                evidence.parts(),
                (part, o) -> {
                    o.string("name", part.name());
                    o.number("logOdds", part.logOdds());
                    o.string("es", part.es());
                    o.string("en", part.en());
                });
        out.number("count", evidence.count());
        out.objects(
                "track",
                evidence.track(),
                (sighting, o) -> {
                    o.string("readId", sighting.readId());
                    o.string("device", sighting.device());
                    o.number("time", sighting.time());
                    o.string("plate", sighting.plate());
                    o.number("latitude", sighting.latitude());
                    o.number("longitude", sighting.longitude());
                });
        out.bool("retrospective", evidence.retrospective());
    }

    private static HotlistEvidence evidence(JsonIn in) throws InvalidRecordException {
        List<String> reads = List.of();
        List<String> images = List.of();
        HotlistEvidence.Read read = null;
        HotlistEvidence.Comparison comparison = null;
        List<HotlistEvidence.Part> parts = List.of();
        int count = 1;
        List<HotlistEvidence.Sighting> track = List.of();
        boolean retrospective = false;
        while (in.nextField()) {
            switch (in.field()) {
                case "reads" -> reads = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                case "images" -> images = in.list(MAX_LIST, i -> i.string(MAX_TEXT));
                case "read" -> read = in.object(AlertJson::plateRead);
                case "comparison" -> comparison = in.object(AlertJson::comparison);
                case "parts" -> parts = in.list(MAX_LIST, i -> i.object(AlertJson::part));
                case "count" -> count = in.integer(1, Integer.MAX_VALUE);
                case "track" -> track = in.list(MAX_LIST, i -> i.object(AlertJson::sighting));
                case "retrospective" -> retrospective = in.bool();
                default -> in.skip();
            }
        }
        return new HotlistEvidence(
                reads, images, read, comparison, parts, count, track, retrospective);
    }

    private static HotlistEvidence.Read plateRead(JsonIn in) throws InvalidRecordException {
        String readId = null;
        String plate = null;
        double confidence = 0;
        Integer lane = null;
        Compass direction = null;
        Double speedKmh = null;
        Vehicle vehicle = null;
        boolean clockSuspect = false;
        while (in.nextField()) {
            switch (in.field()) {
                case "readId" -> readId = in.string(MAX_TEXT);
                case "plate" -> plate = in.anyString(64);
                case "confidence" -> confidence = in.number(0, 1);
                case "lane" -> lane = in.integer(0, 255);
                case "direction" -> direction = CompassJson.read(in);
                case "speedKmh" -> speedKmh = in.number(0, 500);
                case "vehicle" -> vehicle = in.object(VehicleJson::read);
                case "clockSuspect" -> clockSuspect = in.bool();
                default -> in.skip();
            }
        }
        return new HotlistEvidence.Read(
                in.required("readId", readId),
                plate,
                confidence,
                lane,
                direction,
                speedKmh,
                vehicle,
                clockSuspect);
    }

    private static HotlistEvidence.Comparison comparison(JsonIn in) throws InvalidRecordException {
        String kind = null;
        String read = null;
        String listed = null;
        String differs = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "kind" -> kind = in.string(32);
                case "read" -> read = in.anyString(64);
                case "listed" -> listed = in.anyString(64);
                case "differs" -> differs = in.anyString(64);
                default -> in.skip();
            }
        }
        return new HotlistEvidence.Comparison(kind, read, listed, differs);
    }

    private static HotlistEvidence.Part part(JsonIn in) throws InvalidRecordException {
        String name = null;
        double logOdds = 0;
        String es = null;
        String en = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "name" -> name = in.string(64);
                case "logOdds" -> logOdds = in.number(-1e6, 1e6);
                case "es" -> es = in.anyString(MAX_TEXT);
                case "en" -> en = in.anyString(MAX_TEXT);
                default -> in.skip();
            }
        }
        return new HotlistEvidence.Part(in.required("name", name), logOdds, es, en);
    }

    private static HotlistEvidence.Sighting sighting(JsonIn in) throws InvalidRecordException {
        String readId = null;
        String device = null;
        Long time = null;
        String plate = null;
        Double latitude = null;
        Double longitude = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "readId" -> readId = in.string(MAX_TEXT);
                case "device" -> device = in.string(MAX_TEXT);
                case "time" -> time = in.time();
                case "plate" -> plate = in.anyString(64);
                case "latitude" -> latitude = in.number(-90, 90);
                case "longitude" -> longitude = in.number(-180, 180);
                default -> in.skip();
            }
        }
        return new HotlistEvidence.Sighting(
                in.required("readId", readId),
                in.required("device", device),
                in.required("time", time),
                plate,
                latitude,
                longitude);
    }
}
