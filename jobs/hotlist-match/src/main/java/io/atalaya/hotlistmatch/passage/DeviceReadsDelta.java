package io.atalaya.hotlistmatch.passage;

import java.util.Collection;
import java.util.Map;

/**
 * What is stored of a {@link DeviceReads} at a time: what was noted since the last time, or all of
 * it. Oldest first.
 *
 * @param sent plate reads
 * @param retraction readIds that were withdrawn or revised, with the arrival of what did it
 * @param tags as they stand
 * @param confidences of all reads so far
 */
record DeviceReadsDelta(
        Collection<DeviceReads.Sent> sent,
        Map<String, Long> retraction,
        Collection<DeviceReads.Tag> tags,
        ConfidenceHistogram confidences) {

    /** How many reads, ends of reads and tags. */
    int size() {
        return sent.size() + retraction.size() + tags.size();
    }

    /** Arrival of the last of them, epoch ms; {@link Long#MIN_VALUE} of none. */
    long lastArrival() {
        long last = Long.MIN_VALUE;
        for (DeviceReads.Sent read : sent) {
            last = Math.max(last, read.arrival());
        }
        for (long at : retraction.values()) {
            last = Math.max(last, at);
        }
        for (DeviceReads.Tag tag : tags) {
            last = Math.max(last, tag.arrival());
        }
        return last;
    }
}
