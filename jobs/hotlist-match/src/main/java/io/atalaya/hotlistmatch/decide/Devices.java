package io.atalaya.hotlistmatch.decide;

import io.atalaya.device.Device;

/** Where devices stand. */
@FunctionalInterface
interface Devices {
    /** No device is registered: nothing is out of a site's scope. */
    Devices UNKNOWN = (deviceId, arrival) -> null;

    /** The device as it was registered when a message of it arrived; null if it is unknown. */
    Device at(String deviceId, long arrival);
}
