package io.atalaya.hotlistmatch.match;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.BinaryFormat;
import io.atalaya.hotlistmatch.event.CaseInput;
import io.atalaya.hotlistmatch.event.CaseInputFormat;
import io.atalaya.hotlistmatch.event.Question;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link Meeting}s. The step that takes them is chained: it is seldom needed. */
public final class MeetingFormat implements BinaryFormat<Meeting> {
    public static final MeetingFormat INSTANCE = new MeetingFormat();

    @Override
    public Class<Meeting> type() {
        return Meeting.class;
    }

    @Override
    public void write(Meeting meeting, DataOutputView out) throws IOException {
        CaseInputFormat.INSTANCE.write(meeting.finding(), out);
        Binary.writeOptional(meeting.question(), MeetingFormat::writeQuestion, out);
    }

    @Override
    public Meeting read(DataInputView in) throws IOException {
        CaseInput finding = CaseInputFormat.INSTANCE.read(in);
        return new Meeting(
                (CaseInput.Finding) finding, Binary.readOptional(MeetingFormat::readQuestion, in));
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
