package io.atalaya.alert;

import io.atalaya.plate.Vehicle;

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

    /**
     * Two sightings, the earlier one first.
     *
     * @param distanceKm between the two devices, over the ellipsoid
     * @param seconds between the two reads
     * @param neededKmh the least speed that a car would have needed: errors of clocks and positions
     *     are taken off
     */
    public record Pair(
            Sighting first, Sighting second, double distanceKm, double seconds, double neededKmh) {}

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
            boolean clockSuspect) {}
}
