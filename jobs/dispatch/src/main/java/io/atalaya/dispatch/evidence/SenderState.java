package io.atalaya.dispatch.evidence;

import java.util.List;

/**
 * What is known of the warnings of one sender.
 *
 * @param seen messages that were read, the last ones last
 * @param series of messages that update each other, the last ones last
 */
public record SenderState(List<Seen> seen, List<Series> series) {
    static final SenderState EMPTY = new SenderState(List.of(), List.of());

    public SenderState {
        seen = List.copyOf(seen);
        series = List.copyOf(series);
    }

    /** A message; senders give an event and the alert about it the same identifier. */
    public record Seen(String identifier, long sent) {}

    /**
     * A warning with its updates.
     *
     * @param identifiers of its messages and of those that they refer to, the last ones last
     * @param sent of its newest message
     * @param isCancelled whether that is a cancellation
     * @param evidence its newest version, or null if it was cancelled before it arrived
     */
    public record Series(
            List<String> identifiers, long sent, boolean isCancelled, Evidence evidence) {
        public Series {
            identifiers = List.copyOf(identifiers);
        }
    }
}
