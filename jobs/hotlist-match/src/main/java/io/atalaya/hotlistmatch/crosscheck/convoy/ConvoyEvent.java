package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ReadOrigin;

import java.util.List;
import java.util.function.LongConsumer;

/** What reaches the convoys of an entry from the arches, keyed by entryId. Repeats are harmless. */
public sealed interface ConvoyEvent extends Traceable {
    String entryId();

    /** Arrival clock since when it could be known. */
    long at();

    /** Every moment of the arrival clock since when some of it could be known. */
    void forEachMoment(LongConsumer each);

    /**
     * A listed vehicle passed, or was held to, and these cars near it.
     *
     * @param flow how many cars passed in its direction in the time before that is looked at
     */
    record NeighbourhoodFound(ListedPassage listed, int flow, List<NearbyRead> cars)
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
        public long at() {
            return listed.due();
        }

        @Override
        public void forEachMoment(LongConsumer each) {
            each.accept(listed.due());
            cars.forEach(car -> each.accept(Math.max(listed.due(), car.at())));
        }
    }

    /**
     * A car near a listed passage came to be known, or its read ended.
     *
     * @param listed read of the listed passage
     */
    record ReadJoined(String entryId, String passageId, NearbyRead car, ReadOrigin listed)
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
        public long at() {
            return car.at();
        }

        @Override
        public void forEachMoment(LongConsumer each) {
            each.accept(at());
        }
    }
}
