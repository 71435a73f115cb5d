package io.atalaya.hotlistmatch.match;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.CaseInput;
import io.atalaya.hotlistmatch.event.CaseInputSerializer;
import io.atalaya.hotlistmatch.event.Question;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Meeting}s. The step that takes them is chained: it is seldom needed. */
public final class MeetingSerializer implements RecordSerializer<Meeting> {
    public static final MeetingSerializer INSTANCE = new MeetingSerializer();

    @Override
    public Class<Meeting> type() {
        return Meeting.class;
    }

    @Override
    public void write(Meeting meeting, DataOutputView out) throws IOException {
        CaseInputSerializer.INSTANCE.write(meeting.finding(), out);
        Binary.writeOptional(meeting.question(), MeetingSerializer::writeQuestion, out);
    }

    @Override
    public Meeting read(DataInputView in) throws IOException {
        CaseInput finding = CaseInputSerializer.INSTANCE.read(in);
        return new Meeting(
                (CaseInput.Finding) finding,
                Binary.readOptional(MeetingSerializer::readQuestion, in));
    }

    private static void writeQuestion(Question question, DataOutputView out) throws IOException {
        out.writeLong(question.plate());
        Binary.writeString(question.image(), out);
        out.writeByte(question.priority());
        out.writeDouble(question.logOdds());
    }

    private static Question readQuestion(DataInputView in) throws IOException {
        return new Question(in.readLong(), Binary.readString(in), in.readByte(), in.readDouble());
    }
}
