package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.plate.PlateNeighbours;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.flink.bulkhead.Bulkhead.Work;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;

import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Which folded plates, and which tags, this subtask has sightings of, on the heap, so that a look
 * into the past touches RocksDB only for plates that are there. About 60 bytes a plate with the
 * filter; holds also the last arrival and how many elements were appended since the list was last
 * pruned.
 */
final class ReadHistoryIndex {
    private static final long MINUTE_MS = 60_000;

    private final Consumer<Work> undo;
    private final Long2LongOpenHashMap plates = new Long2LongOpenHashMap();
    private NeighbourFilter near = new NeighbourFilter();

    /** Filled beside {@link #near} by a walk over all plates, without those that are gone. */
    private NeighbourFilter renewed;

    /**
     * @param undo takes the inverse of every change, but for a stale bit of a filter
     */
    ReadHistoryIndex(Consumer<Work> undo) {
        this.undo = undo;
    }

    /**
     * Notes {@code added} appended elements, and returns how many there are since the last prune.
     */
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

    /** Sets what a list holds after it was pruned or restored; nothing left removes the plate. */
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

    /** Begins a walk that calls {@link #set} for every plate. */
    void beginWalk() {
        renewed = new NeighbourFilter(plates.size());
    }

    /** Ends the walk: the plates that are gone no longer cost look-ups. */
    void endWalk() {
        if (renewed != null) {
            near = renewed;
            renewed = null;
        }
    }

    /** Gives the plates that are equal to a folded text or one edit away, some more than once. */
    void forEachNear(long folded, LongConsumer consumer) {
        if (near.mayHaveNear(folded)) {
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
