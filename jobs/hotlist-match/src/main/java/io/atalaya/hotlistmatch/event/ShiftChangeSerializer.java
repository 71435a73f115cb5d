package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link ShiftChange}. */
public final class ShiftChangeSerializer implements RecordSerializer<ShiftChange> {
    public static final ShiftChangeSerializer INSTANCE = new ShiftChangeSerializer();

    @Override
    public Class<ShiftChange> type() {
        return ShiftChange.class;
    }

    @Override
    public void write(ShiftChange change, DataOutputView out) throws IOException {
        CalibrationSubjectSerializer.INSTANCE.write(change.subject(), out);
        out.writeLong(change.from());
        Binary.writeOptional(change.shift(), ShiftChangeSerializer::writeShift, out);
        RecordPositionCode.write(change.position(), out);
    }

    @Override
    public ShiftChange read(DataInputView in) throws IOException {
        return new ShiftChange(
                CalibrationSubjectSerializer.INSTANCE.read(in),
                in.readLong(),
                Binary.readOptional(ShiftChangeSerializer::readShift, in),
                RecordPositionCode.read(in));
    }

    public static void writeShift(Shift shift, DataOutputView out) throws IOException {
        out.writeShort(shift.tenths());
        out.writeShort(shift.wrong());
        out.writeShort(shift.answered());
    }

    public static Shift readShift(DataInputView in) throws IOException {
        return new Shift(in.readShort(), in.readShort(), in.readShort());
    }
}
