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

    /** Bits of the flags. */
    public static final int FLAG_BITS = 3;

    /** The place of the readId in a form that starts at a place. */
    public static int idPlace(int start) {
        return start + Byte.BYTES;
    }

    @Override
    public void write(RfidRead read, DataOutputView out) throws IOException {
        out.writeByte(flags(read));
        Binary.writeString(read.readId(), out);
        Binary.writeString(read.deviceId(), out);
        writeRest(read, 0, out);
    }

    @Override
    public RfidRead read(DataInputView in) throws IOException {
        int flags = in.readByte();
        return readRest(flags, Binary.readString(in), Binary.readString(in), 0, in);
    }

    /** Which values {@link #writeRest} writes; below {@code 1 << FLAG_BITS}. */
    public static int flags(RfidRead read) {
        return (read.lane() == null ? 0 : LANE)
                | (read.registeredPlate() == null ? 0 : PLATE)
                | (read.registeredVehicle() == null ? 0 : VEHICLE);
    }

    /**
     * Writes what is neither flags nor ids.
     *
     * @param before a time near that of the read, which the reader knows
     */
    public static void writeRest(RfidRead read, long before, DataOutputView out)
            throws IOException {
        if (read.lane() != null) {
            Binary.writeVarInt(read.lane(), out);
        }
        Binary.writeDistance(read.deviceTime(), before, out);
        Binary.writeString(read.tagId(), out);
        if (read.registeredPlate() != null) {
            Binary.writeString(read.registeredPlate(), out);
        }
        if (read.registeredVehicle() != null) {
            VehicleCode.write(read.registeredVehicle(), out);
        }
    }

    /** Reads what {@link #writeRest} wrote. */
    public static RfidRead readRest(
            int flags, String readId, String deviceId, long before, DataInputView in)
            throws IOException {
        return new RfidRead(
                readId,
                deviceId,
                (flags & LANE) == 0 ? null : (Integer) Binary.readVarInt(in),
                Binary.readDistance(before, in),
                Binary.readString(in),
                (flags & PLATE) == 0 ? null : Binary.readString(in),
                (flags & VEHICLE) == 0 ? null : VehicleCode.read(in));
    }
}
