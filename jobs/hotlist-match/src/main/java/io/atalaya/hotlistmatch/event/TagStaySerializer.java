package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link TagStay}. */
public final class TagStaySerializer implements RecordSerializer<TagStay> {
    public static final TagStaySerializer INSTANCE = new TagStaySerializer();

    @Override
    public Class<TagStay> type() {
        return TagStay.class;
    }

    @Override
    public void write(TagStay stay, DataOutputView out) throws IOException {
        Binary.writeString(stay.readId(), out);
        Binary.writeOptional(stay.tag(), CarTagSerializer.INSTANCE::write, out);
        Binary.writeVarInt(stay.told(), out);
        out.writeLong(stay.since());
    }

    @Override
    public TagStay read(DataInputView in) throws IOException {
        return new TagStay(
                Binary.readString(in),
                Binary.readOptional(CarTagSerializer.INSTANCE::read, in),
                Binary.readVarInt(in),
                in.readLong());
    }
}
