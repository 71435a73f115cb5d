package io.atalaya.hotlistmatch.passage;

import io.atalaya.rfid.RfidRead;
import io.atalaya.rfid.RfidReadJson;

/**
 * A tag's read as it came.
 *
 * @param arrival when Kafka received it, epoch ms
 * @param clockSuspect the device's clock ran ahead: the read's time is its arrival
 */
public record TagArrival(long arrival, boolean clockSuspect, RfidRead read)
        implements DeviceMessage {
    @Override
    public String deviceId() {
        return read.deviceId();
    }

    @Override
    public Origin origin() {
        return Origin.of(read.deviceId(), null, RfidReadJson.write(read));
    }
}
