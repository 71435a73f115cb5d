package io.atalaya.flink.serializer;

import io.atalaya.contracts.topic.RawRecord;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** The serializer of {@link RawRecord}. */
public final class RawRecordSerializer implements StateSerializer<RawRecord> {
    public static final RawRecordSerializer INSTANCE = new RawRecordSerializer();

    @Override
    public String id() {
        return "kafka-record";
    }

    @Override
    public Class<RawRecord> type() {
        return RawRecord.class;
    }

    @Override
    public void write(RawRecord record, DataOutputView out) throws IOException {
        Binary.writeString(record.topic(), out);
        out.writeInt(record.partition());
        out.writeLong(record.offset());
        out.writeLong(record.timestamp());
        Binary.writeOptional(record.key(), RawRecordSerializer::writeBytes, out);
        Binary.writeOptional(record.value(), RawRecordSerializer::writeBytes, out);
        Binary.writeList(record.headers(), RawRecordSerializer::writeHeader, out);
    }

    @Override
    public RawRecord read(DataInputView in) throws IOException {
        return new RawRecord(
                Binary.readString(in),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                Binary.readOptional(RawRecordSerializer::readBytes, in),
                Binary.readOptional(RawRecordSerializer::readBytes, in),
                Binary.readList(RawRecordSerializer::readHeader, in));
    }

    public static void writeHeader(RawRecord.RawHeader header, DataOutputView out)
            throws IOException {
        Binary.writeString(header.name(), out);
        Binary.writeOptional(header.value(), RawRecordSerializer::writeBytes, out);
    }

    public static RawRecord.RawHeader readHeader(DataInputView in) throws IOException {
        return new RawRecord.RawHeader(
                Binary.readString(in), Binary.readOptional(RawRecordSerializer::readBytes, in));
    }

    public static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static byte[] readBytes(DataInputView in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
