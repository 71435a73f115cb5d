package io.atalaya.contracts.topic;

/**
 * The location of a record in its topic. All positions are equal, because two deliveries of one
 * message are equal wherever they are stored.
 *
 * @param partition at least 0, or -1 if unknown
 */
public record RecordPosition(int partition, long offset) {
    public static final RecordPosition UNKNOWN = new RecordPosition(-1, -1);

    /** The address in that topic, or null if the position is unknown. */
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
}
