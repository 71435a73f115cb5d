package io.atalaya.simulator.random;

/**
 * A seeded permutation of {@code 0..size-1} without storage: a Feistel network over the next larger
 * square of a power of two, iterated until the result is in range. A stride through the range would
 * spread the numbers evenly, so that hardly two plates would be similar.
 */
public final class Shuffle {
    private static final int ROUNDS = 4;

    private final long seed;
    private final long size;
    private final int half;
    private final long mask;

    /**
     * @param size 1 to 2^62
     */
    public Shuffle(long seed, long size) {
        this.seed = seed;
        this.size = size;
        int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(size - 1));
        this.half = (bits + 1) / 2;
        this.mask = (1L << half) - 1;
    }

    /** The image of an index; both are below {@code size}. */
    public long at(long index) {
        long value = index;
        do {
            value = encipher(value);
        } while (value >= size);
        return value;
    }

    private long encipher(long value) {
        long left = value >>> half;
        long right = value & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ (SeededRandom.hash(seed + round, right) & mask);
            left = right;
            right = next;
        }
        return left << half | right;
    }
}
