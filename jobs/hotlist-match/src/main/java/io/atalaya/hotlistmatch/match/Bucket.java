package io.atalaya.hotlistmatch.match;

import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.MatchTargetSerializer;

import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The listed plates of one bucket, packed: plates side by side for the scan, the rest decoded only
 * for candidates. Immutable: every change creates new arrays, because a heap snapshot would
 * otherwise see a partial change.
 */
final class Bucket {
    static final Bucket EMPTY =
            new Bucket(new long[0], new long[0], new long[0], new int[] {0}, new byte[0]);

    final long[] plates;
    final long[] from;
    final long[] to;

    /** Offset of each listed plate's bytes, plus the end of the last one. */
    final int[] offsets;

    final byte[] listed;

    Bucket(long[] plates, long[] from, long[] to, int[] offsets, byte[] listed) {
        this.plates = plates;
        this.from = from;
        this.to = to;
        this.offsets = offsets;
        this.listed = listed;
    }

    int size() {
        return plates.length;
    }

    MatchTarget listed(int index) {
        try {
            return MatchTargetSerializer.INSTANCE.read(
                    new DataInputDeserializer(
                            listed, offsets[index], offsets[index + 1] - offsets[index]));
        } catch (IOException e) {
            throw new UncheckedIOException("a bucket of our own cannot be read back", e);
        }
    }

    /**
     * Adds a version. A known version changes nothing, unless it has ended: the records of one
     * batch share one arrival time, so versions of that time may differ in fields that a bucket
     * does not hold.
     */
    Bucket with(MatchTarget added, long addedFrom) {
        byte[] bytes = bytes(added);
        int index = indexOf(bytes, addedFrom);
        if (index >= 0) {
            return to[index] == BucketChange.IN_FORCE ? this : withTo(index, BucketChange.IN_FORCE);
        }
        int size = size();
        long[] newPlates = Arrays.copyOf(plates, size + 1);
        long[] newFrom = Arrays.copyOf(from, size + 1);
        long[] newTo = Arrays.copyOf(to, size + 1);
        int[] newOffsets = Arrays.copyOf(offsets, size + 2);
        byte[] newListed = Arrays.copyOf(listed, listed.length + bytes.length);
        newPlates[size] = added.plate();
        newFrom[size] = addedFrom;
        newTo[size] = BucketChange.IN_FORCE;
        newOffsets[size + 1] = newListed.length;
        System.arraycopy(bytes, 0, newListed, listed.length, bytes.length);
        return new Bucket(newPlates, newFrom, newTo, newOffsets, newListed);
    }

    /** Records the end of a version, which stays for reads that arrived while it was in force. */
    Bucket ended(MatchTarget ended, long endedFrom, long at) {
        int index = indexOf(bytes(ended), endedFrom);
        return index < 0 ? this : withTo(index, at);
    }

    /** Removes the versions that ended before {@code horizon}; null if no version is left. */
    Bucket prunedBefore(long horizon) {
        int count = (int) Arrays.stream(to).filter(end -> end >= horizon).count();
        if (count == 0 || count == size()) {
            return count == 0 ? null : this;
        }
        long[] keptPlates = new long[count];
        long[] keptFrom = new long[count];
        long[] keptTo = new long[count];
        int[] keptOffsets = new int[count + 1];
        byte[] keptListed = new byte[listed.length];
        int at = 0;
        for (int i = 0; i < size(); i++) {
            if (to[i] >= horizon) {
                int length = offsets[i + 1] - offsets[i];
                System.arraycopy(listed, offsets[i], keptListed, keptOffsets[at], length);
                keptPlates[at] = plates[i];
                keptFrom[at] = from[i];
                keptTo[at] = to[i];
                keptOffsets[++at] = keptOffsets[at - 1] + length;
            }
        }
        return new Bucket(
                keptPlates,
                keptFrom,
                keptTo,
                keptOffsets,
                Arrays.copyOf(keptListed, keptOffsets[count]));
    }

    private Bucket withTo(int index, long at) {
        long[] newTo = to.clone();
        newTo[index] = at;
        return new Bucket(plates, from, newTo, offsets, listed);
    }

    private int indexOf(byte[] bytes, long version) {
        for (int i = 0; i < size(); i++) {
            if (from[i] == version
                    && Arrays.equals(bytes, 0, bytes.length, listed, offsets[i], offsets[i + 1])) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] bytes(MatchTarget listed) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(64);
            MatchTargetSerializer.INSTANCE.write(listed, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }
}
