package io.atalaya.hotlistmatch.match;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.flink.serializer.RecordSerializer;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.EntryEventSerializer;
import io.atalaya.hotlistmatch.event.OcrRequest;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializer of {@link CandidateMatch}. Rarely used, because the receiving operator is chained. */
public final class CandidateMatchSerializer implements RecordSerializer<CandidateMatch> {
    public static final CandidateMatchSerializer INSTANCE = new CandidateMatchSerializer();

    @Override
    public Class<CandidateMatch> type() {
        return CandidateMatch.class;
    }

    @Override
    public void write(CandidateMatch candidateMatch, DataOutputView out) throws IOException {
        EntryEventSerializer.INSTANCE.write(candidateMatch.finding(), out);
        Binary.writeOptional(
                candidateMatch.ocrRequest(), CandidateMatchSerializer::writeQuestion, out);
    }

    @Override
    public CandidateMatch read(DataInputView in) throws IOException {
        EntryEvent finding = EntryEventSerializer.INSTANCE.read(in);
        return new CandidateMatch(
                (EntryEvent.ReadMatched) finding,
                Binary.readOptional(CandidateMatchSerializer::readQuestion, in));
    }

    private static void writeQuestion(OcrRequest ocrRequest, DataOutputView out)
            throws IOException {
        out.writeLong(ocrRequest.plate());
        Binary.writeString(ocrRequest.image(), out);
        out.writeByte(ocrRequest.priority());
        out.writeDouble(ocrRequest.logOdds());
    }

    private static OcrRequest readQuestion(DataInputView in) throws IOException {
        return new OcrRequest(in.readLong(), Binary.readString(in), in.readByte(), in.readDouble());
    }
}
