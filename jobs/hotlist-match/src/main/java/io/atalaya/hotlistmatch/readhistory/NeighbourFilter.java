package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.hotlistmatch.prefilter.DeletionFilter;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a stored plate may be near a listed one: eight probes instead of 420 for all neighbours
 * one by one. A full filter is followed by one of twice its size, so the cost of growth is spread
 * and no plate is added twice at once.
 */
final class NeighbourFilter {
    private static final int FIRST_CAPACITY = 1 << 12;

    private final List<DeletionFilter> filters = new ArrayList<>();
    private int capacity;
    private int added;

    NeighbourFilter() {
        this(FIRST_CAPACITY);
    }

    NeighbourFilter(int capacity) {
        this.capacity = Math.max(FIRST_CAPACITY, capacity);
        filters.add(new DeletionFilter(this.capacity));
    }

    void add(long folded) {
        if (added == capacity) {
            capacity *= 2;
            added = 0;
            filters.add(new DeletionFilter(capacity));
        }
        added++;
        filters.get(filters.size() - 1).add(folded);
    }

    boolean mayHaveNear(long folded) {
        for (DeletionFilter filter : filters) {
            if (filter.mayHaveNear(folded)) {
                return true;
            }
        }
        return false;
    }
}
