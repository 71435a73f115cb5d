package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;

import java.util.List;

/**
 * Evidence that a vehicle travels with a listed vehicle.
 *
 * @param reads readIds of both vehicles at the shared arches, in order of (time, id)
 * @param images where the images of the reads are stored
 * @param listed the vehicle that is on the list
 * @param companion plate of the other vehicle
 * @param arches that both passed, in order of the listed vehicle's time
 * @param parts of the score, in the order of evaluation
 */
public record ConvoyEvidence(
        List<String> reads,
        List<String> images,
        Listed listed,
        String companion,
        List<Arch> arches,
        List<ScoreContribution> parts)
        implements Evidence {
    private static final double MAX_GAP_SECONDS = 1e9;

    public ConvoyEvidence {
        reads = Field.texts("reads", reads, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        images = Field.texts("images", images, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        Field.textOrNull("companion", companion, 0, AlertCodec.MAX_PLATE);
        arches = Field.list("arches", arches, AlertCodec.MAX_LIST);
        parts = Field.list("parts", parts, AlertCodec.MAX_LIST);
    }

    /**
     * The listed vehicle.
     *
     * @param plate as listed, or as read where the entry names no plate
     */
    public record Listed(String entryId, String plate) {
        public Listed {
            Field.text("entryId", entryId, 1, AlertCodec.MAX_TEXT);
            Field.textOrNull("plate", plate, 0, AlertCodec.MAX_PLATE);
        }
    }

    /**
     * One arch that both vehicles passed.
     *
     * @param listedTime when the listed vehicle passed, epoch ms
     * @param companionTime when the companion passed, epoch ms
     * @param gapSeconds the companion's time minus the listed vehicle's
     */
    public record Arch(
            String device,
            Double latitude,
            Double longitude,
            String listedReadId,
            @EpochMillis long listedTime,
            String companionReadId,
            @EpochMillis long companionTime,
            double gapSeconds) {

        public Arch {
            Field.text("device", device, 1, AlertCodec.MAX_TEXT);
            latitude = AlertCodec.latitude("latitude", latitude);
            longitude = AlertCodec.longitude("longitude", longitude);
            Field.text("listedReadId", listedReadId, 1, AlertCodec.MAX_TEXT);
            Field.time("listedTime", listedTime);
            Field.text("companionReadId", companionReadId, 1, AlertCodec.MAX_TEXT);
            Field.time("companionTime", companionTime);
            gapSeconds = Field.number("gapSeconds", gapSeconds, -MAX_GAP_SECONDS, MAX_GAP_SECONDS);
        }
    }
}
