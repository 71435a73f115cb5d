package io.atalaya.hotlistmatch.registry;

/**
 * How full the prefilters are: they cannot forget, so every plate counts until the next rebuild.
 * One rule covers growth and stale plates alike: when as many plates were added as the filter was
 * made for, it is made anew for twice the live ones.
 */
final class FilterLoad {
    private final int firstCapacity;
    private int capacity;
    private int added;
    private int live;

    FilterLoad(int firstCapacity) {
        this(firstCapacity, firstCapacity, 0, 0);
    }

    FilterLoad(int firstCapacity, int capacity, int added, int live) {
        this.firstCapacity = firstCapacity;
        this.capacity = capacity;
        this.added = added;
        this.live = live;
    }

    int capacity() {
        return capacity;
    }

    int added() {
        return added;
    }

    int live() {
        return live;
    }

    void plateAdded() {
        added++;
        live++;
    }

    void plateRemoved() {
        live--;
    }

    boolean isFull() {
        return added > capacity;
    }

    /** Begins a rebuild and gives the new filter's capacity. */
    int rebuild() {
        capacity = Math.max(firstCapacity, 2 * live);
        added = live;
        return capacity;
    }
}
