package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.HotlistEntrySerializer;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link CovertVersion}. */
public final class CovertVersionSerializer implements RecordSerializer<CovertVersion> {
    public static final CovertVersionSerializer INSTANCE = new CovertVersionSerializer();

    @Override
    public Class<CovertVersion> type() {
        return CovertVersion.class;
    }

    @Override
    public void write(CovertVersion version, DataOutputView out) throws IOException {
        HotlistEntrySerializer.INSTANCE.write(version.entry(), out);
        out.writeLong(version.from());
        out.writeLong(version.to());
        RecordPositionCode.write(version.position(), out);
    }

    @Override
    public CovertVersion read(DataInputView in) throws IOException {
        return new CovertVersion(
                HotlistEntrySerializer.INSTANCE.read(in),
                in.readLong(),
                in.readLong(),
                RecordPositionCode.read(in));
    }
}
