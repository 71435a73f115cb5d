package io.atalaya.contracts.topic;

/**
 * The location of a record in Kafka.
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
}
