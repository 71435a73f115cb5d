package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Traceable;

/**
 * Output of the passage operator: a read that counts, the assignment of its tag, or the retraction
 * of either.
 */
public sealed interface PassageEvent extends Traceable permits PassageRead, Retraction {
    /** Separates device and read in a key. */
    char SEPARATOR = '/';

    /**
     * Identifies the passage: deviceId and the first readId of its chain of revisions, or the key
     * of a tag read without plate.
     */
    String passageId();

    /** The device that made the read. */
    String deviceId();

    /** Position of the record that caused the event, in the topic of plates or of tags. */
    RecordPosition position();

    /** The read that caused the event, for dead letters. */
    default ReadOrigin readOrigin() {
        return new ReadOrigin(deviceId(), isOfTag(), position());
    }

    /** Identifies the read in the whole system. */
    String readKey();

    /** Arrival time of what caused the event, epoch ms. */
    long causedAt();

    /** Whether the event is the assignment of a tag or its retraction. */
    boolean isOfTag();

    /** The event in words, for the log. */
    default String cause() {
        return (this instanceof Retraction ? "retraction of read " : "read ") + readKey();
    }

    /** Includes the device, because readIds are unique within a device only. */
    static String key(String deviceId, String readId) {
        return deviceId + SEPARATOR + readId;
    }

    /**
     * Includes {@code tag}, because a device may use the same ids for plate reads and tag reads.
     */
    static String tagKey(String deviceId, String readId) {
        return deviceId + "/tag/" + readId;
    }
}
