package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.HotlistEntrySerializer;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link HotlistChange}. */
public final class HotlistChangeSerializer implements RecordSerializer<HotlistChange> {
    public static final HotlistChangeSerializer INSTANCE = new HotlistChangeSerializer();

    @Override
    public Class<HotlistChange> type() {
        return HotlistChange.class;
    }

    @Override
    public void write(HotlistChange change, DataOutputView out) throws IOException {
        Binary.writeString(change.entryId(), out);
        Binary.writeOptional(change.entry(), HotlistEntrySerializer.INSTANCE::write, out);
        out.writeLong(change.arrival());
        RecordPositionCode.write(change.position(), out);
    }

    @Override
    public HotlistChange read(DataInputView in) throws IOException {
        return new HotlistChange(
                Binary.readString(in),
                Binary.readOptional(HotlistEntrySerializer.INSTANCE::read, in),
                in.readLong(),
                RecordPositionCode.read(in));
    }
}
