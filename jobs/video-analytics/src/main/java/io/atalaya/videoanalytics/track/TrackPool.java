package io.atalaya.videoanalytics.track;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * Tracks of one camera. Each has a fixed slot and is reused after its object is gone. Tracks are
 * referred to by slot number, so that no reference changes between frames: while thousands of
 * cameras take turns, each change is a memory location that the garbage collector visits
 * concurrently with the job. That took 1/8 of the processor.
 */
final class TrackPool {
    /** Maximum number of tracks kept for reuse. */
    private static final int MAX_SPARE = 8;

    /** Never replaced, so that a selection can hold the array itself. */
    private final Track[] tracks;

    private final short[] spare = new short[MAX_SPARE];
    private int spares;

    /**
     * @param capacity maximum number of tracks in use
     */
    TrackPool(int capacity) {
        tracks = new Track[capacity];
    }

    /** Takes a slot whose track is to be started with {@link Track#begin}. */
    int poll() {
        if (spares > 0) {
            return spare[--spares];
        }
        int slot = 0;
        while (tracks[slot] != null) {
            slot++;
        }
        tracks[slot] = new Track();
        return slot;
    }

    /** Releases a slot whose track is no longer used. */
    void giveBack(int slot) {
        if (spares < MAX_SPARE) {
            spare[spares++] = (short) slot;
        } else {
            tracks[slot] = null;
        }
    }

    Track get(int slot) {
        return tracks[slot];
    }

    /** An ordered selection of tracks of the pool. */
    static final class Selection extends AbstractList<Track> implements RandomAccess {
        private final Track[] tracks;
        private final short[] slots;
        private int size;

        /**
         * @param most maximum size
         */
        Selection(TrackPool pool, int most) {
            tracks = pool.tracks;
            slots = new short[most];
        }

        @Override
        public Track get(int i) {
            if (i >= size) {
                throw new IndexOutOfBoundsException(i);
            }
            return tracks[slots[i]];
        }

        @Override
        public int size() {
            return size;
        }

        /** The slot of the i-th track. */
        int slot(int i) {
            return slots[i];
        }

        /** Appends the track in this slot. */
        void append(int slot) {
            slots[size++] = (short) slot;
        }

        /** Keeps only this many tracks from the start. */
        void truncate(int first) {
            size = first;
        }

        /** Overwrites the track at {@code to} with the one at {@code from}. */
        void move(int from, int to) {
            slots[to] = slots[from];
        }
    }
}
