package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.HotlistEvidence.Part;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.hotlistmatch.event.PassageRead;

import java.util.List;

/**
 * What is known beside a passage: where devices stand, how right they were, what was read before.
 */
interface AlertContext {
    /** Nothing is: nothing is out of a site's scope, and the evidence stands for itself. */
    AlertContext UNKNOWN = (deviceId, arrival) -> null;

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

    /** What earlier reads of the entry's vehicle say of a read, as parts of its score. */
    default List<Part> earlier(PassageRead read, HotlistEntry entry) {
        return List.of();
    }
}
