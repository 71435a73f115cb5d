package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.HotlistEntryFormat;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.StateFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link EntryVersion}. */
public final class EntryVersionFormat implements StateFormat<EntryVersion> {
    public static final EntryVersionFormat INSTANCE = new EntryVersionFormat();

    @Override
    public String id() {
        return "entry-version";
    }

    @Override
    public Class<EntryVersion> type() {
        return EntryVersion.class;
    }

    @Override
    public void write(EntryVersion value, DataOutputView out) throws IOException {
        HotlistEntryFormat.INSTANCE.write(value.entry(), out);
        out.writeLong(value.from());
        out.writeBoolean(value.looksBack());
        RecordPositionCode.write(value.position(), out);
    }

    @Override
    public EntryVersion read(DataInputView in) throws IOException {
        return new EntryVersion(
                HotlistEntryFormat.INSTANCE.read(in),
                in.readLong(),
                in.readBoolean(),
                RecordPositionCode.read(in));
    }
}
