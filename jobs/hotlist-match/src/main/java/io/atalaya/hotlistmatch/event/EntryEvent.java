package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;

/** Input of an entry's state, keyed by entryId. */
public sealed interface EntryEvent extends Traceable {
    String entryId();

    /** The event in words, for the log. */
    String cause();

    /**
     * A read that may match the entry, or the retraction of one. Processing it twice has no effect.
     *
     * @param version {@code inForceFrom} of the entry version that the read was matched with
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

        @Override
        public String cause() {
            return event.cause();
        }

        /** The same match with another event, or with an event that has more information. */
        public ReadMatched of(PassageEvent other) {
            return new ReadMatched(entryId, version, other);
        }
    }

    /** A version of the entry starts. */
    record VersionStarted(EntryVersion version) implements EntryEvent {
        @Override
        public Origin origin() {
            return version.origin();
        }

        @Override
        public String entryId() {
            return version.entry().entryId();
        }

        @Override
        public String cause() {
            return "start of entry version " + version.inForceFrom();
        }
    }

    /**
     * The version that started at {@code inForceFrom} was in force until {@code inForceTo}, both
     * arrival times.
     *
     * @param isReplaced by a version that looks for the same plate
     * @param position in topic {@code hotlist} of the record that ended it; of its own record, if
     *     it expired
     */
    record VersionEnded(
            String entryId,
            long inForceFrom,
            long inForceTo,
            boolean isReplaced,
            RecordPosition position)
            implements EntryEvent {
        @Override
        public Origin origin() {
            return Origin.described(null, position.in(Topics.HOTLIST), this);
        }

        @Override
        public String cause() {
            return "end of entry version " + inForceFrom;
        }
    }
}
