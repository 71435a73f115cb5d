package io.atalaya.contracts.topic;

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
}
