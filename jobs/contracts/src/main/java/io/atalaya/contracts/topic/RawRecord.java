package io.atalaya.contracts.topic;

import java.util.List;

/**
 * A Kafka record as it came, before any codec has looked at it.
 *
 * @param timestamp arrival, epoch ms
 * @param key or null
 * @param value or null
 */
public record RawRecord(
        String topic,
        int partition,
        long offset,
        long timestamp,
        byte[] key,
        byte[] value,
        List<RawHeader> headers) {

    /** Partition and offset of a record that is still to be written. */
    public static final int NOWHERE = -1;

    /** Where it stands. */
    public RecordAddress address() {
        return new RecordAddress(topic, partition, offset);
    }

    /** The same within its topic. */
    public RecordPosition position() {
        return new RecordPosition(partition, offset);
    }

    /** One header; the value may be null. */
    public record RawHeader(String name, byte[] value) {}
}
