package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.flink.serializer.RfidReadSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link DeviceMessage}s, with their images. */
public final class DeviceMessageSerializer implements RecordSerializer<DeviceMessage> {
    public static final DeviceMessageSerializer INSTANCE = new DeviceMessageSerializer();

    private static final int PLATE = 1;
    private static final int TAG = 2;
    private static final int PLATE_WITH_IMAGE = 3;

    @Override
    public Class<DeviceMessage> type() {
        return DeviceMessage.class;
    }

    @Override
    public void write(DeviceMessage message, DataOutputView out) throws IOException {
        if (message instanceof Sighting sighting) {
            String image = sighting.read().plateImage();
            out.writeByte(image == null ? PLATE : PLATE_WITH_IMAGE);
            PlateEventSerializer.INSTANCE.write(sighting, out);
            if (image != null) {
                Binary.writeString(image, out);
            }
        } else if (message instanceof TagArrival tag) {
            out.writeByte(TAG);
            out.writeLong(tag.arrival());
            out.writeBoolean(tag.clockSuspect());
            RfidReadSerializer.INSTANCE.write(tag.read(), out);
            RecordPositionCode.write(tag.position(), out);
        } else {
            throw new IllegalArgumentException("no form for " + message.getClass());
        }
    }

    @Override
    public DeviceMessage read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case PLATE -> (Sighting) PlateEventSerializer.INSTANCE.read(in);
            case PLATE_WITH_IMAGE ->
                    ((Sighting) PlateEventSerializer.INSTANCE.read(in))
                            .withImage(Binary.readString(in));
            case TAG ->
                    new TagArrival(
                            in.readLong(),
                            in.readBoolean(),
                            RfidReadSerializer.INSTANCE.read(in),
                            RecordPositionCode.read(in));
            default -> throw new IOException("device message kind " + kind + " is unknown");
        };
    }
}
