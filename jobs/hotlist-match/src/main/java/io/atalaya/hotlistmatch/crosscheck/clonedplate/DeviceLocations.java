package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.device.Device;

/** The locations of devices. */
@FunctionalInterface
interface DeviceLocations {
    /**
     * The device as registered when its message arrived; null if it was unknown or had no location.
     */
    Device at(String deviceId, long arrival);
}
