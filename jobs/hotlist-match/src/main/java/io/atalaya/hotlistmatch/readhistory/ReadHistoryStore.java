package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.flink.progress.SubtaskKeys;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.StoredRead;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.StoredRead.ReadHistoryListener;

import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The stored reads of one subtask's folded plates and tags: blocks of rows for each key group, and
 * an index of each plate's last row. The retention drops whole blocks. A plate returns at most its
 * last rows, so a flood of one text costs disk until the retention is over, but no time.
 */
final class ReadHistoryStore {
    /** Maximum number of blocks dropped in one sweep, about as many as a subtask can fill. */
    private static final int MAX_DROPS = 512;

    private static final int SWEEPS_PER_DAY = 86_400;

    /** Runs the work for one plate, so that a failure does not affect other plates. */
    @FunctionalInterface
    public interface Unit {
        void run(Object key, Work work) throws Exception;
    }

    private final KeyedStateBackend<Long> backend;
    private final int keyGroups;
    private final int firstKeyGroup;

    /** By key group. */
    private final ReadBlocks[] blocks;

    private final ReadHistoryIndex index;
    private final Consumer<Work> undo;
    private final long retentionMillis;
    private final int maxPerPlate;

    /** Or null. */
    private ReadHistoryListener listener;

    private int swept;

    /**
     * @param keyGroups number of key groups of all subtasks
     * @param own key groups of this subtask
     * @param undo receives the inverse of every append and eviction
     */
    ReadHistoryStore(
            KeyedStateBackend<Long> backend,
            int keyGroups,
            KeyGroupRange own,
            Duration retention,
            int maxPerPlate,
            Consumer<Work> undo)
            throws Exception {
        this.backend = backend;
        this.keyGroups = keyGroups;
        this.firstKeyGroup = own.getStartKeyGroup();
        this.index = new ReadHistoryIndex();
        this.undo = undo;
        this.retentionMillis = retention.toMillis();
        this.maxPerPlate = maxPerPlate;
        this.blocks = new ReadBlocks[own.getNumberOfKeyGroups()];
        long[] groupKeys = SubtaskKeys.of(keyGroups, keyGroups);
        ReadBlocks.State state = new ReadBlocks.State(backend, undo);
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = new ReadBlocks(state, groupKeys[firstKeyGroup + i]);
        }
    }

    /** Sets the listener; must be called before anything is stored or restored. */
    void emit(ReadHistoryListener to) {
        listener = to;
    }

    ReadHistoryIndex index() {
        return index;
    }

    /** Restores the index from the keys of the blocks, without their rows. */
    void restore() throws Exception {
        for (ReadBlocks group : blocks) {
            group.restore(index::restore);
        }
        index.endRestore();
        if (listener != null) {
            for (long key : index.keys()) {
                listener.restored(key);
            }
        }
    }

    /** Appends under the current key. */
    void append(long key, StoredRead row, long arrival) throws Exception {
        ReadBlocks group = group(key);
        long newest = group.newestArrival();
        long position = group.append(key, index.position(key), row, arrival);
        long old = index.put(key, position, group.newestArrival());
        undo.accept(() -> undoAppend(group, newest, key, old));
    }

    /** Drops all stored reads of the current key. */
    void evict(long key) throws Exception {
        if (index.contains(key)) {
            ReadBlocks group = group(key);
            long newest = group.newestArrival();
            group.append(key, ReadBlocks.NONE, null, newest);
            long old = index.remove(key);
            undo.accept(() -> undoAppend(group, newest, key, old));
        }
    }

    private void undoAppend(ReadBlocks group, long newest, long key, long old) throws Exception {
        group.removeLast(newest);
        index.putBack(key, old);
    }

    /** Writes all new rows to state; changes the current key. */
    void flush() throws Exception {
        for (ReadBlocks group : blocks) {
            group.store();
        }
    }

    /** Whether a key is of this subtask. */
    boolean isOwn(long key) {
        int group = keyGroup(key) - firstKeyGroup;
        return group >= 0 && group < blocks.length;
    }

    private ReadBlocks group(long key) {
        return blocks[keyGroup(key) - firstKeyGroup];
    }

    private int keyGroup(long key) {
        return KeyGroupRangeAssignment.computeKeyGroupForKeyHash(Long.hashCode(key), keyGroups);
    }

    /** The last rows of a plate, oldest first, possibly none. The plate becomes the current key. */
    List<StoredRead> read(long key) throws Exception {
        List<StoredRead> rows = group(key).read(key, index.position(key), maxPerPlate);
        backend.setCurrentKey(key);
        return rows;
    }

    /**
     * Drops blocks whose rows are all older than the retention. Must be called once a second, so
     * that the index forgets the plates of dropped blocks within a day.
     */
    void sweep(long now, Unit unit) throws Exception {
        int dropped = 0;
        for (int i = 0; i < blocks.length && dropped < MAX_DROPS; i++) {
            ReadBlocks group = blocks[swept];
            swept = (swept + 1) % blocks.length;
            BlockKeys keys = group.dropBefore(now - retentionMillis);
            while (keys != null) {
                forget(keys, group, unit);
                dropped++;
                keys = dropped < MAX_DROPS ? group.dropBefore(now - retentionMillis) : null;
            }
        }
        index.renew(index.size() / SWEEPS_PER_DAY + 1);
    }

    /** Removes the plates whose last row is in a dropped block. */
    private void forget(BlockKeys block, ReadBlocks group, Unit unit) throws Exception {
        for (int i = 0; i < block.keys().size(); i++) {
            long key = block.keys().getLong(i);
            if (index.contains(key) && group.isDropped(index.position(key))) {
                unit.run(
                        key,
                        () -> {
                            long old = index.remove(key);
                            undo.accept(() -> index.putBack(key, old));
                            if (listener != null) {
                                listener.dropped(key);
                            }
                        });
            }
        }
    }
}
