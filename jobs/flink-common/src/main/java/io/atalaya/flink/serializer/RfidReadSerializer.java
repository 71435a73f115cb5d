package io.atalaya.flink.serializer;

import io.atalaya.contracts.rfid.RfidRead;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The serializer of {@link RfidRead}, where absent values take no byte. */
public final class RfidReadSerializer implements RecordSerializer<RfidRead> {
    public static final RfidReadSerializer INSTANCE = new RfidReadSerializer();

    private static final int LANE = 1;
    private static final int PLATE = 1 << 1;
    private static final int VEHICLE = 1 << 2;

    /** The place of the readId in a form that starts at a place. */
    public static int idPlace(int start) {
        return start + Byte.BYTES;
    }

    @Override
    public void write(RfidRead read, DataOutputView out) throws IOException {
        out.writeByte(
                (read.lane() == null ? 0 : LANE)
                        | (read.registeredPlate() == null ? 0 : PLATE)
                        | (read.registeredVehicle() == null ? 0 : VEHICLE));
        Binary.writeString(read.readId(), out);
        Binary.writeString(read.deviceId(), out);
        if (read.lane() != null) {
            Binary.writeVarInt(read.lane(), out);
        }
        Binary.writeVarLong(read.deviceTime(), out);
        Binary.writeString(read.tagId(), out);
        if (read.registeredPlate() != null) {
            Binary.writeString(read.registeredPlate(), out);
        }
        if (read.registeredVehicle() != null) {
            VehicleCode.write(read.registeredVehicle(), out);
        }
    }

    @Override
    public RfidRead read(DataInputView in) throws IOException {
        int flags = in.readByte();
        return new RfidRead(
                Binary.readString(in),
                Binary.readString(in),
                (flags & LANE) == 0 ? null : (Integer) Binary.readVarInt(in),
                Binary.readVarLong(in),
                Binary.readString(in),
                (flags & PLATE) == 0 ? null : Binary.readString(in),
                (flags & VEHICLE) == 0 ? null : VehicleCode.read(in));
    }
}
