package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.StoredRead;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.StoredRead.ReadHistoryListener;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrays;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The stored reads of one subtask's folded plates, as one append-only list per plate. New rows
 * gather briefly on the heap for two reasons: a vehicle's read and its tag become one append, and
 * appends in key order are inserted faster into RocksDB's memtable. Appends bound the number of
 * rows and {@link #sweep} bounds their age, because Flink's TTL on lists with elements of varying
 * length filters through JNI at every compaction.
 */
final class ReadHistoryStore {
    private static final String ROWS = "stored-reads";

    /** Maximum number of rows on the heap: some MB, and a pause of some ten ms to write them. */
    private static final int MAX_NEW = 8_192;

    /** Runs the work for one plate, so that a failure does not affect other plates. */
    @FunctionalInterface
    public interface Unit {
        void run(Object key, Work work) throws Exception;
    }

    private final KeyedStateBackend<Long> backend;
    private final int keyGroups;
    private final ListState<StoredRead> rows;
    private final ReadHistoryIndex index;
    private final Consumer<Work> undo;
    private final Long2ObjectOpenHashMap<List<StoredRead>> unwritten =
            new Long2ObjectOpenHashMap<>();
    private int newRows;
    private final long retentionMillis;
    private final int maxPerPlate;

    /** Or null. */
    private ReadHistoryListener listener;

    private long[] sweep = {};
    private int swept;

    /**
     * @param undo receives the inverse of every append and prune
     */
    ReadHistoryStore(
            KeyedStateBackend<Long> backend,
            int keyGroups,
            Duration retention,
            int maxPerPlate,
            Consumer<Work> undo)
            throws Exception {
        this.index = new ReadHistoryIndex(undo);
        this.undo = undo;
        this.backend = backend;
        this.keyGroups = keyGroups;
        this.retentionMillis = retention.toMillis();
        this.maxPerPlate = maxPerPlate;
        this.rows =
                backend.getPartitionedState(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        new ListStateDescriptor<>(ROWS, BinaryTypeInfo.of(StoredRead.class)));
    }

    /** Sets the listener; must be called before anything is stored or restored. */
    void emit(ReadHistoryListener to) {
        listener = to;
    }

    ReadHistoryIndex index() {
        return index;
    }

    /**
     * Restores the index from the keys of the state alone, because decoding every row would delay
     * the start. Each plate counts as read at {@code now} until {@link #sweep} passes it, which
     * costs at most some extra look-ups.
     */
    void restoreIndex(long now) {
        try (Stream<Long> keys = backend.getKeys(ROWS, VoidNamespace.INSTANCE)) {
            keys.forEach(
                    key -> {
                        index.set(key, now, 1);
                        if (listener != null) {
                            listener.restored(key);
                        }
                    });
        }
    }

    /** Appends under the current key. */
    void append(long key, StoredRead row, long arrival) throws Exception {
        if (newRows >= MAX_NEW) {
            flush();
            backend.setCurrentKey(key);
        }
        unwritten.computeIfAbsent(key, plate -> new ArrayList<>(2)).add(row);
        newRows++;
        undo.accept(() -> removeLast(key));
        // Prunes at twice the bound, so that the cost is spread over {@code maxPerPlate} appends.
        if (index.touch(key, arrival, 1) > 2 * maxPerPlate) {
            prune(key, Long.MIN_VALUE);
        }
    }

    private void removeLast(long key) throws Exception {
        List<StoredRead> list = read(key);
        list.remove(list.size() - 1);
        replace(list);
    }

    /** Replaces the list under the current key. */
    private void replace(List<StoredRead> list) throws Exception {
        if (list.isEmpty()) {
            rows.clear();
        } else {
            rows.update(list);
        }
    }

    /** Drops all stored reads of a plate. */
    void evict(long key) throws Exception {
        read(key);
        rows.clear();
        index.set(key, 0, 0);
    }

    /** Writes all new rows to state; changes the current key. */
    void flush() throws Exception {
        long[] keys = unwritten.keySet().toLongArray();
        LongArrays.quickSort(keys, this::compare);
        for (long key : keys) {
            write(key);
        }
    }

    /** Compares keys in RocksDB's order. */
    private int compare(long one, long other) {
        int byGroup = Integer.compare(group(one), group(other));
        return byGroup == 0 ? Long.compareUnsigned(one, other) : byGroup;
    }

    private int group(long key) {
        return KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups);
    }

    /** Writes the new rows of a plate, which becomes the current key. */
    private void write(long key) throws Exception {
        backend.setCurrentKey(key);
        List<StoredRead> added = unwritten.remove(key);
        if (added != null) {
            rows.addAll(added);
            newRows -= added.size();
        }
    }

    /** The rows of a plate, oldest first, possibly empty. The plate becomes the current key. */
    List<StoredRead> read(long key) throws Exception {
        write(key);
        Iterable<StoredRead> stored = rows.get();
        List<StoredRead> list = new ArrayList<>();
        if (stored != null) {
            stored.forEach(list::add);
        }
        return list;
    }

    /**
     * Drops rows older than the retention from the next {@code plates} plates of an endless walk.
     */
    void sweep(int plates, long now, Unit unit) throws Exception {
        for (int i = 0; i < plates; i++) {
            if (swept == sweep.length) {
                index.endWalk();
                sweep = index.keys();
                swept = 0;
                index.beginWalk();
                if (sweep.length == 0) {
                    return;
                }
            }
            long key = sweep[swept++];
            unit.run(key, () -> prune(key, now - retentionMillis));
        }
    }

    private void prune(long key, long horizon) throws Exception {
        List<StoredRead> list = read(key);
        List<StoredRead> kept =
                new ArrayList<>(list.subList(Math.max(0, list.size() - maxPerPlate), list.size()));
        kept.removeIf(row -> row.event().causedAt() < horizon);
        if (kept.size() < list.size()) {
            rows.update(kept);
            undo.accept(
                    () -> {
                        backend.setCurrentKey(key);
                        rows.update(list);
                    });
            if (listener != null) {
                listener.kept(key, kept);
            }
        }
        index.set(key, lastArrival(kept), kept.size());
    }

    private static long lastArrival(List<StoredRead> list) {
        long last = 0;
        for (StoredRead row : list) {
            last = Math.max(last, row.event().causedAt());
        }
        return last;
    }
}
