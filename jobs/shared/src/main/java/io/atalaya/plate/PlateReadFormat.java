package io.atalaya.plate;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link PlateRead}, without its image: images are never state. */
public final class PlateReadFormat implements BinaryFormat<PlateRead> {
    public static final PlateReadFormat INSTANCE = new PlateReadFormat();

    private static final int NO_LANE = -1;
    private static final int NO_DIRECTION = -1;
    private static final Compass[] POINTS = Compass.values();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<PlateRead> type() {
        return PlateRead.class;
    }

    @Override
    public void write(PlateRead read, DataOutputView out) throws IOException {
        Binary.writeString(read.readId(), out);
        Binary.writeString(read.deviceId(), out);
        out.writeShort(read.lane() == null ? NO_LANE : read.lane());
        out.writeLong(read.time());
        Binary.writeString(read.plate(), out);
        out.writeFloat((float) read.confidence());
        Binary.writeList(
                read.candidates(),
                (candidate, o) -> {
                    Binary.writeString(candidate.plate(), o);
                    o.writeFloat((float) candidate.confidence());
                },
                out);
        Binary.writeString(read.country(), out);
        Binary.writeString(read.state(), out);
        // The compass is closed: its order is the code.
        out.writeByte(read.direction() == null ? NO_DIRECTION : read.direction().ordinal());
        Binary.writeDoubleOrNull(read.speedKmh(), out);
        Binary.writeOptional(read.vehicle(), VehicleFormat.INSTANCE::write, out);
        Binary.writeString(read.imageRef(), out);
        Binary.writeString(read.supersedes(), out);
        out.writeBoolean(read.withdrawn());
    }

    @Override
    public PlateRead read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        String readId = Binary.readString(in);
        String deviceId = Binary.readString(in);
        int lane = in.readShort();
        long time = in.readLong();
        String plate = Binary.readString(in);
        double confidence = shortest(in.readFloat());
        var candidates =
                Binary.readList(
                        i -> new Candidate(Binary.readString(i), shortest(i.readFloat())), in);
        String country = Binary.readString(in);
        String state = Binary.readString(in);
        int direction = in.readByte();
        return new PlateRead(
                readId,
                deviceId,
                lane == NO_LANE ? null : lane,
                time,
                plate,
                confidence,
                candidates,
                country,
                state,
                direction == NO_DIRECTION ? null : POINTS[direction],
                Binary.readDoubleOrNull(in),
                Binary.readOptional(
                        i -> VehicleFormat.INSTANCE.read(VehicleFormat.INSTANCE.version(), i), in),
                null,
                Binary.readString(in),
                Binary.readString(in),
                in.readBoolean());
    }

    /** 0.953f widens to 0.95300000905…; a person and an equal alert want 0.953 back. */
    private static double shortest(float value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
