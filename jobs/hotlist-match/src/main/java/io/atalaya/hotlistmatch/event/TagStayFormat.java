package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link TagStay}. */
public final class TagStayFormat implements BinaryFormat<TagStay> {
    public static final TagStayFormat INSTANCE = new TagStayFormat();

    @Override
    public Class<TagStay> type() {
        return TagStay.class;
    }

    @Override
    public void write(TagStay stay, DataOutputView out) throws IOException {
        Binary.writeString(stay.readId(), out);
        Binary.writeOptional(stay.tag(), CarTagFormat.INSTANCE::write, out);
        Binary.writeVarInt(stay.told(), out);
        out.writeLong(stay.since());
    }

    @Override
    public TagStay read(DataInputView in) throws IOException {
        return new TagStay(
                Binary.readString(in),
                Binary.readOptional(CarTagFormat.INSTANCE::read, in),
                Binary.readVarInt(in),
                in.readLong());
    }
}
