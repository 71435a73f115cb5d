package io.atalaya.hotlistmatch.prefilter;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.plate.PlateNeighbours;

import java.util.function.LongConsumer;

/**
 * A membership filter over the single-deletion variants of folded plates: two texts one edit apart
 * share a variant, so a read that shares no variant has no entry near it. It is a blocked Bloom
 * filter: all bits of a variant lie in one cache line, with {@value #BITS_PER_VARIANT} bits per
 * variant and about 12 bytes per plate, twice as many for a plate of no Mexican series. About 1 %
 * of the reads pass by chance, which costs a bucket look-up but raises no alert.
 *
 * <p>Plates are never removed: a stale plate only costs look-ups until the registry rebuilds the
 * filter.
 */
public final class DeletionFilter {
    private static final int BITS_PER_VARIANT = 12;
    private static final int VARIANTS_PER_PLATE = 8;
    private static final int PROBES = 6;
    private static final int WORDS_PER_BLOCK = 8;

    /** Sets the variants of plates of no Mexican series apart from those of all plates. */
    private static final long FOREIGN = 0x5bd1e9955bd1e995L;

    private final long[] words;
    private final int blocks;
    private final LongConsumer insert = this::insert;
    private final LongConsumer insertForeign = variant -> insert(variant ^ FOREIGN);
    private final long[] hashes = new long[CanonicalPlate.MAX_LENGTH + 1];
    private int variants;
    private final LongConsumer hash = variant -> hashes[variants++] = mix(variant);

    /** A filter for {@code capacity} plates. */
    public DeletionFilter(int capacity) {
        long bits = Math.max(1L, capacity) * VARIANTS_PER_PLATE * BITS_PER_VARIANT;
        blocks = Math.toIntExact(bits / (WORDS_PER_BLOCK * Long.SIZE) + 1);
        words = new long[blocks * WORDS_PER_BLOCK];
    }

    /** A filter with the given {@link #words}. */
    DeletionFilter(long[] words) {
        this.words = words;
        this.blocks = words.length / WORDS_PER_BLOCK;
    }

    long[] words() {
        return words;
    }

    /** Size in bytes; it does not depend on what was added. */
    public long bytes() {
        return (long) words.length * Long.BYTES;
    }

    /** Adds a plate by its packed folded form. */
    public void add(long folded) {
        PlateNeighbours.forEachDeletion(folded, insert);
    }

    /** Adds a key that is matched exactly. */
    void addKey(long key) {
        insert(key);
    }

    /** Adds the plate itself, because a text that shares a variant with it may be another plate. */
    void addWhole(long folded) {
        insert(~folded);
    }

    /** Adds a plate of no Mexican series once more, among its like, by its packed folded form. */
    void addForeign(long folded) {
        PlateNeighbours.forEachDeletion(folded, insertForeign);
    }

    /** Whether some plate of no Mexican series may share a variant of a folded text. */
    boolean canContainForeign(long variant) {
        return contains(variant ^ FOREIGN);
    }

    /** Whether the plate itself may have been added. */
    boolean canContainWhole(long folded) {
        return contains(~folded);
    }

    /** Whether a key may have been added. */
    boolean canContain(long key) {
        return contains(key);
    }

    /** Whether some added plate may be equal to the folded text or one edit away. */
    public boolean canHaveNear(long folded) {
        return near(folded) != 0;
    }

    /**
     * Bit set of the variants of a folded text that some added plate may share: bit 0 is the text
     * itself (the plate is equal, or longer by a character), bit {@code k} the text without its
     * {@code k}-th character from the end (the plate has another character there, or no character).
     * 0: no plate is equal or one edit away.
     */
    public int near(long folded) {
        if (CanonicalPlate.length(folded) < PlateComparison.MIN_FUZZY_LENGTH) {
            return contains(folded) ? 1 : 0;
        }
        variants = 0;
        PlateNeighbours.forEachDeletion(folded, hash);
        // Each variant lies elsewhere in memory. Without a branch the processor fetches all at
        // once.
        int near = 0;
        for (int k = 0; k < variants; k++) {
            near |= (int) (probe(hashes[k], 0) & probe(hashes[k], 1) & 1) << k;
        }
        for (int rest = near; rest != 0; rest &= rest - 1) {
            int k = Integer.numberOfTrailingZeros(rest);
            if (!contains(hashes[k], 2)) {
                near ^= 1 << k;
            }
        }
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
        return contains(mix(variant), 0);
    }

    /** Whether the bits of the probes {@code from} on are set. */
    private boolean contains(long hash, int from) {
        for (int i = from; i < PROBES; i++) {
            if ((probe(hash, i) & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The probe's bit is the last one. */
    private long probe(long hash, int i) {
        int bit = bit(hash, i);
        return words[block(hash) + (bit >>> 6)] >>> bit;
    }

    /** The high half of the hash selects the block, the low half nine bits per probe. */
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
