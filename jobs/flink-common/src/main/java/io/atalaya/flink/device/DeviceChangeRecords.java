package io.atalaya.flink.device;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordKey;

/** Parses records of topic {@code devices} for all jobs. */
public final class DeviceChangeRecords {
    private DeviceChangeRecords() {}

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
}
