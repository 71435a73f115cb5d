package io.atalaya.flink.device;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

/**
 * One record of topic {@code devices}.
 *
 * @param device or null for a removal
 * @param arrivalTime arrival time, epoch ms
 * @param position in topic {@code devices}
 */
public record DeviceChange(
        String deviceId, Device device, long arrivalTime, RecordPosition position)
        implements Traceable {

    /** A change whose record position is unknown. */
    public DeviceChange(String deviceId, Device device, long arrival) {
        this(deviceId, device, arrival, RecordPosition.UNKNOWN);
    }

    @Override
    public Origin origin() {
        return Origin.of(
                deviceId,
                position.in(Topics.DEVICES),
                device == null ? null : Device.CODEC.write(device));
    }
}
