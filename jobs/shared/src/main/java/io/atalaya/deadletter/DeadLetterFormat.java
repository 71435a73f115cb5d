package io.atalaya.deadletter;

import io.atalaya.kafka.RawRecordFormat;
import io.atalaya.serde.Binary;
import io.atalaya.serde.BinaryFormat;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Binary form of {@link DeadLetter}. */
public final class DeadLetterFormat implements BinaryFormat<DeadLetter> {
    public static final DeadLetterFormat INSTANCE = new DeadLetterFormat();

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<DeadLetter> type() {
        return DeadLetter.class;
    }

    @Override
    public void write(DeadLetter letter, DataOutputView out) throws IOException {
        RawRecordFormat.INSTANCE.write(letter.original(), out);
        Binary.writeString(letter.field(), out);
        Binary.writeString(letter.reason(), out);
    }

    @Override
    public DeadLetter read(int version, DataInputView in) throws IOException {
        requireKnown(version);
        return new DeadLetter(
                RawRecordFormat.INSTANCE.read(RawRecordFormat.INSTANCE.version(), in),
                Binary.readString(in),
                Binary.readString(in));
    }
}
