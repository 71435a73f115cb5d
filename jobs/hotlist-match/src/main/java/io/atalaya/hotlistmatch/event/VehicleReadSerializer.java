package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.plate.Compass;
import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link VehicleRead}, by hand because state holds every read of the last hour. A
 * direction is stored as a code. What most searches ask about comes first, see {@link Header}.
 */
public final class VehicleReadSerializer implements RecordSerializer<VehicleRead> {
    private static final RecordSerializer<VehicleTag> TAGS = RecordSerializer.of(VehicleTag.class);

    private static final int TAG = 0x20;
    private static final int REVISION = 0x10;
    private static final int DIRECTION = 0x0f;

    /**
     * Directions by code, from 1; code 0 means unknown. The order is part of the serialized data.
     */
    private static final Compass[] DIRECTIONS = {
        Compass.N, Compass.NE, Compass.E, Compass.SE, Compass.S, Compass.SW, Compass.W, Compass.NW
    };

    /**
     * What comes before the texts of a vehicle read; the first of these is its {@code firstReadId}.
     * Mutable, so that one serves for many reads.
     */
    public static final class Header {
        private int flags;
        private long deviceTime;
        private long causedAt;

        public void read(DataInputView in) throws IOException {
            flags = in.readByte();
            deviceTime = in.readLong();
            causedAt = Binary.readDistance(deviceTime, in);
        }

        /** See {@link VehicleRead#deviceTime}. */
        public long deviceTime() {
            return deviceTime;
        }

        /** See {@link VehicleRead#causedAt}. */
        public long causedAt() {
            return causedAt;
        }

        /** See {@link VehicleRead#isOfTag}. */
        public boolean isOfTag() {
            return (flags & TAG) != 0;
        }

        /** See {@link VehicleRead#direction}. */
        public Compass direction() throws IOException {
            return VehicleReadSerializer.direction(flags & DIRECTION);
        }
    }

    @Override
    public void write(VehicleRead vehicleRead, DataOutputView out) throws IOException {
        boolean isOfTag = vehicleRead.isOfTag();
        boolean isRevision = !isOfTag && !vehicleRead.firstReadId().equals(vehicleRead.readId());
        out.writeByte(
                code(vehicleRead.direction()) | (isOfTag ? TAG : 0) | (isRevision ? REVISION : 0));
        out.writeLong(vehicleRead.deviceTime());
        Binary.writeDistance(vehicleRead.causedAt(), vehicleRead.deviceTime(), out);
        Binary.writeString(vehicleRead.firstReadId(), out);
        if (isOfTag || isRevision) {
            Binary.writeString(vehicleRead.readId(), out);
        }
        if (isOfTag) {
            Binary.writeOptional(vehicleRead.tag().tag(), TAGS::write, out);
            Binary.writeVarInt(vehicleRead.tag().assignmentSequence(), out);
        } else {
            Binary.writeString(vehicleRead.plate(), out);
        }
    }

    @Override
    public VehicleRead read(DataInputView in) throws IOException {
        Header header = new Header();
        header.read(in);
        return read(header, in);
    }

    /** The read whose header has been read. */
    public static VehicleRead read(Header header, DataInputView in) throws IOException {
        String firstReadId = Binary.readString(in);
        if (header.isOfTag()) {
            String readId = Binary.readString(in);
            VehicleTag tag = Binary.readOptional(TAGS::read, in);
            int sequence = Binary.readVarInt(in);
            return VehicleRead.assignment(
                    firstReadId,
                    header.deviceTime(),
                    new AssignedTag(readId, tag, sequence, header.causedAt()));
        }
        boolean isRevision = (header.flags & REVISION) != 0;
        return new VehicleRead(
                isRevision ? Binary.readString(in) : firstReadId,
                firstReadId,
                Binary.readString(in),
                header.deviceTime(),
                header.causedAt(),
                header.direction());
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
