package io.atalaya.bench.hotlist;

import io.atalaya.bench.measure.Line;

/**
 * What a list of ten million would need in memory: the heap by a straight line through what was
 * measured at two sizes, that of as many sighted plates, RocksDB's memory as it is configured (its
 * files are on disk), and a fixed allowance for what a JVM needs beside its heap.
 *
 * @param heapBytes of the list, extrapolated
 * @param sightedBytes of the index over the sightings' plates, see {@link #A_SIGHTED_PLATE}
 * @param diskBytes extrapolated, the full size of a checkpoint
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
     * Bytes of heap a plate that was seen within the retention: its place in a hash table twice as
     * large as it is full, and its bits in the filter. The recording is too short to measure it.
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

    /** Of two small lists the larger may seem to need less: what it needs is the least then. */
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
