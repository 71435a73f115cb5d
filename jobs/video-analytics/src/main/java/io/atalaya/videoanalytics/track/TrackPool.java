package io.atalaya.videoanalytics.track;

import java.util.AbstractList;
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

    /** Never replaced: who selects from them need not ask the pool. */
    private final Track[] tracks;

    private final short[] spare = new short[MAX_SPARE];
    private int spares;

    /**
     * @param capacity tracks in use at a time
     */
    TrackPool(int capacity) {
        tracks = new Track[capacity];
    }

    /** A slot with a track that is to be begun. */
    int take() {
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
        private final Track[] tracks;
        private final short[] slots;
        private int size;

        /**
         * @param most how many it may be
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

        /** The slot of one of them. */
        int slot(int i) {
            return slots[i];
        }

        /** Takes in one more, behind the others. */
        void append(int slot) {
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
