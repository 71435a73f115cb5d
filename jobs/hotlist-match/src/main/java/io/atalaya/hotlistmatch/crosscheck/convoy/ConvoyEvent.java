package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import java.util.List;
import java.util.function.LongConsumer;

/**
 * A change near the listed passages of an entry, keyed by entryId. Applying it again has no effect.
 */
public sealed interface ConvoyEvent extends Traceable {
    String entryId();

    /** Arrival time from which it could be known, epoch ms. */
    long knownSince();

    /** Calls {@code each} with every arrival time from which a part of it could be known. */
    void forEachMoment(LongConsumer each);

    /**
     * A listed vehicle passed, or a passage was attributed to it, with these reads near it.
     *
     * @param flow number of vehicles that passed in its direction in the {@link
     *     ConvoySettings#FLOW_MS} before the gap
     */
    record NeighbourhoodFound(ListedPassage listed, int flow, List<NearbyRead> vehicleReads)
            implements ConvoyEvent {
        @Override
        public Origin origin() {
            return listed.read().of(this);
        }

        @Override
        public Object part() {
            return listed.passageId();
        }

        @Override
        public String entryId() {
            return listed.entryId();
        }

        @Override
        public long knownSince() {
            return listed.releaseAt();
        }

        @Override
        public void forEachMoment(LongConsumer each) {
            each.accept(listed.releaseAt());
            vehicleReads.forEach(
                    vehicleRead ->
                            each.accept(Math.max(listed.releaseAt(), vehicleRead.changedAt())));
        }
    }

    /**
     * A read near a listed passage became known, or was retracted.
     *
     * @param listed read of the listed passage
     */
    record ReadJoined(String entryId, String passageId, NearbyRead vehicleRead, ReadOrigin listed)
            implements ConvoyEvent {
        @Override
        public Origin origin() {
            return listed.of(this);
        }

        @Override
        public Object part() {
            return passageId;
        }

        @Override
        public long knownSince() {
            return vehicleRead.changedAt();
        }

        @Override
        public void forEachMoment(LongConsumer each) {
            each.accept(knownSince());
        }
    }
}
