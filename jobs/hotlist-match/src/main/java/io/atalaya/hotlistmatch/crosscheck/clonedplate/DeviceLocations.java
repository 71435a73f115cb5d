package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.device.Device;

/** Where devices stand. */
@FunctionalInterface
interface DeviceLocations {
    /** The device as it was registered when a message of it arrived; null if it is unknown. */
    Device at(String deviceId, long arrival);
}
