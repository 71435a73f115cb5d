package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.Vehicle;

import java.util.List;

/**
 * Why one plate is held to be on two cars: sightings that no car could have driven.
 *
 * @param reads readIds of all impossible pairs folded in, in order of (time, id)
 * @param images where their images are kept
 * @param pairs the first impossible pair, and the latest after it
 * @param count of all impossible pairs folded in
 * @param parts of the score, in the order in which they were weighed
 */
public record CloneEvidence(
        List<String> reads,
        List<String> images,
        List<Pair> pairs,
        int count,
        List<HotlistEvidence.Part> parts)
        implements Evidence {

    public CloneEvidence {
        reads = Field.texts("evidence.reads", reads, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        images = Field.texts("evidence.images", images, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        pairs = Field.list("evidence.pairs", pairs, AlertCodec.MAX_LIST);
        Field.integer("evidence.count", count, 1, Integer.MAX_VALUE);
        parts = Field.list("evidence.parts", parts, AlertCodec.MAX_LIST);
    }

    /**
     * Two sightings, the earlier one first.
     *
     * @param distanceKm between the two devices, over the ellipsoid
     * @param seconds between the two reads
     * @param neededKmh the least speed that a car would have needed: errors of clocks and positions
     *     are taken off
     */
    public record Pair(
            Sighting first, Sighting second, double distanceKm, double seconds, double neededKmh) {

        public Pair {
            Field.required("evidence.pairs.first", first);
            Field.required("evidence.pairs.second", second);
            distanceKm =
                    Field.number(
                            "evidence.pairs.distanceKm", distanceKm, 0, CloneEvidenceCodec.MAX_KM);
            seconds =
                    Field.number(
                            "evidence.pairs.seconds", seconds, 0, CloneEvidenceCodec.MAX_SECONDS);
            neededKmh =
                    Field.number(
                            "evidence.pairs.neededKmh", neededKmh, 0, CloneEvidenceCodec.MAX_KMH);
        }
    }

    /**
     * One of the sightings.
     *
     * @param time the device's own clock, epoch ms
     * @param clockSuspect the device's clock ran ahead, its time was replaced by arrival
     */
    public record Sighting(
            String readId,
            String device,
            Double latitude,
            Double longitude,
            long time,
            String plate,
            double confidence,
            Vehicle vehicle,
            boolean clockSuspect) {

        public Sighting {
            Field.text("evidence.pairs.readId", readId, 1, AlertCodec.MAX_TEXT);
            Field.text("evidence.pairs.device", device, 1, AlertCodec.MAX_TEXT);
            latitude = AlertCodec.latitude("evidence.pairs.latitude", latitude);
            longitude = AlertCodec.longitude("evidence.pairs.longitude", longitude);
            Field.time("evidence.pairs.time", time);
            Field.textOrNull("evidence.pairs.plate", plate, 0, AlertCodec.MAX_PLATE);
            confidence = Field.number("evidence.pairs.confidence", confidence, 0, 1);
        }
    }
}
