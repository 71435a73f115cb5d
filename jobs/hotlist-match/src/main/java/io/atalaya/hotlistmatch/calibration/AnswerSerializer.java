package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordPositionCode;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.CalibrationSubjectSerializer;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Answer}. */
public final class AnswerSerializer implements RecordSerializer<Answer> {
    public static final AnswerSerializer INSTANCE = new AnswerSerializer();

    @Override
    public Class<Answer> type() {
        return Answer.class;
    }

    @Override
    public void write(Answer answer, DataOutputView out) throws IOException {
        CalibrationSubjectSerializer.INSTANCE.write(answer.subject(), out);
        Binary.writeString(answer.alertId(), out);
        out.writeLong(answer.arrival());
        Binary.writeOptional(answer.lesson(), AnswerSerializer::writeLesson, out);
        Binary.writeString(answer.deviceId(), out);
        RecordPositionCode.write(answer.position(), out);
    }

    @Override
    public Answer read(DataInputView in) throws IOException {
        return new Answer(
                CalibrationSubjectSerializer.INSTANCE.read(in),
                Binary.readString(in),
                in.readLong(),
                Binary.readOptional(AnswerSerializer::readLesson, in),
                Binary.readString(in),
                RecordPositionCode.read(in));
    }

    static void writeLesson(Lesson lesson, DataOutputView out) throws IOException {
        Binary.writeString(lesson.alertId(), out);
        Binary.writeString(lesson.deviceId(), out);
        out.writeLong(lesson.arrival());
        out.writeBoolean(lesson.right());
        out.writeDouble(lesson.logOdds());
    }

    static Lesson readLesson(DataInputView in) throws IOException {
        return new Lesson(
                Binary.readString(in),
                Binary.readString(in),
                in.readLong(),
                in.readBoolean(),
                in.readDouble());
    }
}
