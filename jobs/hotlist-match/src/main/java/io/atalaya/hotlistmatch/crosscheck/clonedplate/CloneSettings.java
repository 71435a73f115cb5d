package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;

import java.io.Serializable;
import java.time.Duration;

/**
 * The settings by which reads prove a cloned plate.
 *
 * @param maxSpeedKmh greatest speed of a vehicle between two devices, in a straight line
 * @param thresholds score thresholds of the actions
 * @param maxPlatesPerDevice a device with impossible pairs of more plates in an hour is faulty
 * @param priority of the alerts, 0..100
 * @param tagWait how long after its arrival a read waits for its vehicle's tag, in arrival time
 */
public record CloneSettings(
        double maxSpeedKmh,
        ActionThresholds thresholds,
        int maxPlatesPerDevice,
        int priority,
        Duration tagWait)
        implements Serializable {

    /** Minimum confidence of a read; one in ten of the less confident reads is a misread. */
    static final double MIN_CONFIDENCE = 0.8;

    /** Minimum length, because shorter texts are signs and fragments. */
    static final int MIN_LENGTH = 5;

    /** Greatest distance between vehicle and registered location, for both devices together, km. */
    static final double POSITION_ERROR_KM = 0.2;

    /** A clock is flagged only if it is 5 s ahead, and the other one may be as much behind. */
    static final double CLOCK_ERROR_S = 10;

    private static final double SECONDS_AN_HOUR = 3_600;
    private static final double MS_A_SECOND = 1_000;

    /** The least speed that covers this distance in this time, with both errors deducted. */
    static double neededKmh(double distanceKm, long ms) {
        double hours = (Math.abs(ms) / MS_A_SECOND + CLOCK_ERROR_S) / SECONDS_AN_HOUR;
        return Math.max(0, distanceKm - POSITION_ERROR_KM) / hours;
    }
}
