package io.atalaya.bench.hotlist;

import io.atalaya.bench.measure.Line;

/**
 * Extrapolated memory for a list of ten million entries: the heap on a straight line through the
 * measurements at two sizes, an index over as many plates in the read history, RocksDB's memory as
 * configured (its files are on disk), and a fixed allowance for the JVM's memory outside the heap.
 *
 * @param heapBytes heap of the list, extrapolated
 * @param sightedBytes index over the plates in the read history, see {@link #A_SIGHTED_PLATE}
 * @param diskBytes full size of a checkpoint, extrapolated
 */
public record Footprint(
        int entries,
        long heapBytes,
        long sightedBytes,
        long managedBytes,
        long otherBytes,
        long diskBytes) {
    public static final int ENTRIES = 10_000_000;
    public static final long LIMIT = 8L << 30;

    /**
     * Heap bytes per plate read within the retention: its slot in a hash table at a load of one
     * half, and its bits in the filter. The recording is too short to measure it.
     */
    private static final long A_SIGHTED_PLATE = 60;

    /** Metaspace, network buffers, threads and code: Flink's defaults for a small TaskManager. */
    private static final long OTHER = 768L << 20;

    static Footprint of(SizeFigures small, SizeFigures large, long managedBytes) {
        Line heap =
                Line.through(
                        small.entries(),
                        small.list().heapBytes(),
                        large.entries(),
                        large.list().heapBytes());
        Line disk =
                Line.through(
                        small.entries(),
                        small.list().checkpointBytes(),
                        large.entries(),
                        large.list().checkpointBytes());
        return new Footprint(
                ENTRIES,
                noLess(heap, large.list().heapBytes()),
                ENTRIES * A_SIGHTED_PLATE,
                managedBytes,
                OTHER,
                noLess(disk, large.list().checkpointBytes()));
    }

    /**
     * At least the measured value, because noise can make the larger of two small lists seem
     * smaller.
     */
    private static long noLess(Line line, long measured) {
        return Math.max((long) line.at(ENTRIES), measured);
    }

    public long total() {
        return heapBytes + sightedBytes + managedBytes + otherBytes;
    }

    public boolean fits() {
        return total() <= LIMIT;
    }
}
