package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.flink.serializer.RfidReadSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link DeviceRead} with its image, by hand because every read crosses it. */
public final class DeviceReadSerializer implements RecordSerializer<DeviceRead> {
    private static final RecordSerializer<EnrichedRead> READS =
            RecordSerializer.of(EnrichedRead.class);

    private static final int PLATE = 1;
    private static final int TAG = 2;
    private static final int PLATE_WITH_IMAGE = 3;

    @Override
    public void write(DeviceRead message, DataOutputView out) throws IOException {
        if (message instanceof EnrichedRead enrichedRead) {
            String image = enrichedRead.read().plateImage();
            out.writeByte(image == null ? PLATE : PLATE_WITH_IMAGE);
            READS.write(enrichedRead, out);
            if (image != null) {
                Binary.writeString(image, out);
            }
        } else if (message instanceof EnrichedTagRead tag) {
            out.writeByte(TAG);
            out.writeLong(tag.arrivalTime());
            out.writeBoolean(tag.isClockSuspect());
            RfidReadSerializer.INSTANCE.write(tag.read(), out);
            RecordPositionCode.write(tag.position(), out);
        } else {
            throw new IllegalArgumentException("no form for " + message.getClass());
        }
    }

    @Override
    public DeviceRead read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case PLATE -> READS.read(in);
            case PLATE_WITH_IMAGE -> READS.read(in).withImage(Binary.readString(in));
            case TAG ->
                    new EnrichedTagRead(
                            in.readLong(),
                            in.readBoolean(),
                            RfidReadSerializer.INSTANCE.read(in),
                            RecordPositionCode.read(in));
            default -> throw new IOException("device message kind " + kind + " is unknown");
        };
    }
}
