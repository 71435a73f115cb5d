package io.atalaya.flink.serializer;

import io.atalaya.contracts.topic.RecordPosition;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/** Serializes {@link RecordPosition} inside other values. */
public final class RecordPositionCode {
    private RecordPositionCode() {}

    public static void write(RecordPosition position, DataOutputView out) throws IOException {
        Binary.writeVarInt(position.partition() + 1, out);
        if (position.partition() >= 0) {
            Binary.writeVarLong(position.offset(), out);
        }
    }

    public static RecordPosition read(DataInputView in) throws IOException {
        int partition = Binary.readVarInt(in) - 1;
        return partition < 0
                ? RecordPosition.UNKNOWN
                : new RecordPosition(partition, Binary.readVarLong(in));
    }
}
