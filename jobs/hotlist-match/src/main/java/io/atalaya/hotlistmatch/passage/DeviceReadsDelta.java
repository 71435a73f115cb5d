package io.atalaya.hotlistmatch.passage;

import java.util.Collection;
import java.util.Map;

/**
 * The stored part of a {@link DeviceReads}: the changes since the last one, or all of it. Oldest
 * first.
 *
 * @param sent plate reads
 * @param retracted readIds that were withdrawn or revised, with the arrival time of the cause
 * @param tags in their current state
 * @param confidences of all reads so far
 */
record DeviceReadsDelta(
        Collection<DeviceReads.ForwardedRead> sent,
        Map<String, Long> retracted,
        Collection<DeviceReads.Tag> tags,
        ConfidenceHistogram confidences) {

    /** Number of reads, retractions and tags. */
    int size() {
        return sent.size() + retracted.size() + tags.size();
    }

    /** Last arrival time in it, epoch ms; {@link Long#MIN_VALUE} if it is empty. */
    long lastArrival() {
        long last = Long.MIN_VALUE;
        for (DeviceReads.ForwardedRead read : sent) {
            last = Math.max(last, read.arrivalTime());
        }
        for (long at : retracted.values()) {
            last = Math.max(last, at);
        }
        for (DeviceReads.Tag tag : tags) {
            last = Math.max(last, tag.arrivalTime());
        }
        return last;
    }
}
