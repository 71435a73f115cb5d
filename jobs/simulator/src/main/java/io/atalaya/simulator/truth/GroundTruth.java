package io.atalaya.simulator.truth;

import java.util.List;

/**
 * The known answers to a city's records. Times are epoch milliseconds, speeds km/h.
 *
 * @param entries the wanted vehicles' entries
 * @param wantedPassages what may alert, by entry and readId
 * @param mismatches readIds, read exactly, whose tag names another plate
 * @param unclearMismatches the same, but misread or with another car too near: neither missed nor
 *     false
 * @param cameras how many there are
 * @param cameraMinutes for which each films, its past included
 * @param cameraAnomalies what happens in the pictures of cameras; a city of arches has none
 * @param unusualSpeeds vehicles before cameras that were far from the usual speed: an alert about
 *     one is right, and none is asked for
 * @param outage the arch that flushed late, or null
 * @param passages every vehicle passage; empty where the options leave them out
 */
public record GroundTruth(
        long seed,
        long start,
        int minutes,
        List<Entry> entries,
        List<WantedPassage> wantedPassages,
        List<Clone> clones,
        List<Convoy> convoys,
        List<String> mismatches,
        List<String> unclearMismatches,
        int cameras,
        int cameraMinutes,
        List<CameraAnomaly> cameraAnomalies,
        List<CameraAnomaly> unusualSpeeds,
        Outage outage,
        List<Passage> passages) {

    /** A truth without figures of cameras. */
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
            List<CameraAnomaly> cameraAnomalies,
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
                minutes,
                cameraAnomalies,
                List.of(),
                outage,
                passages);
    }

    /** What all cameras film together, in hours. */
    public double cameraHours() {
        return cameras * cameraMinutes / 60.0;
    }

    /** The same truth, asking for other passages. */
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
                cameraAnomalies,
                unusualSpeeds,
                outage,
                passages);
    }

    /** The same truth, with what cameras saw. */
    public GroundTruth withCameras(
            int number,
            int minutesEach,
            List<CameraAnomaly> anomalies,
            List<CameraAnomaly> speeds) {
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
                anomalies,
                speeds,
                outage,
                passages);
    }

    /**
     * A wanted vehicle's entry.
     *
     * @param plate of the vehicle, also where the entry has only a pattern
     * @param pattern or null
     * @param byTag the vehicle drives under a false plate
     * @param removedAt or null
     * @param validUntil or null
     */
    public record Entry(
            String entryId,
            String vehicle,
            String plate,
            String pattern,
            boolean byTag,
            long addedAt,
            Long removedAt,
            Long validUntil) {}

    /**
     * A passage that may alert.
     *
     * @param readClass exact, look-alike, one-edit, worse or by-tag
     * @param tagReadId by which an alert knows it where the tag did not pair; null: no tag was
     *     read, or the truth does not say
     * @param retrospective the entry came after the read
     * @param required it must alert; the others are neither missed nor false
     */
    public record WantedPassage(
            String entryId,
            String readId,
            long time,
            String deviceId,
            String readClass,
            String tagReadId,
            boolean retrospective,
            boolean required) {

        /** Every readId by which an alert may know it. */
        public List<String> readIds() {
            return tagReadId == null ? List.of(readId) : List.of(readId, tagReadId);
        }

        /** The same passage, that must or need not alert. */
        public WantedPassage withRequired(boolean must) {
            return new WantedPassage(
                    entryId, readId, time, deviceId, readClass, tagReadId, retrospective, must);
        }
    }

    /**
     * Two cars under one plate.
     *
     * @param kmh the highest speed that their reads would mean
     * @param reads readIds of either car
     * @param provenKmh the same among the exact reads, 0 without a pair
     * @param required exact reads prove it
     */
    public record Clone(
            String plate,
            List<String> vehicles,
            long kmh,
            List<List<String>> reads,
            long provenKmh,
            boolean required) {}

    /**
     * A listed car and its companions.
     *
     * @param listed its vehicle
     * @param companions their plates
     * @param reads readIds of the listed car
     */
    public record Convoy(
            String listed, String plate, List<String> companions, List<String> reads) {}

    /**
     * Something that a camera sees.
     *
     * @param type of the alert that is due, for example stopped-vehicle; null where none is
     * @param kind of an unusual-trajectory or unusual-activity, for example u-turn; null for types
     *     that say it all
     * @param trackIds of the things that take part; one thing can have several
     */
    public record CameraAnomaly(
            String type,
            String kind,
            String deviceId,
            long start,
            long end,
            List<String> trackIds) {

        /** One whose type says it all. */
        public CameraAnomaly(
                String type, String deviceId, long start, long end, List<String> trackIds) {
            this(type, null, deviceId, start, end, trackIds);
        }
    }

    /** The arch whose link failed, and from when to when. */
    public record Outage(String deviceId, long start, long end) {}

    /**
     * A vehicle under an arch.
     *
     * @param shown the plate on the vehicle
     * @param registered the plate of its tag
     * @param read what the camera made of it
     * @param tag whether the tag was read
     */
    public record Passage(
            String readId,
            long time,
            String deviceId,
            String vehicle,
            String shown,
            String registered,
            String read,
            String readClass,
            boolean tag) {}
}
