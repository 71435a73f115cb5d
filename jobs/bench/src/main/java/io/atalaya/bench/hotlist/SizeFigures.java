package io.atalaya.bench.hotlist;

import io.atalaya.bench.state.Checkpoints;
import io.atalaya.bench.state.Holding;

/**
 * What the list and the reads cost to hold, at one size of the list.
 *
 * @param reads plate reads and tags that were worked off between {@code list} and {@code after}
 * @param loadSeconds from the first entry published until a checkpoint holds them all
 * @param filterBytes of the prefilters on the heap, which are made for the list before it comes, so
 *     that {@code empty} has them already
 * @param empty before the list, with the devices
 * @param list with the list, before any read
 * @param after with the list and all reads
 * @param checkpoints of the job while it worked the reads off
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
