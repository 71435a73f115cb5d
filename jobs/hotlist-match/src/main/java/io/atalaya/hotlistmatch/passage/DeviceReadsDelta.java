package io.atalaya.hotlistmatch.passage;

import io.atalaya.hotlistmatch.event.EnrichedTagRead;

import java.util.List;
import java.util.Map;

/**
 * The stored part of a {@link DeviceReads}: the changes since the last one, or all of it. Oldest
 * first.
 *
 * @param retracted readIds that were withdrawn or revised, with the arrival time of the cause
 * @param tags in their current state
 * @param confidences of all reads so far
 */
record DeviceReadsDelta(
        List<Plate> plates,
        Map<String, Long> retracted,
        List<Tag> tags,
        ConfidenceHistogram confidences) {

    /**
     * A plate read that was emitted.
     *
     * @param firstReadId first readId of its chain of revisions
     * @param arrivalTime arrival time, epoch ms
     * @param lane or {@link ReadRing#ANY_LANE}
     * @param deviceTime device time of the read, epoch ms
     * @param texts the packed canonical texts under which it was emitted, the top one first
     */
    record Plate(
            String readId,
            String firstReadId,
            long arrivalTime,
            int lane,
            long deviceTime,
            long[] texts) {}

    /**
     * A tag read.
     *
     * @param assignments the passages that it was assigned to, in order; empty: not emitted yet
     * @param emitted number of assignments and retractions emitted for it
     * @param releaseAt watermark at which its passage is decided, or {@link TagRing#DECIDED}
     */
    record Tag(EnrichedTagRead arrived, List<Assignment> assignments, int emitted, long releaseAt) {
        long arrivalTime() {
            return arrived.arrivalTime();
        }
    }

    /** Number of reads, retractions and tags. */
    int size() {
        return plates.size() + retracted.size() + tags.size();
    }

    /** Last arrival time in it, epoch ms; {@link Long#MIN_VALUE} if it is empty. */
    long lastArrival() {
        long last = Long.MIN_VALUE;
        for (Plate plate : plates) {
            last = Math.max(last, plate.arrivalTime());
        }
        for (long at : retracted.values()) {
            last = Math.max(last, at);
        }
        for (Tag tag : tags) {
            last = Math.max(last, tag.arrivalTime());
        }
        return last;
    }
}
