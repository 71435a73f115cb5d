package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.flink.serializer.Binary;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.StoredRead;
import io.atalaya.hotlistmatch.event.SerializedEvent;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.util.BitSet;

/**
 * The block to which a key group's stored reads are appended. A row is serialized at once: its
 * length, the distance to the previous row of its plate, the plate unless it is the key, the event.
 */
final class OpenBlock {
    /** Maximum number of rows: what the position of a row has bits for. */
    static final int MAX_ROWS = 1 << ReadBlocks.ORDINAL_BITS;

    /**
     * A block with as many bytes is full. Larger blocks cost less to write; smaller ones cost less
     * to read, because almost every stored read of a plate is in another block.
     */
    static final int FULL_BYTES = 4 << 10;

    /** A block's rows are dropped together, so they must not be of different days. */
    private static final long MAX_SPAN_MS = 3_600_000;

    /** The state has other rows than this block. */
    private static final int NOTHING = -1;

    private final long number;
    private final DataOutputSerializer bytes = new DataOutputSerializer(FULL_BYTES + 512);
    private final int[] starts = new int[MAX_ROWS];
    private final LongArrayList keys = new LongArrayList();
    private final BitSet evictions = new BitSet();
    private long oldestArrival;
    private int stored;

    OpenBlock(long number) {
        this.number = number;
    }

    long number() {
        return number;
    }

    int size() {
        return keys.size();
    }

    boolean isFullAt(long arrival) {
        return size() == MAX_ROWS
                || bytes.length() >= FULL_BYTES
                || size() > 0 && arrival - oldestArrival > MAX_SPAN_MS;
    }

    /**
     * Appends a row.
     *
     * @param distance to the position of the previous row of its plate; 0 without one
     * @param row null: evicts the plate
     * @param scratch buffer that is used meanwhile
     */
    void append(long key, long distance, StoredRead row, long arrival, DataOutputSerializer scratch)
            throws IOException {
        scratch.clear();
        if (row != null) {
            boolean isFolded = row.plate() == key;
            Binary.writeVarLong(distance << 1 | (isFolded ? 1 : 0), scratch);
            if (!isFolded) {
                Binary.writeVarLong(row.plate(), scratch);
            }
            row.written().writePlain(scratch);
        }
        starts[size()] = bytes.length();
        Binary.writeVarInt(scratch.length(), bytes);
        bytes.write(scratch.getSharedBuffer(), 0, scratch.length());
        oldestArrival = size() == 0 ? arrival : Math.min(oldestArrival, arrival);
        evictions.set(size(), row == null);
        keys.add(key);
    }

    void removeLast() throws IOException {
        int last = size() - 1;
        keys.removeLong(last);
        evictions.clear(last);
        bytes.setPosition(starts[last]);
        if (stored > last) {
            stored = NOTHING;
        }
    }

    /** Whether its rows have changed since {@link #markStored}. */
    boolean isChanged() {
        return stored != size();
    }

    void markStored() {
        stored = size();
    }

    byte[] rows() {
        return bytes.getCopyOfBuffer();
    }

    BlockKeys keys(long newestArrival) {
        return new BlockKeys(newestArrival, new LongArrayList(keys), (BitSet) evictions.clone());
    }

    /** Moves to the row, behind its length. */
    DataInputDeserializer seek(int ordinal) throws IOException {
        return seek(bytes.getSharedBuffer(), bytes.length(), ordinal);
    }

    /** Moves to a row of a block that {@link #rows} returned, behind its length. */
    static DataInputDeserializer seek(byte[] rows, int length, int ordinal) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(rows, 0, length);
        int bytes = Binary.readVarInt(in);
        for (int i = 0; i < ordinal; i++) {
            in.skipBytesToRead(bytes);
            bytes = Binary.readVarInt(in);
        }
        return in;
    }

    /** A row: the distance to the previous one of its plate, 0 without one, and the read. */
    record Row(long distance, StoredRead read) {}

    /** Reads the row that {@link #seek} found for a key. */
    static Row read(DataInputDeserializer row, long key) throws IOException {
        long head = Binary.readVarLong(row);
        long plate = (head & 1) == 1 ? key : Binary.readVarLong(row);
        return new Row(head >>> 1, new StoredRead(plate, SerializedEvent.readPlain(row)));
    }
}
