package io.atalaya.hotlistmatch.calibration;

import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link SubjectRecord}. */
public final class SubjectRecordFormat implements BinaryFormat<SubjectRecord> {
    static final SubjectRecordFormat INSTANCE = new SubjectRecordFormat();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<SubjectRecord> type() {
        return SubjectRecord.class;
    }

    @Override
    public void write(SubjectRecord record, DataOutputView out) throws IOException {
        CalibrationSubjectFormat.INSTANCE.write(record.subject(), out);
        Binary.writeList(record.lessons(), AnswerFormat::writeLesson, out);
        ShiftHistoryFormat.writeShift(record.told(), out);
        out.writeLong(record.touchedAt());
    }

    @Override
    public SubjectRecord read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new SubjectRecord(
                CalibrationSubjectFormat.readCurrent(in),
                Binary.readList(AnswerFormat::readLesson, in),
                ShiftHistoryFormat.readShift(in),
                in.readLong());
    }
}
