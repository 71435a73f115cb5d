package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.Compass;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

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
@JsonPropertyOrder({
    "reads",
    "images",
    "read",
    "tag",
    "comparison",
    "count",
    "track",
    "retrospective",
    "parts"
})
public record HotlistEvidence(
        List<String> reads,
        List<String> images,
        Read read,
        Comparison comparison,
        List<ScoreContribution> parts,
        @JsonProperty(defaultValue = "1") int count,
        List<TrackRead> track,
        boolean retrospective,
        Tag tag)
        implements Evidence {

    public HotlistEvidence {
        reads = Field.texts("reads", reads, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        images = Field.texts("images", images, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        parts = Field.list("parts", parts, AlertCodec.MAX_LIST);
        Field.integer("count", count, 1, Integer.MAX_VALUE);
        track = Field.list("track", track, AlertCodec.MAX_LIST);
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
            @JsonProperty(defaultValue = "0") double confidence,
            Integer lane,
            Compass direction,
            Double speedKmh,
            Vehicle vehicle,
            boolean clockSuspect) {

        public Read {
            Field.text("readId", readId, 1, AlertCodec.MAX_TEXT);
            Field.textOrNull("plate", plate, 0, AlertCodec.MAX_PLATE);
            confidence = Field.number("confidence", confidence, 0, 1);
            if (lane != null) {
                Field.integer("lane", lane, 0, 255);
            }
            speedKmh = Field.numberOrNull("speedKmh", speedKmh, 0, 500);
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
            Field.text("readId", readId, 1, AlertCodec.MAX_TEXT);
            Field.text("tagId", tagId, 1, AlertCodec.MAX_TEXT);
            Field.textOrNull("registeredPlate", registeredPlate, 0, AlertCodec.MAX_PLATE);
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
            Field.textOrNull("kind", kind, 1, 32);
            Field.textOrNull("read", read, 0, AlertCodec.MAX_PLATE);
            Field.textOrNull("listed", listed, 0, AlertCodec.MAX_PLATE);
            Field.textOrNull("differs", differs, 0, AlertCodec.MAX_PLATE);
        }
    }

    /** One earlier read of the entry's vehicle. */
    public record TrackRead(
            String readId,
            String device,
            @JsonProperty("time") @EpochMillis long deviceTime,
            String plate,
            Double latitude,
            Double longitude) {

        public TrackRead {
            Field.text("readId", readId, 1, AlertCodec.MAX_TEXT);
            Field.text("device", device, 1, AlertCodec.MAX_TEXT);
            Field.time("time", deviceTime);
            Field.textOrNull("plate", plate, 0, AlertCodec.MAX_PLATE);
            latitude = AlertCodec.latitude("latitude", latitude);
            longitude = AlertCodec.longitude("longitude", longitude);
        }
    }
}
