package io.atalaya.device;

import io.atalaya.bulkhead.Traceable;
import io.atalaya.kafka.RecordAddress;

/**
 * One record of topic {@code devices}.
 *
 * @param device null removes it
 * @param arrival epoch ms
 * @param address where it stands, or null
 */
public record DeviceChange(String deviceId, Device device, long arrival, RecordAddress address)
        implements Traceable {

    /** A change of which it is unknown where it stands. */
    public DeviceChange(String deviceId, Device device, long arrival) {
        this(deviceId, device, arrival, null);
    }

    @Override
    public Origin origin() {
        return Origin.of(deviceId, address, device == null ? null : DeviceJson.write(device));
    }
}
