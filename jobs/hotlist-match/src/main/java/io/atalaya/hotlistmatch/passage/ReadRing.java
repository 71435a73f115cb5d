package io.atalaya.hotlistmatch.passage;

import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.flink.serializer.Binary;

import it.unimi.dsi.fastutil.ints.Int2LongOpenHashMap;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.util.function.Consumer;

/**
 * The reads of one kind of a device, oldest first. They are kept in arrays of primitives that are
 * used again and again, because a job remembers millions of them for an hour, and as objects each
 * would be copied by the collector and looked at with every collection. A read is known by its
 * <i>number</i>, which grows by one from read to read and is never used again.
 */
abstract class ReadRing {
    /** Lane of a read without one: it may be any lane. */
    static final int ANY_LANE = -1;

    /** No read. */
    static final long NONE = -1;

    private static final int MIN = 8;
    private static final int MIN_BYTES = 512;

    /** Arrays of this size may be empty. */
    private static final int MAX_EMPTY = 1024;

    /** Ids up to this length have one byte for it. */
    private static final int MAX_SHORT_ID = 126;

    /** Larger ones are too large when this part of them would do. */
    private static final int SHRINK = 8;

    private final Consumer<Work> undo;
    private long first;
    private long end;

    /** The oldest read that an undo may bring back; nothing from it on is overwritten. */
    private long kept;

    // By number modulo their length, which is a power of two.
    private long[] arrivalTimes = new long[MIN];
    private long[] deviceTimes = new long[MIN];
    private int[] lanes = new int[MIN];
    private int[] hashes = new int[MIN];

    /** Distance to the next older read with the same hash, or 0. */
    private int[] older = new int[MIN];

    /** Where the content of a read starts among all bytes so far. */
    private long[] starts = new long[MIN];

    /** Contents by position modulo length, none of them across the end. */
    private byte[] bytes = new byte[MIN_BYTES];

    private long bytesEnd;

    /** The youngest read by the hash of its id. */
    private final Int2LongOpenHashMap newest = new Int2LongOpenHashMap();

    /** Number of reads without lane. */
    private int unknownLanes;

    private final Timeline byTime = new Timeline(this::readId);
    private final DataOutputSerializer out = new DataOutputSerializer(64);
    private final DataInputDeserializer in = new DataInputDeserializer();

    /**
     * @param undo receives the inverse of every change but additions
     */
    ReadRing(Consumer<Work> undo) {
        this.undo = undo;
        newest.defaultReturnValue(NONE);
    }

    /** Content of a read, which contains its id, or something that is known of it. */
    interface Content {
        void write(DataOutputSerializer out) throws IOException;
    }

    /** The lane of a read. */
    static int laneOf(Integer lane) {
        return lane == null ? ANY_LANE : lane;
    }

    /** The place of the id's string in the content that starts at a place. */
    abstract int idPlace(int start);

    /** Enlarges the arrays of the subclass. */
    abstract void resize();

    /** Number of the oldest read. */
    final long first() {
        return first;
    }

    /** Number of the next read. */
    final long end() {
        return end;
    }

    final int size() {
        return (int) (end - first);
    }

    /** Whether the arrays were made for many more reads than there are. */
    final boolean isOversized() {
        return capacity() > MAX_EMPTY && size() < capacity() / SHRINK;
    }

    /** Number of reads for which the arrays of a subclass have room. */
    final int capacity() {
        return arrivalTimes.length;
    }

    /** The place of a read in the arrays of a subclass. */
    final int slot(long number) {
        return (int) number & (arrivalTimes.length - 1);
    }

    /** Whether some read may be of any lane. */
    final boolean hasUnknownLane() {
        return unknownLanes > 0;
    }

    /** Arrival time, epoch ms. */
    final long arrivalTime(long number) {
        return arrivalTimes[slot(number)];
    }

    /** Device time of the read, epoch ms. */
    final long deviceTime(long number) {
        return deviceTimes[slot(number)];
    }

    /** The lane, or {@link #ANY_LANE}. */
    final int lane(long number) {
        return lanes[slot(number)];
    }

    final String readId(long number) {
        return string(idPlace(contentStart(number)));
    }

    /** The reads by device time. */
    final Timeline byTime() {
        return byTime;
    }

    final byte[] contents() {
        return bytes;
    }

    /** The place of a read's content among {@link #contents}. */
    final int contentStart(long number) {
        return place(starts[slot(number)]);
    }

    /** The place among {@link #contents} of a position among all bytes so far. */
    final int place(long position) {
        return (int) position & (bytes.length - 1);
    }

    /** Reads what is in the contents from a place on. */
    final <T> T read(int place, Binary.Reader<T> reader) {
        in.setBuffer(bytes, place, bytes.length - place);
        try {
            return reader.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    final String string(int place) {
        return read(place, Binary::readString);
    }

    /** Number of bytes of a string with its length. */
    final int stringLength(int place) {
        int text = read(place, Binary::readStringLength);
        return in.getPosition() - place + text;
    }

    /** Last arrival time, epoch ms; {@link Long#MIN_VALUE} without reads. */
    final long lastArrival() {
        long last = Long.MIN_VALUE;
        for (long number = first; number < end; number++) {
            last = Math.max(last, arrivalTime(number));
        }
        return last;
    }

    /** The read of an id, or {@link #NONE}. */
    final long find(String readId) {
        long number = newest.get(readId.hashCode());
        while (number != NONE && !isOf(number, readId)) {
            number = olderThan(number);
        }
        return number;
    }

    /** Whether a read has that id; makes no string of an id of ASCII. */
    private boolean isOf(long number, String readId) {
        int start = idPlace(contentStart(number));
        int length = readId.length();
        // One of other characters has more bytes than characters.
        if (length > MAX_SHORT_ID || bytes[start] != length + 1) {
            return string(start).equals(readId);
        }
        for (int i = 0; i < length; i++) {
            if (bytes[start + 1 + i] != readId.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private long olderThan(long number) {
        int distance = older[slot(number)];
        return distance == 0 ? NONE : number - distance;
    }

    /** Begins a unit of changes, which can be undone; the ones before no longer can. */
    final void begin() {
        kept = first;
    }

    final void undoBy(Work work) {
        undo.accept(work);
    }

    /**
     * Makes the arrays ready for a read whose id is not known, which {@link #add} then adds. Its
     * number is {@link #end}.
     *
     * @param content writes what is known of it, its id included
     */
    final void prepare(
            String readId, long arrivalTime, long deviceTime, int lane, Content content) {
        if (end - kept == arrivalTimes.length) {
            grow();
        }
        int slot = slot(end);
        arrivalTimes[slot] = arrivalTime;
        deviceTimes[slot] = deviceTime;
        lanes[slot] = lane;
        hashes[slot] = readId.hashCode();
        starts[slot] = write(content);
    }

    /** Adds the read that was prepared. */
    final void add() {
        index(end);
        end++;
    }

    /** Makes a read found by its id and time: the youngest, or an evicted one that comes back. */
    void index(long number) {
        int slot = slot(number);
        long last = newest.get(hashes[slot]);
        if (last == NONE) {
            newest.put(hashes[slot], number);
            older[slot] = 0;
        } else if (last < number) {
            newest.put(hashes[slot], number);
            older[slot] = (int) (number - last);
        } else {
            // One that was evicted comes back: it is the oldest.
            long oldest = last;
            while (olderThan(oldest) != NONE) {
                oldest = olderThan(oldest);
            }
            older[slot(oldest)] = (int) (oldest - number);
            older[slot] = 0;
        }
        byTime.put(deviceTimes[slot], number);
        unknownLanes += lanes[slot] == ANY_LANE ? 1 : 0;
    }

    /** Undoes {@link #index}, of the oldest or of the youngest read. */
    void unindex(long number) {
        int slot = slot(number);
        long at = newest.get(hashes[slot]);
        if (at == number) {
            long next = olderThan(number);
            if (next == NONE) {
                newest.remove(hashes[slot]);
            } else {
                newest.put(hashes[slot], next);
            }
        } else {
            while (at != NONE && olderThan(at) != number) {
                at = olderThan(at);
            }
            if (at == NONE) {
                throw new IllegalStateException("read " + number + " is not in the index");
            }
            older[slot(at)] = 0;
        }
        byTime.remove(deviceTimes[slot], number);
        unknownLanes -= lanes[slot] == ANY_LANE ? 1 : 0;
    }

    /** Takes the youngest read back. */
    final void removeLast() {
        unindex(end - 1);
        end--;
        bytesEnd = starts[slot(end)];
    }

    /** Evicts what arrived before {@code horizon}, and the oldest above {@code max}. */
    final void prune(long horizon, int max) {
        long before = first;
        while (first < end && (size() > max || arrivalTime(first) < horizon)) {
            unindex(first);
            first++;
        }
        if (first > before) {
            undo.accept(
                    () -> {
                        while (first > before) {
                            first--;
                            index(first);
                        }
                    });
        }
    }

    private void grow() {
        arrivalTimes = grown(arrivalTimes);
        deviceTimes = grown(deviceTimes);
        lanes = grown(lanes);
        hashes = grown(hashes);
        older = grown(older);
        starts = grown(starts);
        resize();
    }

    /**
     * A column twice as long; each number that was in it is at its new place, too.
     *
     * @param <A> an array of primitives
     */
    @SuppressWarnings("unchecked")
    static <A> A grown(A column) {
        int size = Array.getLength(column);
        Object grown = Array.newInstance(column.getClass().getComponentType(), 2 * size);
        System.arraycopy(column, 0, grown, 0, size);
        System.arraycopy(column, 0, grown, size, size);
        return (A) grown;
    }

    /**
     * Writes bytes that are kept as long as the reads that are there now; returns their position
     * among all bytes so far.
     */
    final long write(Content content) {
        out.clear();
        try {
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int length = out.length();
        long oldest = kept == end ? bytesEnd : starts[slot(kept)];
        long start = start(length);
        while (start + length - oldest > bytes.length) {
            growBytes(oldest);
            start = start(length);
        }
        System.arraycopy(out.getSharedBuffer(), 0, bytes, place(start), length);
        bytesEnd = start + length;
        return start;
    }

    /** The next position at which so many bytes do not cross the end of the array. */
    private long start(int length) {
        int place = place(bytesEnd);
        return place + length <= bytes.length ? bytesEnd : bytesEnd + bytes.length - place;
    }

    private void growBytes(long oldest) {
        byte[] grown = new byte[2 * bytes.length];
        for (long at = oldest; at < bytesEnd; ) {
            int place = place(at);
            int count = (int) Math.min(bytes.length - place, bytesEnd - at);
            System.arraycopy(bytes, place, grown, (int) at & (grown.length - 1), count);
            at += count;
        }
        bytes = grown;
    }
}
