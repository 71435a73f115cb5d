package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.Vehicle;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;

/**
 * Evidence that two vehicles carry one plate: pairs of reads that one vehicle cannot have made.
 *
 * @param reads readIds of all impossible pairs, in order of (time, id)
 * @param images where the images of the reads are stored
 * @param pairs the first impossible pair, and the latest after it
 * @param count of all impossible pairs
 * @param parts of the score, in the order of evaluation
 */
public record CloneEvidence(
        List<String> reads,
        List<String> images,
        List<Pair> pairs,
        @JsonProperty(defaultValue = "1") int count,
        List<ScoreContribution> parts)
        implements Evidence {
    /** Half the circumference of the earth. */
    private static final double MAX_KM = 20_100;

    private static final double MAX_SECONDS = 1e9;
    private static final double MAX_KMH = 1e9;

    public CloneEvidence {
        reads = Field.texts("reads", reads, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        images = Field.texts("images", images, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        pairs = Field.list("pairs", pairs, AlertCodec.MAX_LIST);
        Field.integer("count", count, 1, Integer.MAX_VALUE);
        parts = Field.list("parts", parts, AlertCodec.MAX_LIST);
    }

    /**
     * Two reads, the earlier one first.
     *
     * @param distanceKm between the two devices, over the ellipsoid
     * @param seconds between the two reads
     * @param neededKmh the lowest speed that the vehicle would have needed, after subtraction of
     *     clock and position errors
     */
    public record Pair(
            Read first, Read second, double distanceKm, double seconds, double neededKmh) {

        public Pair {
            Field.required("first", first);
            Field.required("second", second);
            distanceKm = Field.number("distanceKm", distanceKm, 0, MAX_KM);
            seconds = Field.number("seconds", seconds, 0, MAX_SECONDS);
            neededKmh = Field.number("neededKmh", neededKmh, 0, MAX_KMH);
        }
    }

    /**
     * One of the two reads.
     *
     * @param deviceTime device time, epoch ms; arrival time if {@code clockSuspect}
     * @param clockSuspect whether the device's clock ran ahead, so that arrival time replaces its
     *     time
     */
    public record Read(
            String readId,
            String device,
            Double latitude,
            Double longitude,
            @JsonProperty("time") @EpochMillis long deviceTime,
            String plate,
            @JsonProperty(defaultValue = "0") double confidence,
            Vehicle vehicle,
            boolean clockSuspect) {

        public Read {
            Field.text("readId", readId, 1, AlertCodec.MAX_TEXT);
            Field.text("device", device, 1, AlertCodec.MAX_TEXT);
            latitude = AlertCodec.latitude("latitude", latitude);
            longitude = AlertCodec.longitude("longitude", longitude);
            Field.time("time", deviceTime);
            Field.textOrNull("plate", plate, 0, AlertCodec.MAX_PLATE);
            confidence = Field.number("confidence", confidence, 0, 1);
        }
    }
}
