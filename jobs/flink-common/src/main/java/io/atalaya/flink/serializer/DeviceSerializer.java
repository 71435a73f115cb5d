package io.atalaya.flink.serializer;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Zone;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The serializer of {@link Device}. */
public final class DeviceSerializer implements RecordSerializer<Device> {
    public static final DeviceSerializer INSTANCE = new DeviceSerializer();

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
        Binary.writeList(device.zones(), DeviceSerializer::writeZone, out);
    }

    private static void writeZone(Zone zone, DataOutputView out) throws IOException {
        Binary.writeString(zone.zoneId(), out);
        Binary.writeString(zone.kind().name(), out);
        Binary.writeList(
                zone.points(),
                (point, o) -> {
                    o.writeFloat(point.x());
                    o.writeFloat(point.y());
                },
                out);
    }

    @Override
    public Device read(DataInputView in) throws IOException {
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
                Binary.readString(in),
                Binary.readList(DeviceSerializer::readZone, in));
    }

    private static Zone readZone(DataInputView in) throws IOException {
        return new Zone(
                Binary.readString(in),
                Zone.Kind.valueOf(Binary.readString(in)),
                Binary.readList(i -> new Zone.Point(i.readFloat(), i.readFloat()), in));
    }
}
