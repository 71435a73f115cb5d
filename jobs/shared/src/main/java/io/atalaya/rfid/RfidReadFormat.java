package io.atalaya.rfid;

import io.atalaya.plate.VehicleFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link RfidRead}. */
public final class RfidReadFormat implements BinaryFormat<RfidRead> {
    public static final RfidReadFormat INSTANCE = new RfidReadFormat();

    private static final int NO_LANE = -1;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<RfidRead> type() {
        return RfidRead.class;
    }

    @Override
    public void write(RfidRead read, DataOutputView out) throws IOException {
        Binary.writeString(read.readId(), out);
        Binary.writeString(read.deviceId(), out);
        out.writeShort(read.lane() == null ? NO_LANE : read.lane());
        out.writeLong(read.time());
        Binary.writeString(read.tagId(), out);
        Binary.writeString(read.registeredPlate(), out);
        Binary.writeOptional(read.registeredVehicle(), VehicleFormat.INSTANCE::write, out);
    }

    @Override
    public RfidRead read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        String readId = Binary.readString(in);
        String deviceId = Binary.readString(in);
        int lane = in.readShort();
        return new RfidRead(
                readId,
                deviceId,
                lane == NO_LANE ? null : lane,
                in.readLong(),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readOptional(
                        i -> VehicleFormat.INSTANCE.read(VehicleFormat.INSTANCE.version(), i), in));
    }
}
