package io.atalaya.flink.serializer;

import io.atalaya.contracts.plate.Vehicle;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * The short serialization of a {@link Vehicle} inside the read that it belongs to, versioned with
 * that read. Absent values take no byte beyond that of the flags.
 */
public final class VehicleCode {
    private static final int MAKE = 1;
    private static final int MODEL = 1 << 1;
    private static final int COLOR = 1 << 2;
    private static final int TYPE = 1 << 3;
    private static final int CONFIDENCE = 1 << 4;

    private VehicleCode() {}

    public static void write(Vehicle vehicle, DataOutputView out) throws IOException {
        out.writeByte(
                (vehicle.make() == null ? 0 : MAKE)
                        | (vehicle.model() == null ? 0 : MODEL)
                        | (vehicle.color() == null ? 0 : COLOR)
                        | (vehicle.type() == null ? 0 : TYPE)
                        | (vehicle.confidence() == null ? 0 : CONFIDENCE));
        if (vehicle.make() != null) {
            WordCodes.write(vehicle.make(), out);
        }
        if (vehicle.model() != null) {
            Binary.writeString(vehicle.model(), out);
        }
        if (vehicle.color() != null) {
            WordCodes.write(vehicle.color(), out);
        }
        if (vehicle.type() != null) {
            WordCodes.write(vehicle.type(), out);
        }
        if (vehicle.confidence() != null) {
            Decimal.write(vehicle.confidence(), out);
        }
    }

    public static Vehicle read(DataInputView in) throws IOException {
        int flags = in.readByte();
        return new Vehicle(
                (flags & MAKE) == 0 ? null : WordCodes.read(in),
                (flags & MODEL) == 0 ? null : Binary.readString(in),
                (flags & COLOR) == 0 ? null : WordCodes.read(in),
                (flags & TYPE) == 0 ? null : WordCodes.read(in),
                (flags & CONFIDENCE) == 0 ? null : (Double) Decimal.read(in));
    }
}
