package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.ListedPassageSerializer;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Serializer of {@link ConvoyEvent}s; its versions are those of {@link ListedPassageSerializer} and
 * {@link NearbyReadSerializer}.
 */
public final class ConvoyEventSerializer implements RecordSerializer<ConvoyEvent> {
    public static final ConvoyEventSerializer INSTANCE = new ConvoyEventSerializer();

    private static final int NEAR = 1;
    private static final int JOINED = 2;

    @Override
    public Class<ConvoyEvent> type() {
        return ConvoyEvent.class;
    }

    @Override
    public void write(ConvoyEvent fact, DataOutputView out) throws IOException {
        if (fact instanceof ConvoyEvent.NeighbourhoodFound near) {
            out.writeByte(NEAR);
            ListedPassageSerializer.INSTANCE.write(near.listed(), out);
            Binary.writeVarInt(near.flow(), out);
            Binary.writeList(near.vehicleReads(), NearbyReadSerializer.INSTANCE::write, out);
        } else if (fact instanceof ConvoyEvent.ReadJoined joined) {
            out.writeByte(JOINED);
            Binary.writeString(joined.entryId(), out);
            Binary.writeString(joined.passageId(), out);
            NearbyReadSerializer.INSTANCE.write(joined.vehicleRead(), out);
            joined.listed().write(out);
        } else {
            throw new IllegalArgumentException("no form for " + fact.getClass());
        }
    }

    @Override
    public ConvoyEvent read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case NEAR ->
                    new ConvoyEvent.NeighbourhoodFound(
                            ListedPassageSerializer.INSTANCE.read(in),
                            Binary.readVarInt(in),
                            Binary.readList(NearbyReadSerializer.INSTANCE::read, in));
            case JOINED ->
                    new ConvoyEvent.ReadJoined(
                            Binary.readString(in),
                            Binary.readString(in),
                            NearbyReadSerializer.INSTANCE.read(in),
                            ReadOrigin.read(in));
            default -> throw new IOException("company fact kind " + kind + " is unknown");
        };
    }
}
