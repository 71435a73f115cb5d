package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.BinaryFormat;
import io.atalaya.flink.serializer.HotlistEntryFormat;
import io.atalaya.flink.serializer.RecordPositionCode;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link CovertVersion}. */
public final class CovertVersionFormat implements BinaryFormat<CovertVersion> {
    public static final CovertVersionFormat INSTANCE = new CovertVersionFormat();

    @Override
    public Class<CovertVersion> type() {
        return CovertVersion.class;
    }

    @Override
    public void write(CovertVersion version, DataOutputView out) throws IOException {
        HotlistEntryFormat.INSTANCE.write(version.entry(), out);
        out.writeLong(version.from());
        out.writeLong(version.to());
        RecordPositionCode.write(version.position(), out);
    }

    @Override
    public CovertVersion read(DataInputView in) throws IOException {
        return new CovertVersion(
                HotlistEntryFormat.INSTANCE.read(in),
                in.readLong(),
                in.readLong(),
                RecordPositionCode.read(in));
    }
}
