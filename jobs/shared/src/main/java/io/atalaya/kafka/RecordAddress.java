package io.atalaya.kafka;

import io.atalaya.serde.Binary;

import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

import java.io.IOException;

/**
 * Where a record stands in Kafka.
 *
 * @param partition at least 0
 * @param offset at least 0
 */
public record RecordAddress(String topic, int partition, long offset) {

    /** {@code topic-partition-offset}, the key of its dead letter. */
    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }

    /** Writes an address, or null, whose topic the reader knows. */
    public static void write(RecordAddress address, DataOutputView out) throws IOException {
        Binary.writeVarInt(address == null ? 0 : address.partition() + 1, out);
        if (address != null) {
            Binary.writeVarLong(address.offset(), out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static RecordAddress read(String topic, DataInputView in) throws IOException {
        int partition = Binary.readVarInt(in) - 1;
        return partition < 0 ? null : new RecordAddress(topic, partition, Binary.readVarLong(in));
    }
}
