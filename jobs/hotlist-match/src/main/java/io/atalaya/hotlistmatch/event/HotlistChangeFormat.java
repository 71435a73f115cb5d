package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.BinaryFormat;
import io.atalaya.flink.serializer.HotlistEntryFormat;
import io.atalaya.flink.serializer.RecordPositionCode;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link HotlistChange}. */
public final class HotlistChangeFormat implements BinaryFormat<HotlistChange> {
    public static final HotlistChangeFormat INSTANCE = new HotlistChangeFormat();

    @Override
    public Class<HotlistChange> type() {
        return HotlistChange.class;
    }

    @Override
    public void write(HotlistChange change, DataOutputView out) throws IOException {
        Binary.writeString(change.entryId(), out);
        Binary.writeOptional(change.entry(), HotlistEntryFormat.INSTANCE::write, out);
        out.writeLong(change.arrival());
        RecordPositionCode.write(change.position(), out);
    }

    @Override
    public HotlistChange read(DataInputView in) throws IOException {
        return new HotlistChange(
                Binary.readString(in),
                Binary.readOptional(HotlistEntryFormat.INSTANCE::read, in),
                in.readLong(),
                RecordPositionCode.read(in));
    }
}
