package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link DeviceVehicleRead}, based on {@link VehicleReadSerializer}. */
public final class DeviceVehicleReadSerializer implements RecordSerializer<DeviceVehicleRead> {
    public static final DeviceVehicleReadSerializer INSTANCE = new DeviceVehicleReadSerializer();

    @Override
    public Class<DeviceVehicleRead> type() {
        return DeviceVehicleRead.class;
    }

    @Override
    public void write(DeviceVehicleRead passing, DataOutputView out) throws IOException {
        Binary.writeString(passing.deviceId(), out);
        VehicleReadSerializer.INSTANCE.write(passing.vehicleRead(), out);
        RecordPositionCode.write(passing.position(), out);
    }

    @Override
    public DeviceVehicleRead read(DataInputView in) throws IOException {
        return new DeviceVehicleRead(
                Binary.readString(in),
                VehicleReadSerializer.INSTANCE.read(in),
                RecordPositionCode.read(in));
    }
}
