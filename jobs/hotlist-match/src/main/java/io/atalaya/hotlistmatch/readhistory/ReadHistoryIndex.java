package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.plate.PlateNeighbours;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.hotlistmatch.prefilter.DeletionFilter;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The folded plates and tags with stored reads in this subtask, on the heap, so that a past-read
 * query accesses RocksDB only for plates that exist. About 60 bytes a plate with the filter. Also
 * holds the last arrival and the number of elements appended since the last prune.
 */
final class ReadHistoryIndex {
    private static final long MINUTE_MS = 60_000;

    private final Consumer<Work> undo;
    private final Long2LongOpenHashMap plates = new Long2LongOpenHashMap();
    private NeighbourFilter near = new NeighbourFilter();

    /** Filled during a walk over all plates, to replace {@link #near} without the removed ones. */
    private NeighbourFilter renewed;

    /**
     * @param undo receives the inverse of every change, except stale bits of a filter
     */
    ReadHistoryIndex(Consumer<Work> undo) {
        this.undo = undo;
    }

    /** Notes {@code added} appended elements; returns their number since the last prune. */
    int touch(long key, long arrival, int added) {
        long old = plates.get(key);
        int count = (int) old + added;
        if (old == 0) {
            addNear(key);
        }
        plates.put(
                key, Math.max(arrival / MINUTE_MS, old >>> Integer.SIZE) << Integer.SIZE | count);
        undo.accept(() -> putBack(key, old));
        return count;
    }

    /** Sets the content of a list after a prune or restore; a count of 0 removes the plate. */
    void set(long key, long lastArrival, int count) {
        long before = plates.get(key);
        undo.accept(() -> putBack(key, before));
        if (count == 0) {
            plates.remove(key);
        } else {
            long old = plates.put(key, lastArrival / MINUTE_MS << Integer.SIZE | count);
            if (old == 0) {
                addNear(key);
            } else if (renewed != null && !TagKey.isTag(key)) {
                renewed.add(key);
            }
        }
    }

    private void putBack(long key, long old) {
        if (old == 0) {
            plates.remove(key);
        } else {
            plates.put(key, old);
        }
    }

    private void addNear(long key) {
        if (TagKey.isTag(key)) {
            return;
        }
        near.add(key);
        if (renewed != null) {
            renewed.add(key);
        }
    }

    /** Starts a walk that calls {@link #set} for every plate. */
    void beginWalk() {
        renewed = new NeighbourFilter(plates.size());
    }

    /** Ends the walk: removed plates no longer cause look-ups. */
    void endWalk() {
        if (renewed != null) {
            near = renewed;
            renewed = null;
        }
    }

    /** Passes on the plates equal to a folded text or one edit away, some more than once. */
    void forEachNear(long folded, LongConsumer consumer) {
        if (near.canHaveNear(folded)) {
            PlateNeighbours.forEach(
                    folded,
                    text -> {
                        if (plates.containsKey(text)) {
                            consumer.accept(text);
                        }
                    });
        }
    }

    boolean contains(long key) {
        return plates.containsKey(key);
    }

    boolean isEmpty() {
        return plates.isEmpty();
    }

    int size() {
        return plates.size();
    }

    /** A copy of the current plates, for a walk that later changes do not affect. */
    long[] keys() {
        return plates.keySet().toLongArray();
    }

    /** The plates whose last read arrived in the minute of {@code arrival} or later. */
    long[] keysSince(long arrival) {
        long minute = arrival / MINUTE_MS;
        return plates.long2LongEntrySet().stream()
                .filter(entry -> entry.getLongValue() >>> Integer.SIZE >= minute)
                .mapToLong(Long2LongMap.Entry::getLongKey)
                .toArray();
    }

    /**
     * Whether a stored plate may be near a listed one: eight probes instead of 420 for all
     * neighbours one by one. A full filter is followed by one of twice its size, so the cost of
     * growth is spread and no plate is added twice at once.
     */
    static final class NeighbourFilter {
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

        boolean canHaveNear(long folded) {
            for (DeletionFilter filter : filters) {
                if (filter.canHaveNear(folded)) {
                    return true;
                }
            }
            return false;
        }
    }
}
