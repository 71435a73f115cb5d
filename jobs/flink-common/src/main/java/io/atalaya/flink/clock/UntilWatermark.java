package io.atalaya.flink.clock;

import org.apache.flink.util.function.ThrowingConsumer;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/**
 * Items that wait on the heap until the watermark has passed them, in their order: they come from
 * several partitions or subtasks, and a job that catches up reads each at its own pace.
 */
public final class UntilWatermark<T> {
    private final ToLongFunction<T> releaseAt;
    private final PriorityQueue<T> waiting;

    /**
     * @param releaseAt watermark at which an item is released, epoch ms
     * @param ties order of items that are released at the same watermark
     */
    public UntilWatermark(ToLongFunction<T> releaseAt, Comparator<? super T> ties) {
        this.releaseAt = releaseAt;
        this.waiting = new PriorityQueue<>(Comparator.comparingLong(releaseAt).thenComparing(ties));
    }

    public void add(T item) {
        waiting.add(item);
    }

    /** Removes an item before its release. */
    public void remove(T item) {
        waiting.remove(item);
    }

    /**
     * Removes the items that are released at this watermark and passes them on in order. {@link
     * Long#MAX_VALUE} releases all.
     */
    public <E extends Exception> void release(long watermark, ThrowingConsumer<T, E> out) throws E {
        while (!waiting.isEmpty() && releaseAt.applyAsLong(waiting.peek()) <= watermark) {
            out.accept(waiting.poll());
        }
    }

    /** The waiting items in no particular order. */
    public List<T> items() {
        return List.copyOf(waiting);
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    public int size() {
        return waiting.size();
    }
}
