package io.atalaya.hotlistmatch.registry;

/**
 * Load of the prefilters. A filter cannot remove plates, so every added plate counts until the next
 * rebuild. One rule covers growth and stale plates: when more plates were added than the filter has
 * capacity for, it is rebuilt for twice the live ones.
 *
 * @param capacity plates that the filter was built for; 0: its rebuild was interrupted
 * @param added plates since it was built, including those it was built with
 * @param live plates on the list
 */
record FilterLoad(int capacity, int added, int live) {

    static FilterLoad ofNew(int capacity) {
        return new FilterLoad(capacity, 0, 0);
    }

    FilterLoad plateAdded() {
        return new FilterLoad(capacity, added + 1, live + 1);
    }

    FilterLoad plateRemoved() {
        return new FilterLoad(capacity, added, live - 1);
    }

    boolean isFull() {
        return added > capacity;
    }

    /** Load of a rebuilt filter with capacity for {@code least} plates or more. */
    FilterLoad rebuilt(int least) {
        return new FilterLoad(Math.max(least, 2 * live), live, live);
    }

    /** Load after an interrupted rebuild: full as long as any plate was added. */
    FilterLoad interrupted() {
        return new FilterLoad(0, added, live);
    }
}
