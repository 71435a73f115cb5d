package io.atalaya.contracts.topic;

import java.util.List;

/**
 * A Kafka record as received, before any codec reads it.
 *
 * @param timestamp arrival time, epoch ms
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
        List<RawHeader> headers)
        implements Traceable {

    /** Partition and offset of a record that is not yet written. */
    public static final int NOWHERE = -1;

    /** The record's address in Kafka. */
    public RecordAddress address() {
        return new RecordAddress(topic, partition, offset);
    }

    /** Without a device, because no codec has read it. */
    @Override
    public Origin origin() {
        return new Origin(null, address(), key, value, headers);
    }

    /** The record's position within its topic. */
    public RecordPosition position() {
        return new RecordPosition(partition, offset);
    }

    /** One header; the value may be null. */
    public record RawHeader(String name, byte[] value) {}
}
