package io.atalaya.plate;

import io.atalaya.serde.Binary;

import org.apache.flink.core.memory.DataInputView;

import java.io.IOException;

/** Version 1 of {@link PlateReadFormat}: every field in its place, an absent one too. */
final class PlateReadV1 {
    private static final int NO_LANE = -1;
    private static final int NO_DIRECTION = -1;
    private static final Compass[] POINTS = Compass.values();

    private PlateReadV1() {}

    static PlateRead read(DataInputView in) throws IOException {
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
                Binary.readOptional(i -> VehicleFormat.INSTANCE.read(1, i), in),
                null,
                Binary.readString(in),
                Binary.readString(in),
                in.readBoolean());
    }

    /** 0.953f widens to 0.95300000905…; a person and an equal alert want 0.953 back. */
    static double shortest(float value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
