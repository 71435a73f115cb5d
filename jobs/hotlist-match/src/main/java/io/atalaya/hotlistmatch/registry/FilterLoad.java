package io.atalaya.hotlistmatch.registry;

/**
 * How full the prefilters are: they cannot forget, so every plate counts until the next rebuild.
 * One rule covers growth and stale plates alike: when more plates were added than the filter was
 * made for, it is made anew for twice the live ones.
 *
 * @param capacity plates that the filter was made for; 0: its rebuild was interrupted
 * @param added plates since it was made, those that it was made with included
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

    /** Of a filter made anew, for {@code least} plates at least. */
    FilterLoad rebuilt(int least) {
        return new FilterLoad(Math.max(least, 2 * live), live, live);
    }

    /** Of a rebuild that did not come to its end: full, as long as there is a plate. */
    FilterLoad interrupted() {
        return new FilterLoad(0, added, live);
    }
}
