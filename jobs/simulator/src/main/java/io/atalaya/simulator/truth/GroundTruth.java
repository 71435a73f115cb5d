package io.atalaya.simulator.truth;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

import java.util.List;

/**
 * The ground truth of a city's records, {@code truth.json}. Times are epoch milliseconds, speeds
 * km/h.
 *
 * @param entries the wanted vehicles' entries
 * @param wantedPassages passages that may alert, by entry and readId
 * @param mismatches readIds of exact reads whose tag is registered to another plate
 * @param unclearMismatches the same, but misread or with another vehicle too close: neither missed
 *     nor false
 * @param cameras number of cameras
 * @param cameraMinutes minutes filmed by each camera, including its past; null without cameras or
 *     where they film as long as the traffic lasts
 * @param cameraEpisodes episodes in view of cameras; a city of arches has none
 * @param unusualSpeeds vehicles in view of cameras with a speed far from typical: an alert about
 *     one is right but not required
 * @param outage the arch with delayed records, or null
 * @param passages every vehicle passage; empty if the options omit them
 */
public record GroundTruth(
        @JsonProperty(defaultValue = "0") long seed,
        @EpochMillis long start,
        @JsonProperty(defaultValue = "0") int minutes,
        List<Entry> entries,
        List<WantedPassage> wantedPassages,
        List<Clone> clones,
        List<Convoy> convoys,
        List<String> mismatches,
        List<String> unclearMismatches,
        @JsonProperty(defaultValue = "0") @JsonInclude(JsonInclude.Include.NON_DEFAULT) int cameras,
        Integer cameraMinutes,
        @JsonProperty("cameraAnomalies") List<CameraEpisode> cameraEpisodes,
        List<CameraEpisode> unusualSpeeds,
        Outage outage,
        List<Passage> passages) {
    /** Enough for a day of a large city; the whole file is held in memory. */
    public static final RecordCodec<GroundTruth> CODEC =
            new RecordCodec<>(GroundTruth.class, 1 << 30);

    public GroundTruth {
        cameraMinutes = cameras == 0 ? null : cameraMinutes;
        for (CameraEpisode episode : cameraEpisodes) {
            Field.required("cameraAnomalies.type", episode.type());
        }
    }

    /** A ground truth without camera figures. */
    public GroundTruth(
            long seed,
            long start,
            int minutes,
            List<Entry> entries,
            List<WantedPassage> wantedPassages,
            List<Clone> clones,
            List<Convoy> convoys,
            List<String> mismatches,
            List<String> unclearMismatches,
            List<CameraEpisode> cameraEpisodes,
            Outage outage,
            List<Passage> passages) {
        this(
                seed,
                start,
                minutes,
                entries,
                wantedPassages,
                clones,
                convoys,
                mismatches,
                unclearMismatches,
                0,
                null,
                cameraEpisodes,
                List.of(),
                outage,
                passages);
    }

    /** Hours filmed by all cameras together. */
    public double cameraHours() {
        return cameras * (cameraMinutes == null ? minutes : cameraMinutes) / 60.0;
    }

    /** The same ground truth with other wanted passages. */
    public GroundTruth withWantedPassages(List<WantedPassage> wanted) {
        return new GroundTruth(
                seed,
                start,
                minutes,
                entries,
                wanted,
                clones,
                convoys,
                mismatches,
                unclearMismatches,
                cameras,
                cameraMinutes,
                cameraEpisodes,
                unusualSpeeds,
                outage,
                passages);
    }

    /** The same ground truth with camera figures. */
    public GroundTruth withCameras(
            int number, int minutesEach, List<CameraEpisode> episodes, List<CameraEpisode> speeds) {
        return new GroundTruth(
                seed,
                start,
                minutes,
                entries,
                wantedPassages,
                clones,
                convoys,
                mismatches,
                unclearMismatches,
                number,
                minutesEach,
                episodes,
                speeds,
                outage,
                passages);
    }

    /**
     * A wanted vehicle's entry.
     *
     * @param plate plate of the vehicle, even if the entry has only a pattern
     * @param pattern or null
     * @param byTag whether the vehicle has a false plate
     * @param removedAt or null
     * @param validUntil or null
     */
    public record Entry(
            String entryId,
            String vehicle,
            String plate,
            String pattern,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean byTag,
            @EpochMillis long addedAt,
            @EpochMillis Long removedAt,
            @EpochMillis Long validUntil) {
        public Entry {
            Field.required("entryId", entryId);
        }
    }

    /**
     * A passage that may alert.
     *
     * @param readClass exact, look-alike, one-edit, worse or by-tag
     * @param tagReadId identifies the passage in an alert if the tag was not paired; null if no tag
     *     was read or the file lacks it
     * @param retrospective whether the entry arrived after the read
     * @param required whether it must alert; otherwise it is neither missed nor false
     */
    @JsonPropertyOrder({
        "entryId",
        "readId",
        "time",
        "deviceId",
        "readClass",
        "tag",
        "retrospective",
        "required",
        "tagReadId"
    })
    public record WantedPassage(
            String entryId,
            String readId,
            @EpochMillis long time,
            String deviceId,
            String readClass,
            String tagReadId,
            boolean retrospective,
            @JsonProperty(required = true) boolean required) {
        public WantedPassage {
            Field.required("entryId", entryId);
            Field.required("readId", readId);
            Field.required("readClass", readClass);
        }

        @JsonGetter("tag")
        boolean hasTag() {
            return tagReadId != null;
        }

        /** Every readId that identifies it in an alert. */
        public List<String> readIds() {
            return tagReadId == null ? List.of(readId) : List.of(readId, tagReadId);
        }

        /** The same passage, required or optional. */
        public WantedPassage withRequired(boolean must) {
            return new WantedPassage(
                    entryId, readId, time, deviceId, readClass, tagReadId, retrospective, must);
        }
    }

    /**
     * Two vehicles with the same plate.
     *
     * @param kmh highest speed implied by their reads
     * @param reads readIds of each vehicle
     * @param provenKmh the same among exact reads; 0 without a pair
     * @param required whether exact reads prove it
     */
    public record Clone(
            String plate,
            List<String> vehicles,
            @JsonProperty(defaultValue = "0") long kmh,
            List<List<String>> reads,
            @JsonProperty(defaultValue = "0") long provenKmh,
            @JsonProperty(required = true) boolean required) {
        public Clone {
            Field.required("plate", plate);
        }
    }

    /**
     * A listed vehicle and its companions.
     *
     * @param listed its vehicle
     * @param companions their plates
     * @param reads readIds of the listed vehicle
     */
    public record Convoy(String listed, String plate, List<String> companions, List<String> reads) {
        public Convoy {
            Field.required("plate", plate);
        }
    }

    /**
     * An episode in view of a camera.
     *
     * @param type type of the due alert, for example stopped-vehicle; null if there is none
     * @param kind kind of an unusual-trajectory or unusual-activity, for example u-turn; null for
     *     other types
     * @param trackIds tracks that take part; one object can have several
     */
    public record CameraEpisode(
            String type,
            String kind,
            String deviceId,
            @EpochMillis long start,
            @EpochMillis long end,
            List<String> trackIds) {
        public CameraEpisode {
            Field.required("deviceId", deviceId);
        }

        /** An episode without a kind. */
        public CameraEpisode(
                String type, String deviceId, long start, long end, List<String> trackIds) {
            this(type, null, deviceId, start, end, trackIds);
        }
    }

    /** The arch whose link failed, and the interval. */
    public record Outage(String deviceId, @EpochMillis long start, @EpochMillis long end) {
        public Outage {
            Field.required("deviceId", deviceId);
        }
    }

    /**
     * A vehicle that passes an arch.
     *
     * @param shown plate on the vehicle
     * @param registered plate of its tag
     * @param read text that the camera read
     * @param tag whether the tag was read
     */
    public record Passage(
            String readId,
            @EpochMillis long time,
            String deviceId,
            String vehicle,
            String shown,
            String registered,
            String read,
            String readClass,
            boolean tag) {
        public Passage {
            Field.required("readId", readId);
        }
    }
}
