package io.atalaya.hotlistmatch.decide;

import io.atalaya.alert.HotlistEvidence.Part;
import io.atalaya.device.Device;

import java.util.List;

/** What is known of devices: where they stand, and how right they and the lists have been. */
@FunctionalInterface
interface Devices {
    /** Nothing is: nothing is out of a site's scope, and the evidence stands for itself. */
    Devices UNKNOWN = (deviceId, arrival) -> null;

    /** The device as it was registered when a message of it arrived; null if it is unknown. */
    Device at(String deviceId, long arrival);

    /**
     * What answers of dispatch had taught by then of a device and a list, as parts of a score.
     *
     * @param source the list, or null
     * @param deviceId that read a plate, or null
     */
    default List<Part> records(String source, String deviceId, long arrival) {
        return List.of();
    }
}
