package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateSerializer;
import io.atalaya.hotlistmatch.event.CalibrationSubjectSerializer;
import io.atalaya.hotlistmatch.event.OffsetChangeSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link SubjectRecord}. */
public final class SubjectRecordSerializer implements StateSerializer<SubjectRecord> {
    static final SubjectRecordSerializer INSTANCE = new SubjectRecordSerializer();

    @Override
    public String id() {
        return "calibration-record";
    }

    @Override
    public Class<SubjectRecord> type() {
        return SubjectRecord.class;
    }

    @Override
    public void write(SubjectRecord record, DataOutputView out) throws IOException {
        CalibrationSubjectSerializer.INSTANCE.write(record.subject(), out);
        Binary.writeList(record.lessons(), OutcomeUpdateSerializer::writeLesson, out);
        OffsetChangeSerializer.writeShift(record.emitted(), out);
        out.writeLong(record.touchedAt());
    }

    @Override
    public SubjectRecord read(DataInputView in) throws IOException {
        return new SubjectRecord(
                CalibrationSubjectSerializer.INSTANCE.read(in),
                Binary.readList(OutcomeUpdateSerializer::readLesson, in),
                OffsetChangeSerializer.readShift(in),
                in.readLong());
    }
}
