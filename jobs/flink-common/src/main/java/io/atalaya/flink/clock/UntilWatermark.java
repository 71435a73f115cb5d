package io.atalaya.flink.clock;

import org.apache.flink.util.function.ThrowingConsumer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Items that wait on the heap until the watermark has passed them, in their order: they come from
 * several partitions or subtasks, and a job that catches up reads each at its own pace. Each of
 * these is in order, so sorting what has gathered costs about one comparison an item, and a heap
 * would cost a dozen.
 */
public final class UntilWatermark<T> {
    private final ToLongFunction<T> releaseAt;
    private final Comparator<T> order;
    private final List<T> waiting = new ArrayList<>();

    /**
     * @param releaseAt watermark at which an item is released, epoch ms
     * @param ties order of items that are released at the same watermark
     */
    public UntilWatermark(ToLongFunction<T> releaseAt, Comparator<? super T> ties) {
        this.releaseAt = releaseAt;
        this.order = Comparator.comparingLong(releaseAt).thenComparing(ties);
    }

    public void add(T item) {
        waiting.add(item);
    }

    /** Removes an item before its release, mostly the last one. */
    public void remove(T item) {
        waiting.remove(waiting.lastIndexOf(item));
    }

    /**
     * Removes the items that are released at this watermark and passes them on in order. {@link
     * Long#MAX_VALUE} releases all. The consumer must not add or remove items.
     */
    public <E extends Exception> void release(long watermark, ThrowingConsumer<T, E> out) throws E {
        waiting.sort(order);
        int released = 0;
        try {
            while (released < waiting.size()
                    && releaseAt.applyAsLong(waiting.get(released)) <= watermark) {
                out.accept(waiting.get(released++));
            }
        } finally {
            waiting.subList(0, released).clear();
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
