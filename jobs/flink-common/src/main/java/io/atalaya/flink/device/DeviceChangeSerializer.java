package io.atalaya.flink.device;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.DeviceSerializer;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The serializer of {@link DeviceChange}. */
public final class DeviceChangeSerializer implements RecordSerializer<DeviceChange> {
    public static final DeviceChangeSerializer INSTANCE = new DeviceChangeSerializer();

    @Override
    public Class<DeviceChange> type() {
        return DeviceChange.class;
    }

    @Override
    public void write(DeviceChange change, DataOutputView out) throws IOException {
        Binary.writeString(change.deviceId(), out);
        Binary.writeOptional(change.device(), DeviceSerializer.INSTANCE::write, out);
        out.writeLong(change.arrival());
        RecordPositionCode.write(change.position(), out);
    }

    @Override
    public DeviceChange read(DataInputView in) throws IOException {
        return new DeviceChange(
                Binary.readString(in),
                Binary.readOptional(DeviceSerializer.INSTANCE::read, in),
                in.readLong(),
                RecordPositionCode.read(in));
    }
}
