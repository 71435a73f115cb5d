package io.atalaya.device;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Device}. */
public final class DeviceFormat implements BinaryFormat<Device> {
    public static final DeviceFormat INSTANCE = new DeviceFormat();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<Device> type() {
        return Device.class;
    }

    @Override
    public void write(Device device, DataOutputView out) throws IOException {
        Binary.writeString(device.deviceId(), out);
        Binary.writeString(device.kind().name(), out);
        Binary.writeString(device.site(), out);
        Binary.writeString(device.municipality(), out);
        Binary.writeDoubleOrNull(device.latitude(), out);
        Binary.writeDoubleOrNull(device.longitude(), out);
        Binary.writeDoubleOrNull(device.heading(), out);
        Binary.writeOptional(device.lanes(), (lanes, o) -> o.writeInt(lanes), out);
        Binary.writeDoubleOrNull(device.fps(), out);
        Binary.writeString(device.timezone(), out);
    }

    @Override
    public Device read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new Device(
                Binary.readString(in),
                Device.Kind.valueOf(Binary.readString(in)),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readDoubleOrNull(in),
                Binary.readDoubleOrNull(in),
                Binary.readDoubleOrNull(in),
                Binary.readOptional(DataInputView::readInt, in),
                Binary.readDoubleOrNull(in),
                Binary.readString(in));
    }
}
