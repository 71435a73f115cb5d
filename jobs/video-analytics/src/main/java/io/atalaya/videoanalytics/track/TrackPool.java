package io.atalaya.videoanalytics.track;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * The tracks of one camera, each in a slot that it keeps, and used again when its thing is gone.
 * Who follows what is told by numbers of slots, so that from frame to frame no reference changes:
 * where thousands of cameras take turns each such change is a place in memory that Java's collector
 * looks up beside the job, which took an eighth of the processor.
 */
final class TrackPool {
    /** Tracks kept to be used again. */
    private static final int MAX_SPARE = 8;

    private static final int FIRST_CAPACITY = 16;

    private Track[] tracks = new Track[FIRST_CAPACITY];
    private final short[] spare = new short[MAX_SPARE];
    private int spares;

    /** A slot with a track that is to be begun. */
    int take() {
        if (spares > 0) {
            return spare[--spares];
        }
        int slot = 0;
        while (slot < tracks.length && tracks[slot] != null) {
            slot++;
        }
        if (slot == tracks.length) {
            tracks = Arrays.copyOf(tracks, 2 * slot);
        }
        tracks[slot] = new Track();
        return slot;
    }

    /** Nobody looks at the track any more. */
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

    /** Some tracks of the pool, in an order. */
    static final class Selection extends AbstractList<Track> implements RandomAccess {
        private final TrackPool pool;
        private short[] slots = new short[FIRST_CAPACITY];
        private int size;

        Selection(TrackPool pool) {
            this.pool = pool;
        }

        @Override
        public Track get(int i) {
            if (i >= size) {
                throw new IndexOutOfBoundsException(i);
            }
            return pool.tracks[slots[i]];
        }

        @Override
        public int size() {
            return size;
        }

        /** The slot of one of them. */
        int slot(int i) {
            return slots[i];
        }

        /** Takes in one more, behind the others. */
        void append(int slot) {
            if (size == slots.length) {
                slots = Arrays.copyOf(slots, 2 * size);
            }
            slots[size++] = (short) slot;
        }

        /** The first so many stay. */
        void truncate(int first) {
            size = first;
        }

        /** One of them takes the place of another. */
        void move(int from, int to) {
            slots[to] = slots[from];
        }
    }
}
