package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link VehicleTag}. */
public final class VehicleTagSerializer implements RecordSerializer<VehicleTag> {
    public static final VehicleTagSerializer INSTANCE = new VehicleTagSerializer();

    @Override
    public Class<VehicleTag> type() {
        return VehicleTag.class;
    }

    @Override
    public void write(VehicleTag tag, DataOutputView out) throws IOException {
        Binary.writeString(tag.tagId(), out);
        Binary.writeString(tag.plate(), out);
    }

    @Override
    public VehicleTag read(DataInputView in) throws IOException {
        return new VehicleTag(Binary.readString(in), Binary.readString(in));
    }
}
