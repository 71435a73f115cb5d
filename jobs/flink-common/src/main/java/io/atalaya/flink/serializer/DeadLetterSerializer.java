package io.atalaya.flink.serializer;

import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.contracts.topic.RecordAddress;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.OutputTag;

import java.io.IOException;

/** The serializer of {@link DeadLetter}. */
public final class DeadLetterSerializer implements RecordSerializer<DeadLetter> {
    public static final DeadLetterSerializer INSTANCE = new DeadLetterSerializer();

    /** The side output for records that operators reject or fail to process. */
    public static final OutputTag<DeadLetter> TAG =
            new OutputTag<>("dead-letters", INSTANCE.typeInfo());

    @Override
    public Class<DeadLetter> type() {
        return DeadLetter.class;
    }

    @Override
    public void write(DeadLetter letter, DataOutputView out) throws IOException {
        Binary.writeOptional(letter.address(), DeadLetterSerializer::writeAddress, out);
        out.writeLong(letter.arrival());
        Binary.writeOptional(letter.key(), RawRecordSerializer::writeBytes, out);
        Binary.writeOptional(letter.value(), RawRecordSerializer::writeBytes, out);
        Binary.writeList(letter.headers(), RawRecordSerializer::writeHeader, out);
        Binary.writeString(letter.field(), out);
        Binary.writeString(letter.reason(), out);
        Binary.writeOptional(letter.error(), DeadLetterSerializer::writeError, out);
    }

    @Override
    public DeadLetter read(DataInputView in) throws IOException {
        return new DeadLetter(
                Binary.readOptional(DeadLetterSerializer::readAddress, in),
                in.readLong(),
                Binary.readOptional(RawRecordSerializer::readBytes, in),
                Binary.readOptional(RawRecordSerializer::readBytes, in),
                Binary.readList(RawRecordSerializer::readHeader, in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readOptional(DeadLetterSerializer::readError, in));
    }

    private static void writeAddress(RecordAddress address, DataOutputView out) throws IOException {
        Binary.writeString(address.topic(), out);
        out.writeInt(address.partition());
        out.writeLong(address.offset());
    }

    private static RecordAddress readAddress(DataInputView in) throws IOException {
        return new RecordAddress(Binary.readString(in), in.readInt(), in.readLong());
    }

    private static void writeError(InternalError error, DataOutputView out) throws IOException {
        Binary.writeString(error.operator(), out);
        Binary.writeOptional(error.deviceId(), Binary::writeString, out);
        Binary.writeString(error.exception(), out);
        Binary.writeString(error.thrownAt(), out);
        Binary.writeOptional(error.pausedUntil(), (until, o) -> o.writeLong(until), out);
    }

    private static InternalError readError(DataInputView in) throws IOException {
        return new InternalError(
                Binary.readString(in),
                Binary.readOptional(Binary::readString, in),
                Binary.readString(in),
                Binary.readString(in),
                Binary.readOptional(DataInputView::readLong, in));
    }
}
