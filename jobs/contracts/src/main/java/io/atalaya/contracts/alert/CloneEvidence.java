package io.atalaya.contracts.alert;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.plate.Vehicle;

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
        int count,
        List<ScoreContribution> parts)
        implements Evidence {

    public CloneEvidence {
        reads = Field.texts("evidence.reads", reads, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        images = Field.texts("evidence.images", images, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        pairs = Field.list("evidence.pairs", pairs, AlertCodec.MAX_LIST);
        Field.integer("evidence.count", count, 1, Integer.MAX_VALUE);
        parts = Field.list("evidence.parts", parts, AlertCodec.MAX_LIST);
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
     * One of the two reads.
     *
     * @param time device time, epoch ms; arrival time if {@code clockSuspect}
     * @param clockSuspect whether the device's clock ran ahead, so that arrival time replaces its
     *     time
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
