package io.atalaya.alert;

import java.util.List;

/**
 * Why a car is held to travel with a listed vehicle.
 *
 * @param reads readIds of both cars at the shared arches, in order of (time, id)
 * @param images where their images are kept
 * @param listed the vehicle that is on the list
 * @param companion plate of the car that keeps with it
 * @param arches that both passed, in order of the listed vehicle's time
 * @param parts of the score, in the order in which they were weighed
 */
public record ConvoyEvidence(
        List<String> reads,
        List<String> images,
        Listed listed,
        String companion,
        List<Arch> arches,
        List<HotlistEvidence.Part> parts)
        implements Evidence {

    /**
     * The listed vehicle.
     *
     * @param plate as listed, or as read where the entry names no plate
     */
    public record Listed(String entryId, String plate) {}

    /**
     * One arch that both cars passed.
     *
     * @param listedTime when the listed vehicle did, epoch ms
     * @param companionTime when the other car did, epoch ms
     * @param gapSeconds the companion's time less the listed vehicle's
     */
    public record Arch(
            String device,
            Double latitude,
            Double longitude,
            String listedReadId,
            long listedTime,
            String companionReadId,
            long companionTime,
            double gapSeconds) {}
}
