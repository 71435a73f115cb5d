package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;

import java.io.Serializable;
import java.time.Duration;

/**
 * The rules by which sightings prove a cloned plate.
 *
 * @param maxSpeedKmh no car is faster from one device to the next, in a straight line
 * @param thresholds what is done at which score
 * @param maxPlatesPerDevice impossible pairs of more plates in an hour say that the device is wrong
 * @param priority of the alerts, 0..100
 * @param tagWait how long after its arrival a sighting waits for its car's tag, on the arrival
 *     clock
 */
public record CloneSettings(
        double maxSpeedKmh,
        ActionThresholds thresholds,
        int maxPlatesPerDevice,
        int priority,
        Duration tagWait)
        implements Serializable {

    /** Below it a read is not confident: one in ten of them is a misread. */
    static final double MIN_CONFIDENCE = 0.8;

    /** Shorter texts are signs and fragments. */
    static final int MIN_LENGTH = 5;

    /** A device may be placed so far from where the car was read, both devices together. */
    static final double POSITION_ERROR_KM = 0.2;

    /** A clock is only flagged 5 s ahead, and another may be as much behind. */
    static final double CLOCK_ERROR_S = 10;

    private static final double SECONDS_AN_HOUR = 3_600;
    private static final double MS_A_SECOND = 1_000;

    /** The least speed that takes a car that far in that time, errors taken off. */
    static double neededKmh(double distanceKm, long ms) {
        double hours = (Math.abs(ms) / MS_A_SECOND + CLOCK_ERROR_S) / SECONDS_AN_HOUR;
        return Math.max(0, distanceKm - POSITION_ERROR_KM) / hours;
    }
}
