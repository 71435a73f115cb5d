package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.StateFormat;
import io.atalaya.hotlistmatch.event.CalibrationSubjectFormat;
import io.atalaya.hotlistmatch.event.ShiftChangeFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link SubjectRecord}. */
public final class SubjectRecordFormat implements StateFormat<SubjectRecord> {
    static final SubjectRecordFormat INSTANCE = new SubjectRecordFormat();

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
        CalibrationSubjectFormat.INSTANCE.write(record.subject(), out);
        Binary.writeList(record.lessons(), AnswerFormat::writeLesson, out);
        ShiftChangeFormat.writeShift(record.told(), out);
        out.writeLong(record.touchedAt());
    }

    @Override
    public SubjectRecord read(DataInputView in) throws IOException {
        return new SubjectRecord(
                CalibrationSubjectFormat.INSTANCE.read(in),
                Binary.readList(AnswerFormat::readLesson, in),
                ShiftChangeFormat.readShift(in),
                in.readLong());
    }
}
