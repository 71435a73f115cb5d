package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordAddress;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable.Origin;

/**
 * The read behind an output, with its device and Kafka record, for dead letters. All instances are
 * equal, like all {@link RecordPosition}s, so that outputs are equal whichever of several reads
 * arrived last.
 *
 * @param isOfTag the read is of a tag, not of a plate
 * @param position in the topic of plates or of tags
 */
public record ReadOrigin(String deviceId, boolean isOfTag, RecordPosition position) {

    /** Address of the Kafka record, or null if it is unknown. */
    public RecordAddress address() {
        return position.in(isOfTag ? Topics.RFID_READS : Topics.PLATE_READS);
    }

    /** Origin of an output that was derived from the read, with a description for people. */
    public Origin of(Object input) {
        return Origin.described(deviceId, address(), input);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReadOrigin;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
