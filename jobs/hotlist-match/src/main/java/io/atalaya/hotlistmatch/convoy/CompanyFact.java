package io.atalaya.hotlistmatch.convoy;

import java.util.List;

/** What reaches the convoys of an entry from the arches, keyed by entryId. Repeats are harmless. */
public sealed interface CompanyFact {
    String entryId();

    /** Arrival clock since when it could be known. */
    long at();

    /**
     * A listed vehicle passed, or was held to, and these cars near it.
     *
     * @param flow how many cars passed in its direction in the time before that is looked at
     */
    record Near(ListedPassage listed, int flow, List<Companion> cars) implements CompanyFact {
        @Override
        public String entryId() {
            return listed.entryId();
        }

        @Override
        public long at() {
            return listed.due();
        }
    }

    /** A car near a listed passage came to be known, or its read ended. */
    record Joined(String entryId, String passageId, Companion car) implements CompanyFact {
        @Override
        public long at() {
            return car.isGone() ? car.goneAt() : car.arrival();
        }
    }
}
