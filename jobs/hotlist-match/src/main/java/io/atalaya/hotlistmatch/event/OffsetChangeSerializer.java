package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link OffsetChange}. */
public final class OffsetChangeSerializer implements RecordSerializer<OffsetChange> {
    public static final OffsetChangeSerializer INSTANCE = new OffsetChangeSerializer();

    @Override
    public Class<OffsetChange> type() {
        return OffsetChange.class;
    }

    @Override
    public void write(OffsetChange change, DataOutputView out) throws IOException {
        CalibrationSubjectSerializer.INSTANCE.write(change.subject(), out);
        out.writeLong(change.from());
        Binary.writeOptional(change.offset(), OffsetChangeSerializer::writeShift, out);
        RecordPositionCode.write(change.position(), out);
    }

    @Override
    public OffsetChange read(DataInputView in) throws IOException {
        return new OffsetChange(
                CalibrationSubjectSerializer.INSTANCE.read(in),
                in.readLong(),
                Binary.readOptional(OffsetChangeSerializer::readShift, in),
                RecordPositionCode.read(in));
    }

    public static void writeShift(CalibrationOffset offset, DataOutputView out) throws IOException {
        out.writeShort(offset.tenths());
        out.writeShort(offset.wrong());
        out.writeShort(offset.answered());
    }

    public static CalibrationOffset readShift(DataInputView in) throws IOException {
        return new CalibrationOffset(in.readShort(), in.readShort(), in.readShort());
    }
}
