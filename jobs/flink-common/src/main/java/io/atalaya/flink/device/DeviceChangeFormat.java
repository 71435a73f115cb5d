package io.atalaya.flink.device;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.BinaryFormat;
import io.atalaya.flink.serializer.DeviceFormat;
import io.atalaya.flink.serializer.RecordPositionCode;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link DeviceChange}. */
public final class DeviceChangeFormat implements BinaryFormat<DeviceChange> {
    public static final DeviceChangeFormat INSTANCE = new DeviceChangeFormat();

    @Override
    public Class<DeviceChange> type() {
        return DeviceChange.class;
    }

    @Override
    public void write(DeviceChange change, DataOutputView out) throws IOException {
        Binary.writeString(change.deviceId(), out);
        Binary.writeOptional(change.device(), DeviceFormat.INSTANCE::write, out);
        out.writeLong(change.arrival());
        RecordPositionCode.write(change.position(), out);
    }

    @Override
    public DeviceChange read(DataInputView in) throws IOException {
        return new DeviceChange(
                Binary.readString(in),
                Binary.readOptional(DeviceFormat.INSTANCE::read, in),
                in.readLong(),
                RecordPositionCode.read(in));
    }
}
