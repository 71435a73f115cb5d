package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.hotlistmatch.crosscheck.ActionThresholds;

import java.io.Serializable;
import java.time.Duration;

/**
 * The settings by which a vehicle counts as the companion of a listed vehicle.
 *
 * @param maxGap greatest time between the two at a device
 * @param minDevices number of devices that both must have passed
 * @param thresholds score thresholds of the actions
 * @param priority of the alerts, 0..100
 * @param keep how long vehicle reads are kept, in arrival time
 * @param tagWait how long after its arrival a read waits for its tag, in arrival time
 */
public record ConvoySettings(
        Duration maxGap,
        int minDevices,
        ActionThresholds thresholds,
        int priority,
        Duration keep,
        Duration tagWait)
        implements Serializable {

    /** The span before the gap over which the traffic is counted. */
    static final long FLOW_MS = Duration.ofSeconds(105).toMillis();
}
