package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.plate.PlateNeighbours;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.hotlistmatch.prefilter.DeletionFilter;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongIterator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The folded plates and tags with stored reads in this subtask, on the heap, so that a past-read
 * query accesses RocksDB only for plates that exist. About 60 bytes a plate with the filter. Holds
 * the position of each plate's last row and an upper bound of its last arrival.
 */
final class ReadHistoryIndex {
    private static final long MINUTE_MS = 60_000;

    /** The high bits hold the minute of the arrival, until the year 2097. */
    private static final int POSITION_BITS = 38;

    private static final long MAX_POSITION = (1L << POSITION_BITS) - 1;
    private static final long MAX_MINUTE = -1L >>> POSITION_BITS;

    /** No entry. */
    private static final long ABSENT = -1;

    private final Long2LongOpenHashMap plates = new Long2LongOpenHashMap();
    private NeighbourFilter near = new NeighbourFilter();

    /** Filled during a walk over all plates, to replace {@link #near} without the removed ones. */
    private NeighbourFilter renewed;

    private long[] walk = {};
    private int walked;

    ReadHistoryIndex() {
        plates.defaultReturnValue(ABSENT);
    }

    /** Position of a plate's last row; {@link ReadBlocks#NONE} without one. */
    long position(long key) {
        long packed = plates.get(key);
        return packed == ABSENT ? ReadBlocks.NONE : packed & MAX_POSITION;
    }

    /**
     * Sets a plate's last row. Returns the old entry for {@link #putBack}.
     *
     * @param arrival no earlier than any row of the plate
     */
    long put(long key, long position, long arrival) {
        long old = plates.put(key, packed(position, arrival));
        if (old == ABSENT && !TagKey.isTag(key)) {
            near.add(key);
            if (renewed != null) {
                renewed.add(key);
            }
        }
        return old;
    }

    /** Removes a plate. Returns the old entry for {@link #putBack}. */
    long remove(long key) {
        return plates.remove(key);
    }

    /** Undoes a change, except for stale bits of a filter. */
    void putBack(long key, long old) {
        if (old == ABSENT) {
            plates.remove(key);
        } else {
            plates.put(key, old);
        }
    }

    private static long packed(long position, long arrival) {
        if (position > MAX_POSITION) {
            throw new IllegalStateException("too many stored reads: " + position);
        }
        long minute = Math.max(0, Math.min(MAX_MINUTE, arrival / MINUTE_MS));
        return minute << POSITION_BITS | position;
    }

    /** Takes over a restored row; {@link #endRestore} must follow. */
    void restore(long key, long position, long arrival) {
        if (position == ReadBlocks.NONE) {
            plates.remove(key);
        } else {
            plates.put(key, packed(position, arrival));
        }
    }

    /** Ends a restore. Only now the size of the filter is known. */
    void endRestore() {
        near = new NeighbourFilter(plates.size());
        for (LongIterator each = plates.keySet().iterator(); each.hasNext(); ) {
            long key = each.nextLong();
            if (!TagKey.isTag(key)) {
                near.add(key);
            }
        }
    }

    /**
     * Passes the next {@code count} plates of an endless walk. At its end removed plates no longer
     * cause look-ups.
     */
    void renew(int count) {
        for (int i = 0; i < count; i++) {
            if (walked == walk.length) {
                if (renewed != null) {
                    near = renewed;
                }
                walk = keys();
                walked = 0;
                renewed = new NeighbourFilter(walk.length);
                if (walk.length == 0) {
                    return;
                }
            }
            long key = walk[walked++];
            if (plates.containsKey(key) && !TagKey.isTag(key)) {
                renewed.add(key);
            }
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

    /** The plates that may have a read which arrived in the minute of {@code arrival} or later. */
    long[] keysSince(long arrival) {
        long minute = arrival / MINUTE_MS;
        return plates.long2LongEntrySet().stream()
                .filter(entry -> entry.getLongValue() >>> POSITION_BITS >= minute)
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
