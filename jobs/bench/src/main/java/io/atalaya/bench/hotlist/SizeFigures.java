package io.atalaya.bench.hotlist;

import io.atalaya.bench.state.Checkpoints;
import io.atalaya.bench.state.Holding;

/**
 * Memory and state of the list and the reads, at one list size.
 *
 * @param reads plate and tag reads processed between {@code list} and {@code after}
 * @param loadSeconds from the first published entry until a checkpoint contains all entries
 * @param filterBytes heap of the prefilters, which are allocated before the list arrives and so are
 *     part of {@code empty}
 * @param empty before the list, with the devices
 * @param list with the list, before any read
 * @param after with the list and all reads
 * @param checkpoints of the job while it processed the reads
 */
public record SizeFigures(
        int entries,
        long reads,
        double loadSeconds,
        long filterBytes,
        Holding empty,
        Holding list,
        Holding after,
        Checkpoints checkpoints) {

    double stateOfEntry() {
        return per(list.savepointBytes() - empty.savepointBytes(), entries);
    }

    double stateOfRead() {
        return per(after.savepointBytes() - list.savepointBytes(), reads);
    }

    double heapOfEntry() {
        return per(list.heapBytes() - empty.heapBytes() + filterBytes, entries);
    }

    double heapOfRead() {
        return per(after.heapBytes() - list.heapBytes(), reads);
    }

    private static double per(long bytes, long count) {
        return (double) bytes / count;
    }
}
