package io.atalaya.videoanalytics.track;

import it.unimi.dsi.fastutil.HashCommon;

import java.util.Arrays;

/**
 * Map from a tracker's current id to the slot of its track in a {@link TrackPool}, with at most one
 * id per track. It is a linear list of a few dozen 64-bit hashes. Scanning it costs less than
 * following a hash table to a node, a string and its bytes, because these are not in the
 * processor's cache while thousands of cameras take turns. Ids with the same hash are treated as
 * equal: a collision by chance is negligible, and a source that forces one affects its own camera
 * only.
 */
final class TrackNames {
    /** No track has this id. */
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 8;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] hashes = new long[FIRST_CAPACITY];
    private short[] slots = new short[FIRST_CAPACITY];
    private int size;

    /** The slot of the track with this id, or {@link #NONE}. */
    int get(String name) {
        int at = find(hash(name));
        return at < 0 ? NONE : slots[at];
    }

    /**
     * Assigns the id to the track in this slot; an earlier id of the track and an earlier track of
     * the id are released.
     */
    void put(String name, int slot) {
        evict(slot);
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

    /** Removes an id. */
    void remove(String name) {
        remove(find(hash(name)));
    }

    /** Removes the id of the track in this slot. */
    void evict(int slot) {
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
