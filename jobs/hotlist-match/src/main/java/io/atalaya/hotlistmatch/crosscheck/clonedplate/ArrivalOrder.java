package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Sorts reads by arrival time, because devices are in several partitions and a job that catches up
 * reads each at its own pace. Reads ahead of the watermark wait here on the heap until it passes
 * them, about a second when live.
 */
final class ArrivalOrder {
    private static final Comparator<Arrived> ORDER =
            Comparator.comparingLong(Arrived::arrivalTime).thenComparingLong(Arrived::deviceTime);

    private final PriorityQueue<Arrived> ahead = new PriorityQueue<>(ORDER);
    private long passed = Long.MIN_VALUE;

    /**
     * A read, or the retraction of one.
     *
     * @param key folded plate
     * @param deviceTime device time of the read, epoch ms
     * @param device its number; {@link RegisteredDeviceLocations#UNKNOWN} for a retraction
     */
    record Arrived(long arrivalTime, long key, long deviceTime, int device) {
        boolean ends() {
            return device == RegisteredDeviceLocations.UNKNOWN;
        }
    }

    /**
     * Queues a read; returns false, without queuing it, if the watermark has passed its arrival.
     */
    boolean holds(Arrived arrived) {
        return arrived.arrivalTime() > passed && ahead.add(arrived);
    }

    /** Undoes {@link #holds}. */
    void drop(Arrived arrived) {
        ahead.remove(arrived);
    }

    /** Advances to a watermark; reads that arrived by then can be polled. */
    void passTo(long clock) {
        passed = Math.max(passed, clock);
    }

    /** Polls the first read that arrived by the watermark, or null. */
    Arrived take() {
        return ahead.isEmpty() || ahead.peek().arrivalTime() > passed ? null : ahead.poll();
    }

    /** Polls the first read regardless of the watermark, for use while it is stalled, or null. */
    Arrived takeAny() {
        Arrived next = ahead.poll();
        if (next != null) {
            passTo(next.arrivalTime());
        }
        return next;
    }

    /** Passes on all queued reads in no particular order. */
    void forEach(Consumer<Arrived> out) {
        ahead.forEach(out);
    }

    /** The watermark up to which all reads have been polled. */
    long passed() {
        return passed;
    }

    int size() {
        return ahead.size();
    }
}
