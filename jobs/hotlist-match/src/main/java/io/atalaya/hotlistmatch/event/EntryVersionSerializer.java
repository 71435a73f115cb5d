package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.HotlistEntrySerializer;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.StateSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link EntryVersion}. */
public final class EntryVersionSerializer implements StateSerializer<EntryVersion> {
    public static final EntryVersionSerializer INSTANCE = new EntryVersionSerializer();

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
        HotlistEntrySerializer.INSTANCE.write(value.entry(), out);
        out.writeLong(value.from());
        out.writeBoolean(value.looksBack());
        RecordPositionCode.write(value.position(), out);
    }

    @Override
    public EntryVersion read(DataInputView in) throws IOException {
        return new EntryVersion(
                HotlistEntrySerializer.INSTANCE.read(in),
                in.readLong(),
                in.readBoolean(),
                RecordPositionCode.read(in));
    }
}
