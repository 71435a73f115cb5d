package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Puts sightings into the order of their arrival: devices are in several partitions, and a job that
 * catches up reads each at its own pace. What is ahead of the clock waits here, on the heap, for as
 * long as the clock takes to come by: a second when live.
 */
final class ArrivalOrder {
    private static final Comparator<Arrived> ORDER =
            Comparator.comparingLong(Arrived::arrival).thenComparingLong(Arrived::time);

    private final PriorityQueue<Arrived> ahead = new PriorityQueue<>(ORDER);
    private long passed = Long.MIN_VALUE;

    /**
     * A sighting, or the end of one.
     *
     * @param key folded plate
     * @param time of the sighting, epoch ms
     * @param device its number; {@link RegisteredDeviceLocations#UNKNOWN} for the end of a sighting
     */
    record Arrived(long arrival, long key, long time, int device) {
        boolean ends() {
            return device == RegisteredDeviceLocations.UNKNOWN;
        }
    }

    /** Takes one up; false if the clock is past its arrival: then it is not kept. */
    boolean holds(Arrived arrived) {
        return arrived.arrival() > passed && ahead.add(arrived);
    }

    /** Takes back what was taken up last. */
    void drop(Arrived arrived) {
        ahead.remove(arrived);
    }

    /** Notes where the clock is; what arrived by then can be taken. */
    void passTo(long clock) {
        passed = Math.max(passed, clock);
    }

    /** Takes the first of what has arrived by the clock; null when there is none. */
    Arrived take() {
        return ahead.isEmpty() || ahead.peek().arrival() > passed ? null : ahead.poll();
    }

    /** Takes the first, wherever the clock is, for it stands still; null when there is none. */
    Arrived takeAny() {
        Arrived next = ahead.poll();
        if (next != null) {
            passTo(next.arrival());
        }
        return next;
    }

    /** What is held, in no order. */
    void forEach(Consumer<Arrived> out) {
        ahead.forEach(out);
    }

    /** All that arrived by then has been handed out. */
    long passed() {
        return passed;
    }

    int size() {
        return ahead.size();
    }
}
