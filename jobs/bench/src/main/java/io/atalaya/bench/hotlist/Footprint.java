package io.atalaya.bench.hotlist;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.function.ToLongFunction;

/**
 * Extrapolated memory for a list of ten million entries: the heap on a straight line through the
 * measurements at two sizes, an index over as many plates in the read history, RocksDB's memory as
 * configured (its files are on disk), and a fixed allowance for the JVM's memory outside the heap.
 *
 * @param heapBytes heap of the list, extrapolated
 * @param sightedBytes index over the plates in the read history, see {@link
 *     #BYTES_PER_SIGHTED_PLATE}
 * @param diskBytes full size of a checkpoint, extrapolated
 */
record Footprint(
        int entries,
        long heapBytes,
        long sightedBytes,
        long managedBytes,
        long otherBytes,
        long diskBytes) {
    private static final int ENTRIES = 10_000_000;
    private static final long LIMIT = 8L << 30;

    /**
     * Heap bytes per plate read within the retention: its slot in a hash table at a load of one
     * half, and its bits in the filter. The recording is too short to measure it.
     */
    private static final long BYTES_PER_SIGHTED_PLATE = 60;

    /** Metaspace, network buffers, threads and code: Flink's defaults for a small TaskManager. */
    private static final long OTHER = 768L << 20;

    static Footprint of(HotlistReport.Size small, HotlistReport.Size large, long managedBytes) {
        return new Footprint(
                ENTRIES,
                extrapolate(small, large, size -> size.list().heapBytes()),
                ENTRIES * BYTES_PER_SIGHTED_PLATE,
                managedBytes,
                OTHER,
                extrapolate(small, large, size -> size.list().checkpointBytes()));
    }

    /**
     * At least the measured value, because noise can make the larger of two small lists seem
     * smaller.
     */
    private static long extrapolate(
            HotlistReport.Size small,
            HotlistReport.Size large,
            ToLongFunction<HotlistReport.Size> bytes) {
        long measured = bytes.applyAsLong(large);
        double perEntry =
                (double) (measured - bytes.applyAsLong(small))
                        / (large.entries() - small.entries());
        return Math.max((long) (measured + perEntry * (ENTRIES - large.entries())), measured);
    }

    @JsonProperty
    long totalBytes() {
        return heapBytes + sightedBytes + managedBytes + otherBytes;
    }

    @JsonProperty
    long limitBytes() {
        return LIMIT;
    }

    @JsonProperty
    boolean fits() {
        return totalBytes() <= LIMIT;
    }
}
