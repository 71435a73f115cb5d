package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.StoredRead;

import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The stored reads of one key group, in the order in which they came, as numbered blocks. The last
 * block is on the heap and is stored when it is full or a barrier comes. So RocksDB has a few large
 * values to write instead of one for each read. A row knows the previous one of its plate.
 */
final class ReadBlocks {
    /** The position of no row. */
    static final long NONE = -1;

    /** Low bits of a row's position, for its ordinal in the block; the others are its number. */
    static final int ORDINAL_BITS = 8;

    /** The state of the read history, under one key for each key group. */
    static final class State {
        private final KeyedStateBackend<Long> backend;
        private final MapState<Long, byte[]> rows;
        private final MapState<Long, BlockKeys> keys;
        private final Consumer<Work> undo;
        private final DataOutputSerializer scratch = new DataOutputSerializer(512);

        /**
         * @param undo receives the inverse of every append
         */
        State(KeyedStateBackend<Long> backend, Consumer<Work> undo) throws Exception {
            this.backend = backend;
            this.undo = undo;
            this.rows =
                    backend.getPartitionedState(
                            VoidNamespace.INSTANCE,
                            VoidNamespaceSerializer.INSTANCE,
                            new MapStateDescriptor<>(
                                    "stored-reads",
                                    Types.LONG,
                                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
            this.keys =
                    backend.getPartitionedState(
                            VoidNamespace.INSTANCE,
                            VoidNamespaceSerializer.INSTANCE,
                            new MapStateDescriptor<>(
                                    "stored-keys", Types.LONG, BinaryTypeInfo.of(BlockKeys.class)));
        }
    }

    /** Receives the rows' keys at a restore, in the order of the rows. */
    @FunctionalInterface
    interface RestoredRow {
        /**
         * @param position of the row; {@link #NONE} if the key was evicted here
         */
        void accept(long key, long position, long arrival);
    }

    private final State state;
    private final long groupKey;
    private OpenBlock open = new OpenBlock(0);

    /** Number of the oldest block. */
    private long first;

    /** Latest arrival time of the rows of {@link #first}, unless that is the open block. */
    private long firstNewest;

    private long newestArrival;

    /**
     * @param groupKey a key of the key group
     */
    ReadBlocks(State state, long groupKey) {
        this.state = state;
        this.groupKey = groupKey;
    }

    /** Passes on the keys of the stored rows. Changes the current key. */
    void restore(RestoredRow restored) throws Exception {
        state.backend.setCurrentKey(groupKey);
        List<Map.Entry<Long, BlockKeys>> blocks = new ArrayList<>();
        state.keys.entries().forEach(blocks::add);
        if (blocks.isEmpty()) {
            return;
        }
        blocks.sort(Comparator.comparingLong(Map.Entry::getKey));
        first = blocks.get(0).getKey();
        firstNewest = blocks.get(0).getValue().newestArrival();
        open = new OpenBlock(blocks.get(blocks.size() - 1).getKey() + 1);
        for (Map.Entry<Long, BlockKeys> each : blocks) {
            BlockKeys block = each.getValue();
            newestArrival = block.newestArrival();
            for (int i = 0; i < block.keys().size(); i++) {
                restored.accept(
                        block.keys().getLong(i),
                        block.evictions().get(i) ? NONE : position(each.getKey(), i),
                        newestArrival);
            }
        }
    }

    /**
     * Appends a row and returns its position. May change the current key to {@code key}.
     *
     * @param previous position of the previous row of the plate, or {@link #NONE}
     * @param row null: evicts the plate
     */
    long append(long key, long previous, StoredRead row, long arrival) throws Exception {
        if (open.isFullAt(arrival)) {
            close();
            state.backend.setCurrentKey(key);
        }
        long position = position(open.number(), open.size());
        open.append(key, previous == NONE ? 0 : position - previous, row, arrival, state.scratch);
        newestArrival = Math.max(newestArrival, arrival);
        return position;
    }

    /**
     * Undoes the last append.
     *
     * @param newestBefore {@link #newestArrival} before it
     */
    void removeLast(long newestBefore) throws Exception {
        open.removeLast();
        newestArrival = newestBefore;
    }

    private void close() throws Exception {
        OpenBlock full = open;
        store();
        if (first == full.number()) {
            firstNewest = newestArrival;
        }
        open = new OpenBlock(full.number() + 1);
        state.undo.accept(() -> open = full);
    }

    /** Stores the rows that are on the heap alone. Changes the current key. */
    void store() throws Exception {
        if (open.isChanged()) {
            state.backend.setCurrentKey(groupKey);
            state.rows.put(open.number(), open.rows());
            state.keys.put(open.number(), open.keys(newestArrival));
            open.markStored();
        }
    }

    /** Latest arrival time so far. */
    long newestArrival() {
        return newestArrival;
    }

    /** Whether the block of a position has been dropped. */
    boolean isDropped(long position) {
        return position >>> ORDINAL_BITS < first;
    }

    /**
     * A plate's rows, oldest first. Changes the current key.
     *
     * @param last position of its last row
     * @param max maximum number of rows; the last ones are returned
     */
    List<StoredRead> read(long key, long last, int max) throws Exception {
        List<StoredRead> read = new ArrayList<>();
        state.backend.setCurrentKey(groupKey);
        long loaded = NONE;
        byte[] rows = null;
        long position = last;
        while (position != NONE && !isDropped(position) && read.size() < max) {
            long number = position >>> ORDINAL_BITS;
            int ordinal = (int) (position & OpenBlock.MAX_ROWS - 1);
            DataInputDeserializer row;
            if (number == open.number()) {
                row = open.seek(ordinal);
            } else {
                if (number != loaded) {
                    rows = state.rows.get(number);
                    loaded = number;
                }
                row = OpenBlock.seek(rows, rows.length, ordinal);
            }
            OpenBlock.Row found = OpenBlock.read(row, key);
            read.add(found.read());
            position = found.distance() == 0 ? NONE : position - found.distance();
        }
        Collections.reverse(read);
        return read;
    }

    /**
     * Drops the oldest block if all its rows arrived before {@code horizon}, and returns its keys;
     * else returns null. Changes the current key.
     */
    BlockKeys dropBefore(long horizon) throws Exception {
        boolean isOpen = first == open.number();
        if ((isOpen ? newestArrival : firstNewest) >= horizon || isOpen && open.size() == 0) {
            return null;
        }
        state.backend.setCurrentKey(groupKey);
        BlockKeys dropped = isOpen ? open.keys(newestArrival) : state.keys.get(first);
        state.rows.remove(first);
        state.keys.remove(first);
        first++;
        if (isOpen) {
            open = new OpenBlock(first);
        } else if (first < open.number()) {
            firstNewest = state.keys.get(first).newestArrival();
        }
        return dropped;
    }

    private static long position(long number, int ordinal) {
        return number << ORDINAL_BITS | ordinal;
    }
}
