package io.atalaya.hotlistmatch.decide;

import io.atalaya.alert.HotlistEvidence.Part;
import io.atalaya.device.Device;
import io.atalaya.hotlist.HotlistEntry;
import io.atalaya.hotlistmatch.passage.Observed;

import java.util.List;

/** Where devices stand. */
interface Devices {
    /** No device is registered: nothing is out of a site's scope. */
    Devices UNKNOWN = (deviceId, arrival) -> null;

    /** The device as it was registered when a message of it arrived; null if it is unknown. */
    Device at(String deviceId, long arrival);

    /** What earlier reads of the entry's vehicle say of a read, as parts of its score. */
    default List<Part> earlier(Observed read, HotlistEntry entry) {
        return List.of();
    }
}
