package io.atalaya.simulator.truth;

import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;

import java.util.List;

/** The reading half of {@link GroundTruthCodec}. */
final class GroundTruthReader {
    /** Enough for a day of a large city; the whole file is held in memory. */
    private static final int MAX_BYTES = 1 << 30;

    private static final int MAX_LIST = 50_000_000;
    private static final int MAX_TEXT = 256;

    private GroundTruthReader() {}

    static GroundTruth read(byte[] json) throws InvalidRecordException {
        long seed = 0;
        Long start = null;
        int minutes = 0;
        List<GroundTruth.Entry> entries = List.of();
        List<GroundTruth.WantedPassage> wanted = List.of();
        List<GroundTruth.Clone> clones = List.of();
        List<GroundTruth.Convoy> convoys = List.of();
        List<String> mismatches = List.of();
        List<String> unclear = List.of();
        int cameras = 0;
        // Null unless cameras film for longer or shorter than the traffic lasts.
        Integer cameraMinutes = null;
        List<GroundTruth.CameraEpisode> episodes = List.of();
        List<GroundTruth.CameraEpisode> speeds = List.of();
        GroundTruth.Outage outage = null;
        List<GroundTruth.Passage> passages = List.of();
        try (JsonIn in = JsonIn.object(json, MAX_BYTES)) {
            while (in.nextField()) {
                switch (in.field()) {
                    case "seed" -> seed = (long) in.number(-9e15, 9e15);
                    case "start" -> start = in.time();
                    case "minutes" -> minutes = in.integer(0, Integer.MAX_VALUE);
                    case "entries" -> entries = objects(in, GroundTruthReader::entry);
                    case "wantedPassages" -> wanted = objects(in, GroundTruthReader::wanted);
                    case "clones" -> clones = objects(in, GroundTruthReader::clone);
                    case "convoys" -> convoys = objects(in, GroundTruthReader::convoy);
                    case "mismatches" -> mismatches = strings(in);
                    case "unclearMismatches" -> unclear = strings(in);
                    case "cameras" -> cameras = in.integer(0, Integer.MAX_VALUE);
                    case "cameraMinutes" -> cameraMinutes = in.integer(0, Integer.MAX_VALUE);
                    case "unusualSpeeds" -> speeds = objects(in, GroundTruthReader::episode);
                    case "cameraAnomalies" ->
                            episodes = objects(in, GroundTruthReader::typedEpisode);
                    case "outage" -> outage = in.object(GroundTruthReader::outage);
                    case "passages" -> passages = objects(in, GroundTruthReader::passage);
                    default -> in.skip();
                }
            }
            in.required("start", start);
        }
        return new GroundTruth(
                seed,
                start,
                minutes,
                entries,
                wanted,
                clones,
                convoys,
                mismatches,
                unclear,
                cameras,
                cameraMinutes == null ? minutes : cameraMinutes,
                episodes,
                speeds,
                outage,
                passages);
    }

    private static <T> List<T> objects(JsonIn in, JsonIn.Reader<T> element)
            throws InvalidRecordException {
        return in.list(MAX_LIST, i -> i.object(element));
    }

    private static List<String> strings(JsonIn in) throws InvalidRecordException {
        return in.list(MAX_LIST, GroundTruthReader::text);
    }

    private static String text(JsonIn in) throws InvalidRecordException {
        return in.string(MAX_TEXT);
    }

    private static long speed(JsonIn in) throws InvalidRecordException {
        return Math.round(in.number(0, 1e12));
    }

    private static GroundTruth.Entry entry(JsonIn in) throws InvalidRecordException {
        String entryId = null;
        String vehicle = null;
        String plate = null;
        String pattern = null;
        boolean byTag = false;
        Long addedAt = null;
        Long removedAt = null;
        Long validUntil = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "entryId" -> entryId = text(in);
                case "vehicle" -> vehicle = text(in);
                case "plate" -> plate = text(in);
                case "pattern" -> pattern = text(in);
                case "byTag" -> byTag = in.bool();
                case "addedAt" -> addedAt = in.time();
                case "removedAt" -> removedAt = in.time();
                case "validUntil" -> validUntil = in.time();
                default -> in.skip();
            }
        }
        return new GroundTruth.Entry(
                in.required("entryId", entryId),
                vehicle,
                plate,
                pattern,
                byTag,
                in.required("addedAt", addedAt),
                removedAt,
                validUntil);
    }

    private static GroundTruth.WantedPassage wanted(JsonIn in) throws InvalidRecordException {
        String entryId = null;
        String readId = null;
        Long time = null;
        String deviceId = null;
        String readClass = null;
        String tagReadId = null;
        boolean retrospective = false;
        Boolean required = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "entryId" -> entryId = text(in);
                case "readId" -> readId = text(in);
                case "time" -> time = in.time();
                case "deviceId" -> deviceId = text(in);
                case "readClass" -> readClass = text(in);
                case "tagReadId" -> tagReadId = text(in);
                case "retrospective" -> retrospective = in.bool();
                case "required" -> required = in.bool();
                default -> in.skip();
            }
        }
        return new GroundTruth.WantedPassage(
                in.required("entryId", entryId),
                in.required("readId", readId),
                in.required("time", time),
                deviceId,
                in.required("readClass", readClass),
                tagReadId,
                retrospective,
                in.required("required", required));
    }

    private static GroundTruth.Clone clone(JsonIn in) throws InvalidRecordException {
        String plate = null;
        List<String> vehicles = List.of();
        long kmh = 0;
        List<List<String>> reads = List.of();
        long provenKmh = 0;
        Boolean required = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "plate" -> plate = text(in);
                case "vehicles" -> vehicles = strings(in);
                case "kmh" -> kmh = speed(in);
                case "reads" -> reads = in.list(MAX_LIST, GroundTruthReader::strings);
                case "provenKmh" -> provenKmh = speed(in);
                case "required" -> required = in.bool();
                default -> in.skip();
            }
        }
        return new GroundTruth.Clone(
                in.required("plate", plate),
                vehicles,
                kmh,
                reads,
                provenKmh,
                in.required("required", required));
    }

    private static GroundTruth.Convoy convoy(JsonIn in) throws InvalidRecordException {
        String listed = null;
        String plate = null;
        List<String> companions = List.of();
        List<String> reads = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "listed" -> listed = text(in);
                case "plate" -> plate = text(in);
                case "companions" -> companions = strings(in);
                case "reads" -> reads = strings(in);
                default -> in.skip();
            }
        }
        return new GroundTruth.Convoy(listed, in.required("plate", plate), companions, reads);
    }

    private static GroundTruth.CameraEpisode typedEpisode(JsonIn in) throws InvalidRecordException {
        GroundTruth.CameraEpisode episode = episode(in);
        in.required("type", episode.type());
        return episode;
    }

    private static GroundTruth.CameraEpisode episode(JsonIn in) throws InvalidRecordException {
        String type = null;
        String kind = null;
        String deviceId = null;
        Long start = null;
        Long end = null;
        List<String> trackIds = List.of();
        while (in.nextField()) {
            switch (in.field()) {
                case "type" -> type = text(in);
                case "kind" -> kind = text(in);
                case "deviceId" -> deviceId = text(in);
                case "start" -> start = in.time();
                case "end" -> end = in.time();
                case "trackIds" -> trackIds = strings(in);
                default -> in.skip();
            }
        }
        return new GroundTruth.CameraEpisode(
                type,
                kind,
                in.required("deviceId", deviceId),
                in.required("start", start),
                in.required("end", end),
                trackIds);
    }

    private static GroundTruth.Outage outage(JsonIn in) throws InvalidRecordException {
        String deviceId = null;
        Long start = null;
        Long end = null;
        while (in.nextField()) {
            switch (in.field()) {
                case "deviceId" -> deviceId = text(in);
                case "start" -> start = in.time();
                case "end" -> end = in.time();
                default -> in.skip();
            }
        }
        return new GroundTruth.Outage(
                in.required("deviceId", deviceId),
                in.required("start", start),
                in.required("end", end));
    }

    private static GroundTruth.Passage passage(JsonIn in) throws InvalidRecordException {
        String readId = null;
        Long time = null;
        String deviceId = null;
        String vehicle = null;
        String shown = null;
        String registered = null;
        String read = null;
        String readClass = null;
        boolean tag = false;
        while (in.nextField()) {
            switch (in.field()) {
                case "readId" -> readId = text(in);
                case "time" -> time = in.time();
                case "deviceId" -> deviceId = text(in);
                case "vehicle" -> vehicle = text(in);
                case "shown" -> shown = in.anyString(MAX_TEXT);
                case "registered" -> registered = in.anyString(MAX_TEXT);
                case "read" -> read = in.anyString(MAX_TEXT);
                case "readClass" -> readClass = text(in);
                case "tag" -> tag = in.bool();
                default -> in.skip();
            }
        }
        return new GroundTruth.Passage(
                in.required("readId", readId),
                in.required("time", time),
                deviceId,
                vehicle,
                shown,
                registered,
                read,
                readClass,
                tag);
    }
}
