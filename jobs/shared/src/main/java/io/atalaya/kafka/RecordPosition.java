package io.atalaya.kafka;

import io.atalaya.serde.Binary;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Where a record stands in its topic. All positions are equal, because two deliveries of one
 * message say the same, wherever they stand.
 *
 * @param partition at least 0, or -1: unknown
 */
public record RecordPosition(int partition, long offset) {
    public static final RecordPosition UNKNOWN = new RecordPosition(-1, -1);

    /** The address in that topic, or null if it is unknown. */
    public RecordAddress in(String topic) {
        return partition < 0 ? null : new RecordAddress(topic, partition, offset);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordPosition;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    public void write(DataOutputView out) throws IOException {
        Binary.writeVarInt(partition + 1, out);
        if (partition >= 0) {
            Binary.writeVarLong(offset, out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static RecordPosition read(DataInputView in) throws IOException {
        int partition = Binary.readVarInt(in) - 1;
        return partition < 0 ? UNKNOWN : new RecordPosition(partition, Binary.readVarLong(in));
    }
}
