package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;

import java.util.List;

/**
 * Evidence that a read is of a listed plate.
 *
 * @param reads readIds that this alert combines, in order of (time, id)
 * @param images where the images of the reads are stored
 * @param read the read that currently represents the alert
 * @param comparison of that read with the listed plate
 * @param parts of the score, in the order of evaluation
 * @param count passages at this device within the cool-down
 * @param track the reads of the entry's vehicle up to this one, oldest first
 * @param retrospective whether the read arrived before the entry did
 * @param tag read with the plate, or instead of it; null without a tag
 */
public record HotlistEvidence(
        List<String> reads,
        List<String> images,
        Read read,
        Comparison comparison,
        List<ScoreContribution> parts,
        int count,
        List<Sighting> track,
        boolean retrospective,
        Tag tag)
        implements Evidence {

    public HotlistEvidence {
        reads = Field.texts("evidence.reads", reads, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        images = Field.texts("evidence.images", images, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        parts = Field.list("evidence.parts", parts, AlertCodec.MAX_LIST);
        Field.integer("evidence.count", count, 1, Integer.MAX_VALUE);
        track = Field.list("evidence.track", track, AlertCodec.MAX_LIST);
    }

    /**
     * The read as the device sent it.
     *
     * @param clockSuspect whether the device's clock ran ahead, so that arrival time replaces its
     *     time
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

        public Read {
            Field.text("evidence.read.readId", readId, 1, AlertCodec.MAX_TEXT);
            Field.textOrNull("evidence.read.plate", plate, 0, AlertCodec.MAX_PLATE);
            confidence = Field.number("evidence.read.confidence", confidence, 0, 1);
            if (lane != null) {
                Field.integer("evidence.read.lane", lane, 0, HotlistEvidenceCodec.MAX_LANE);
            }
            speedKmh =
                    Field.numberOrNull(
                            "evidence.read.speedKmh", speedKmh, 0, HotlistEvidenceCodec.MAX_KMH);
        }

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
     * A registration tag of the same passage, with its registry data.
     *
     * @param registeredPlate the plate that the tag was issued for, or null
     * @param registeredVehicle or null
     */
    public record Tag(
            String readId, String tagId, String registeredPlate, Vehicle registeredVehicle) {

        public Tag {
            Field.text("evidence.tag.readId", readId, 1, AlertCodec.MAX_TEXT);
            Field.text("evidence.tag.tagId", tagId, 1, AlertCodec.MAX_TEXT);
            Field.textOrNull(
                    "evidence.tag.registeredPlate", registeredPlate, 0, AlertCodec.MAX_PLATE);
        }

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
    public record Comparison(String kind, String read, String listed, String differs) {
        public Comparison {
            Field.textOrNull("evidence.comparison.kind", kind, 1, HotlistEvidenceCodec.MAX_KIND);
            Field.textOrNull("evidence.comparison.read", read, 0, AlertCodec.MAX_PLATE);
            Field.textOrNull("evidence.comparison.listed", listed, 0, AlertCodec.MAX_PLATE);
            Field.textOrNull("evidence.comparison.differs", differs, 0, AlertCodec.MAX_PLATE);
        }
    }

    /** One earlier read of the entry's vehicle. */
    public record Sighting(
            String readId,
            String device,
            long time,
            String plate,
            Double latitude,
            Double longitude) {

        public Sighting {
            Field.text("evidence.track.readId", readId, 1, AlertCodec.MAX_TEXT);
            Field.text("evidence.track.device", device, 1, AlertCodec.MAX_TEXT);
            Field.time("evidence.track.time", time);
            Field.textOrNull("evidence.track.plate", plate, 0, AlertCodec.MAX_PLATE);
            latitude = AlertCodec.latitude("evidence.track.latitude", latitude);
            longitude = AlertCodec.longitude("evidence.track.longitude", longitude);
        }
    }
}
