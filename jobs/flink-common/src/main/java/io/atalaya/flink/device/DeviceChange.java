package io.atalaya.flink.device;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordKey;
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

    /** Reads one record: a registration, or a removal if it has no value. */
    public static DeviceChange read(RawRecord record) throws InvalidRecordException {
        String key = RecordKey.text(record.key());
        if (record.value() == null) {
            return new DeviceChange(
                    RecordKey.ofRemoval(key), null, record.timestamp(), record.position());
        }
        Device device = Device.CODEC.read(record.value());
        RecordKey.require(key, "deviceId", device.deviceId());
        return new DeviceChange(device.deviceId(), device, record.timestamp(), record.position());
    }

    @Override
    public Origin origin() {
        return Origin.of(
                deviceId,
                position.in(Topics.DEVICES),
                device == null ? null : Device.CODEC.write(device));
    }
}
