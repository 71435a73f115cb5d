package io.atalaya.videoanalytics.track;

import it.unimi.dsi.fastutil.HashCommon;

import java.util.Arrays;

/**
 * Which track goes by which of a tracker's names. A few dozen 64-bit hashes side by side: to look
 * through all of them costs less than the way from a hash table over a node and a string to its
 * bytes, none of which is in the processor's cache when thousands of cameras take turns. Names of
 * one hash are held to be one name: by chance that happens to nobody, and whoever makes such names
 * confuses his own camera alone.
 */
final class TrackNames {
    private static final int FIRST_CAPACITY = 8;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private long[] hashes = new long[FIRST_CAPACITY];
    private Track[] tracks = new Track[FIRST_CAPACITY];
    private int size;

    /** The track of that name, or null. */
    Track get(String name) {
        int at = find(hash(name));
        return at < 0 ? null : tracks[at];
    }

    /** From now on the name is this track's. */
    void put(String name, Track track) {
        long hash = hash(name);
        int at = find(hash);
        if (at < 0) {
            if (size == hashes.length) {
                hashes = Arrays.copyOf(hashes, 2 * size);
                tracks = Arrays.copyOf(tracks, 2 * size);
            }
            at = size++;
            hashes[at] = hash;
        }
        tracks[at] = track;
    }

    /** The name is nobody's. */
    void remove(String name) {
        remove(find(hash(name)));
    }

    /** The name is not this track's any more; another's it may stay. */
    void remove(String name, Track track) {
        int at = find(hash(name));
        if (at >= 0 && tracks[at] == track) {
            remove(at);
        }
    }

    private void remove(int at) {
        if (at >= 0) {
            size--;
            hashes[at] = hashes[size];
            tracks[at] = tracks[size];
            tracks[size] = null;
        }
    }

    void clear() {
        Arrays.fill(tracks, 0, size, null);
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
