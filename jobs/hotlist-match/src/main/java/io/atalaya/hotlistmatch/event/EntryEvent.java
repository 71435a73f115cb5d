package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

/** What reaches an entry's case: keyed by entryId. */
public sealed interface EntryEvent extends Traceable {
    String entryId();

    /**
     * A read, or the end of one, that may concern the entry. Repeats are harmless.
     *
     * @param version {@code from} of the entry version by which it was found
     */
    record ReadMatched(String entryId, long version, PassageEvent event) implements EntryEvent {
        @Override
        public Origin origin() {
            return event.origin();
        }

        @Override
        public Object part() {
            return event.passageId();
        }

        /** The same entry's finding of another event, or of one that more is known about. */
        public ReadMatched of(PassageEvent other) {
            return new ReadMatched(entryId, version, other);
        }
    }

    /** A version of the entry came into force. */
    record VersionStarted(EntryVersion version) implements EntryEvent {
        @Override
        public Origin origin() {
            return version.origin();
        }

        @Override
        public String entryId() {
            return version.entry().entryId();
        }
    }

    /**
     * The version that came into force at {@code from} was in force until {@code to}.
     *
     * @param replaced by a version that looks for the same plate
     * @param position in topic {@code hotlist} of the record that ended it, or, where it expired,
     *     of its own
     */
    record VersionEnded(
            String entryId, long from, long to, boolean replaced, RecordPosition position)
            implements EntryEvent {
        @Override
        public Origin origin() {
            return Origin.described(null, position.in(Topics.HOTLIST), this);
        }
    }
}
