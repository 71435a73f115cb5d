package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link VehicleRead}, by hand because state holds every read of the last hour. A
 * direction is stored as a code.
 */
public final class VehicleReadSerializer implements RecordSerializer<VehicleRead> {
    private static final RecordSerializer<AssignedTag> TAGS =
            RecordSerializer.of(AssignedTag.class);

    private static final int TAG = 0x20;
    private static final int REVISION = 0x10;
    private static final int DIRECTION = 0x0f;

    /**
     * Directions by code, from 1; code 0 means unknown. The order is part of the serialized data.
     */
    private static final Compass[] DIRECTIONS = {
        Compass.N, Compass.NE, Compass.E, Compass.SE, Compass.S, Compass.SW, Compass.W, Compass.NW
    };

    @Override
    public void write(VehicleRead vehicleRead, DataOutputView out) throws IOException {
        if (vehicleRead.isOfTag()) {
            out.writeByte(TAG);
            Binary.writeString(vehicleRead.firstReadId(), out);
            out.writeLong(vehicleRead.deviceTime());
            TAGS.write(vehicleRead.tag(), out);
            return;
        }
        boolean revision = !vehicleRead.firstReadId().equals(vehicleRead.readId());
        out.writeByte(code(vehicleRead.direction()) | (revision ? REVISION : 0));
        Binary.writeString(vehicleRead.readId(), out);
        if (revision) {
            Binary.writeString(vehicleRead.firstReadId(), out);
        }
        Binary.writeString(vehicleRead.plate(), out);
        out.writeLong(vehicleRead.deviceTime());
        out.writeLong(vehicleRead.causedAt());
    }

    @Override
    public VehicleRead read(DataInputView in) throws IOException {
        int flags = in.readByte();
        if ((flags & TAG) != 0) {
            return VehicleRead.assignment(Binary.readString(in), in.readLong(), TAGS.read(in));
        }
        String readId = Binary.readString(in);
        String root = (flags & REVISION) == 0 ? readId : Binary.readString(in);
        return new VehicleRead(
                readId,
                root,
                Binary.readString(in),
                in.readLong(),
                in.readLong(),
                direction(flags & DIRECTION));
    }

    private static int code(Compass direction) {
        if (direction != null) {
            for (int i = 0; i < DIRECTIONS.length; i++) {
                if (DIRECTIONS[i] == direction) {
                    return i + 1;
                }
            }
        }
        return 0;
    }

    private static Compass direction(int code) throws IOException {
        if (code > DIRECTIONS.length) {
            throw new IOException("direction code " + code + " is unknown");
        }
        return code == 0 ? null : DIRECTIONS[code - 1];
    }
}
