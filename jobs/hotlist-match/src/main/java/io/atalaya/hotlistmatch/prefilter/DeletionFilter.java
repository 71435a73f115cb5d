package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateNeighbours;

import java.util.function.LongConsumer;

/**
 * A membership filter over the single-deletion variants of folded plates: two texts one edit apart
 * share a variant, so a read that shares none has no entry near it. A blocked Bloom filter: all
 * bits of a variant lie in one cache line, {@value #BITS_PER_VARIANT} bits a variant, about 12
 * bytes a plate; some 1 % of the reads pass by chance, which costs a look-up and no alert.
 *
 * <p>Plates are never removed: stale ones only cost look-ups until the registry rebuilds the
 * filter.
 */
public final class DeletionFilter {
    private static final int BITS_PER_VARIANT = 12;
    private static final int VARIANTS_PER_PLATE = 8;
    private static final int PROBES = 6;
    private static final int WORDS_PER_BLOCK = 8;

    private final long[] words;
    private final int blocks;
    private final LongConsumer insert = this::insert;
    private int near;
    private int variant;
    private final LongConsumer probe =
            text -> {
                near |= contains(text) ? 1 << variant : 0;
                variant++;
            };

    /** A filter for {@code capacity} plates. */
    public DeletionFilter(int capacity) {
        long bits = Math.max(1L, capacity) * VARIANTS_PER_PLATE * BITS_PER_VARIANT;
        blocks = Math.toIntExact(bits / (WORDS_PER_BLOCK * Long.SIZE) + 1);
        words = new long[blocks * WORDS_PER_BLOCK];
    }

    /** A filter as {@link #words} gave it. */
    DeletionFilter(long[] words) {
        this.words = words;
        this.blocks = words.length / WORDS_PER_BLOCK;
    }

    long[] words() {
        return words;
    }

    /** Bytes that it takes, however much was added. */
    public long bytes() {
        return (long) words.length * Long.BYTES;
    }

    /** Adds a plate by its packed folded form. */
    public void add(long folded) {
        PlateNeighbours.forEachDeletion(folded, insert);
    }

    /** Adds a key that is looked for as it is. */
    void addKey(long key) {
        insert(key);
    }

    /** Adds a plate by itself: not every text that shares a variant with it is that plate. */
    void addWhole(long folded) {
        insert(~folded);
    }

    /** Whether a plate may have been added by itself. */
    boolean mayHoldWhole(long folded) {
        return contains(~folded);
    }

    /** Whether a key may have been added. */
    boolean mayHold(long key) {
        return contains(key);
    }

    /** Whether some added plate may be equal to the folded text or one edit away. */
    public boolean mayHaveNear(long folded) {
        return near(folded) != 0;
    }

    /**
     * Which variants of a folded text some added plate may share: bit 0 the text itself (it is
     * equal, or longer by a character), bit {@code k} the text without its {@code k}-th character
     * from the end (it has another one there, or none). 0: no plate is equal or one edit away.
     */
    public int near(long folded) {
        if (CanonicalPlate.length(folded) < PlateComparison.MIN_FUZZY_LENGTH) {
            return contains(folded) ? 1 : 0;
        }
        near = 0;
        variant = 0;
        PlateNeighbours.forEachDeletion(folded, probe);
        return near;
    }

    private void insert(long variant) {
        long hash = mix(variant);
        int base = block(hash);
        for (int i = 0; i < PROBES; i++) {
            int bit = bit(hash, i);
            words[base + (bit >>> 6)] |= 1L << bit;
        }
    }

    private boolean contains(long variant) {
        long hash = mix(variant);
        int base = block(hash);
        for (int i = 0; i < PROBES; i++) {
            int bit = bit(hash, i);
            if ((words[base + (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The high half of the hash chooses the block, the low half nine bits a probe. */
    private int block(long hash) {
        return (int) ((hash >>> 32) * blocks >>> 32) * WORDS_PER_BLOCK;
    }

    private static int bit(long hash, int probe) {
        // Double hashing on the low half: six nine-bit slices would overlap the block's bits.
        int low = (int) hash;
        int step = low >>> 16 | 1;
        return low + probe * step & 511;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
