package io.atalaya.hotlistmatch.event;

import io.atalaya.flink.serializer.Binary;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of an {@link Opinion} inside the event that it is about. */
public final class OpinionFormat {
    private OpinionFormat() {}

    public static void write(Opinion opinion, DataOutputView out) throws IOException {
        out.writeLong(opinion.plate());
        out.writeByte(opinion.outcome().code());
        out.writeFloat(opinion.margin());
        out.writeFloat(opinion.logOdds());
        Binary.writeString(opinion.text(), out);
    }

    public static Opinion read(DataInputView in) throws IOException {
        return new Opinion(
                in.readLong(),
                Opinion.Outcome.of(in.readByte()),
                in.readFloat(),
                in.readFloat(),
                Binary.readString(in));
    }
}
