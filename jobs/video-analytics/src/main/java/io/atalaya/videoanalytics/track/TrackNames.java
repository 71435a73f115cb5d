package io.atalaya.videoanalytics.track;

import it.unimi.dsi.fastutil.HashCommon;

import java.util.Arrays;

/**
 * Which track of a {@link TrackPool} goes by which of a tracker's names; each by one at most. A few
 * dozen 64-bit hashes side by side: to look through all of them costs less than the way from a hash
 * table over a node and a string to its bytes, none of which is in the processor's cache when
 * thousands of cameras take turns. Names of one hash are held to be one name: by chance that
 * happens to nobody, and whoever makes such names confuses his own camera alone.
 */
final class TrackNames {
    /** No track goes by a name. */
    static final int NOBODY = -1;

    private static final int FIRST_CAPACITY = 8;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] hashes = new long[FIRST_CAPACITY];
    private short[] slots = new short[FIRST_CAPACITY];
    private int size;

    /** The slot of the track of that name, or {@link #NOBODY}. */
    int get(String name) {
        int at = find(hash(name));
        return at < 0 ? NOBODY : slots[at];
    }

    /**
     * From now on the track in that slot goes by the name, and no other does; nor it by another.
     */
    void put(String name, int slot) {
        forget(slot);
        long hash = hash(name);
        int at = find(hash);
        if (at < 0) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * size);
                slots = Arrays.copyOf(slots, 2 * size);
            }
            at = size++;
            hashes[at] = hash;
        }
        slots[at] = (short) slot;
    }

    /** The name is nobody's. */
    void remove(String name) {
        remove(find(hash(name)));
    }

    /** The track in that slot goes by no name. */
    void forget(int slot) {
        for (int i = 0; i < size; i++) {
            if (slots[i] == slot) {
                remove(i);
                return;
            }
        }
    }

    private void remove(int at) {
        if (at >= 0) {
            size--;
            hashes[at] = hashes[size];
            slots[at] = slots[size];
        }
    }

    void clear() {
        size = 0;
    }

    private int find(long hash) {
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash) {
                return i;
            }
        }
        return -1;
    }

    /** FNV-1a over the characters (Fowler, Noll and Vo), then mixed. */
    private static long hash(String name) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        return HashCommon.murmurHash3(hash);
    }
}
