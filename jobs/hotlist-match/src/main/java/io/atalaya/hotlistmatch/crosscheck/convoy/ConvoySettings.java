package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;

import java.io.Serializable;
import java.time.Duration;

/**
 * The rules by which a car is held to travel with a listed vehicle.
 *
 * @param maxGap the greatest distance in time of the two at an arch
 * @param minArches that both must have passed
 * @param thresholds what is done at which score
 * @param priority of the alerts, 0..100
 * @param keep how long cars are remembered, on the arrival clock
 * @param tagWait how long after its arrival a car waits for its tag, on the arrival clock
 */
public record ConvoySettings(
        Duration maxGap,
        int minArches,
        ActionThresholds thresholds,
        int priority,
        Duration keep,
        Duration tagWait)
        implements Serializable {

    /** So much time before the gap tells how many cars pass that way. */
    static final long FLOW_MS = Duration.ofSeconds(105).toMillis();
}
