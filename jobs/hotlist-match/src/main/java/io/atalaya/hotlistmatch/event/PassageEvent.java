package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Traceable;

/** What the passage step sends on: a read that counts, its tag, or the end of either. */
public sealed interface PassageEvent extends Traceable permits PassageRead, Retraction {
    /** Between a device and its read. */
    char SEPARATOR = '/';

    /**
     * Identifies the passage: device and the first readId of its chain of revisions; or the tag's
     * read.
     */
    String passageId();

    /** Of the device that read. */
    String deviceId();

    /** Of the record that caused the event, in the topic of plates or of tags. */
    RecordPosition position();

    /** The read that caused the event, for dead letters. */
    default ReadOrigin readOrigin() {
        return new ReadOrigin(deviceId(), isOfTag(), position());
    }

    /** Identifies the read within the whole system. */
    String readKey();

    /** When what caused the event arrived, epoch ms. */
    long at();

    /** Whether it tells of a tag, where it is or that it is there no longer. */
    boolean isOfTag();

    /** ReadIds are unique within a device only. */
    static String key(String deviceId, String readId) {
        return deviceId + SEPARATOR + readId;
    }

    /** A device may give the same ids to its plate reads and to its tag reads. */
    static String tagKey(String deviceId, String readId) {
        return deviceId + "/tag/" + readId;
    }
}
