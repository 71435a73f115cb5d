package io.atalaya.alert;

import io.atalaya.plate.Compass;
import io.atalaya.plate.PlateRead;
import io.atalaya.plate.Vehicle;
import io.atalaya.rfid.RfidRead;

import java.util.List;

/**
 * Why a plate read is held to be a listed plate.
 *
 * @param reads readIds folded into this alert, in order of (time, id)
 * @param images where their images are kept
 * @param read the read that speaks now
 * @param comparison of that read with the listed plate
 * @param parts of the score, in the order in which they were weighed
 * @param count passages at this device within the cool-down
 * @param track the entry's sightings up to this one, oldest first
 * @param retrospective the read arrived before the entry did
 * @param tag read with the plate, or instead of it; null where there is none
 */
public record HotlistEvidence(
        List<String> reads,
        List<String> images,
        Read read,
        Comparison comparison,
        List<Part> parts,
        int count,
        List<Sighting> track,
        boolean retrospective,
        Tag tag)
        implements Evidence {

    /**
     * The read as it came.
     *
     * @param clockSuspect the device's clock ran ahead, its time was replaced by arrival
     */
    public record Read(
            String readId,
            String plate,
            double confidence,
            Integer lane,
            Compass direction,
            Double speedKmh,
            Vehicle vehicle,
            boolean clockSuspect) {

        public static Read of(PlateRead read, boolean clockSuspect) {
            return new Read(
                    read.readId(),
                    read.plate(),
                    read.confidence(),
                    read.lane(),
                    read.direction(),
                    read.speedKmh(),
                    read.vehicle(),
                    clockSuspect);
        }
    }

    /**
     * A registration tag of the same passage, with what its registry says.
     *
     * @param registeredPlate the plate that the tag was issued for, or null
     * @param registeredVehicle or null
     */
    public record Tag(
            String readId, String tagId, String registeredPlate, Vehicle registeredVehicle) {

        public static Tag of(RfidRead tag) {
            return new Tag(
                    tag.readId(), tag.tagId(), tag.registeredPlate(), tag.registeredVehicle());
        }
    }

    /**
     * The two plates side by side, aligned: equal length, {@code _} where a character is missing.
     *
     * @param kind EXACT, CONFUSABLE, FUZZY or PATTERN
     * @param read the text that matched: the read's plate or one of its candidates
     * @param differs one character per position: {@code ^} where they differ, a space elsewhere
     */
    public record Comparison(String kind, String read, String listed, String differs) {}

    /**
     * One piece of evidence in the score.
     *
     * @param name stable key, for example {@code characters}
     * @param logOdds natural logarithm of the likelihood ratio; positive speaks for the match
     */
    public record Part(String name, double logOdds, String es, String en) {}

    /** One earlier sighting of the entry's vehicle. */
    public record Sighting(
            String readId,
            String device,
            long time,
            String plate,
            Double latitude,
            Double longitude) {}
}
