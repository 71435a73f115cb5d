package io.atalaya.flink.serializer;

import io.atalaya.contracts.plate.Vehicle;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The serializer of {@link Vehicle}. */
public final class VehicleSerializer implements RecordSerializer<Vehicle> {
    public static final VehicleSerializer INSTANCE = new VehicleSerializer();

    @Override
    public Class<Vehicle> type() {
        return Vehicle.class;
    }

    @Override
    public void write(Vehicle vehicle, DataOutputView out) throws IOException {
        Binary.writeString(vehicle.make(), out);
        Binary.writeString(vehicle.model(), out);
        Binary.writeString(vehicle.color(), out);
        Binary.writeString(vehicle.type(), out);
        Binary.writeDoubleOrNull(vehicle.confidence(), out);
    }

    @Override
    public Vehicle read(DataInputView in) throws IOException {
        return new Vehicle(
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readDoubleOrNull(in));
    }
}
