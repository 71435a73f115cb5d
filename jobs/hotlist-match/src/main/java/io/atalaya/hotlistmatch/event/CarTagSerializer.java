package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link CarTag}. */
public final class CarTagSerializer implements RecordSerializer<CarTag> {
    public static final CarTagSerializer INSTANCE = new CarTagSerializer();

    @Override
    public Class<CarTag> type() {
        return CarTag.class;
    }

    @Override
    public void write(CarTag tag, DataOutputView out) throws IOException {
        Binary.writeString(tag.tagId(), out);
        Binary.writeString(tag.plate(), out);
    }

    @Override
    public CarTag read(DataInputView in) throws IOException {
        return new CarTag(Binary.readString(in), Binary.readString(in));
    }
}
