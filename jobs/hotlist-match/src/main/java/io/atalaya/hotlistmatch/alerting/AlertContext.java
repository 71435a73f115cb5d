package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.hotlistmatch.event.PassageRead;

import java.util.List;

/** Context of an evaluation: registered devices, calibration records and earlier reads. */
interface AlertContext {
    /** Without any context: no device is outside a site's scope, and each read is scored alone. */
    AlertContext UNKNOWN = (deviceId, arrival) -> null;

    /**
     * The registration of the device that was in force at that arrival time; null if it is unknown.
     */
    Device at(String deviceId, long arrival);

    /**
     * Contributions of the calibration records of a list and a device, as of that arrival time.
     *
     * @param source the list, or null
     * @param deviceId that read a plate, or null
     */
    default List<ScoreContribution> records(String source, String deviceId, long arrival) {
        return List.of();
    }

    /** Contributions of earlier reads of the entry's vehicle to the score of a read. */
    default List<ScoreContribution> earlier(PassageRead read, HotlistEntry entry) {
        return List.of();
    }
}
