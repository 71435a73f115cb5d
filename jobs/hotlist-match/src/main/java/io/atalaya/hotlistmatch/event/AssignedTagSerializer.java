package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link AssignedTag}. */
public final class AssignedTagSerializer implements RecordSerializer<AssignedTag> {
    public static final AssignedTagSerializer INSTANCE = new AssignedTagSerializer();

    @Override
    public Class<AssignedTag> type() {
        return AssignedTag.class;
    }

    @Override
    public void write(AssignedTag stay, DataOutputView out) throws IOException {
        Binary.writeString(stay.readId(), out);
        Binary.writeOptional(stay.tag(), VehicleTagSerializer.INSTANCE::write, out);
        Binary.writeVarInt(stay.assignmentSequence(), out);
        out.writeLong(stay.since());
    }

    @Override
    public AssignedTag read(DataInputView in) throws IOException {
        return new AssignedTag(
                Binary.readString(in),
                Binary.readOptional(VehicleTagSerializer.INSTANCE::read, in),
                Binary.readVarInt(in),
                in.readLong());
    }
}
