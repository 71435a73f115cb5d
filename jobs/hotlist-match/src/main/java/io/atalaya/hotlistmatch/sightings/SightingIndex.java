package io.atalaya.hotlistmatch.sightings;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

/**
 * Which folded plates this subtask has sightings of, on the heap: a look into the past asks it
 * about some 420 neighbours and touches RocksDB only for those that are there. About 24 bytes a
 * plate; holds also the last arrival and how many elements were appended since the list was last
 * pruned.
 */
final class SightingIndex {
    private static final long MINUTE_MS = 60_000;

    private final Long2LongOpenHashMap plates = new Long2LongOpenHashMap();

    /**
     * Notes {@code added} appended elements, and returns how many there are since the last prune.
     */
    int touch(long key, long arrival, int added) {
        long old = plates.get(key);
        int count = (int) old + added;
        plates.put(
                key, Math.max(arrival / MINUTE_MS, old >>> Integer.SIZE) << Integer.SIZE | count);
        return count;
    }

    /** Sets what a list holds after it was pruned or restored; nothing left removes the plate. */
    void set(long key, long lastArrival, int count) {
        if (count == 0) {
            plates.remove(key);
        } else {
            plates.put(key, lastArrival / MINUTE_MS << Integer.SIZE | count);
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

    /** The plates of now, for a walk that later changes do not disturb. */
    long[] keys() {
        return plates.keySet().toLongArray();
    }

    /** The plates whose last sighting arrived in the minute of {@code arrival} or later. */
    long[] keysSince(long arrival) {
        long minute = arrival / MINUTE_MS;
        return plates.long2LongEntrySet().stream()
                .filter(entry -> entry.getLongValue() >>> Integer.SIZE >= minute)
                .mapToLong(Long2LongMap.Entry::getLongKey)
                .toArray();
    }
}
