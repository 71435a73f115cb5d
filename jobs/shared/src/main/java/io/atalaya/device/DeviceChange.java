package io.atalaya.device;

import io.atalaya.bulkhead.Traceable;
import io.atalaya.kafka.RecordPosition;
import io.atalaya.kafka.Topics;

/**
 * One record of topic {@code devices}.
 *
 * @param device null removes it
 * @param arrival epoch ms
 * @param position in topic {@code devices}
 */
public record DeviceChange(String deviceId, Device device, long arrival, RecordPosition position)
        implements Traceable {

    /** A change of which it is unknown where it stands. */
    public DeviceChange(String deviceId, Device device, long arrival) {
        this(deviceId, device, arrival, RecordPosition.UNKNOWN);
    }

    @Override
    public Origin origin() {
        return Origin.of(
                deviceId,
                position.in(Topics.DEVICES),
                device == null ? null : DeviceJson.write(device));
    }
}
