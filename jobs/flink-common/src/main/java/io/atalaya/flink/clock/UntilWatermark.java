package io.atalaya.flink.clock;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.apache.flink.util.function.ThrowingConsumer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Items that wait on the heap until the watermark has passed them, in their order: they come from
 * several partitions or subtasks, and a job that catches up reads each at its own pace. Each of
 * these is in order, so sorting what is released costs about one comparison an item, and a heap
 * would cost a dozen. What goes on waiting is not looked at, but for its time.
 */
public final class UntilWatermark<T> {
    private final ToLongFunction<T> releaseAt;
    private final Comparator<T> order;
    private final List<T> waiting = new ArrayList<>();

    /** When each waiting item is released, epoch ms. */
    private final LongArrayList times = new LongArrayList();

    /** No item is released before. */
    private long earliest = Long.MAX_VALUE;

    /**
     * @param releaseAt watermark at which an item is released, epoch ms
     * @param ties order of items that are released at the same watermark
     */
    public UntilWatermark(ToLongFunction<T> releaseAt, Comparator<? super T> ties) {
        this.releaseAt = releaseAt;
        this.order = Comparator.comparingLong(releaseAt).thenComparing(ties);
    }

    public void add(T item) {
        long time = releaseAt.applyAsLong(item);
        waiting.add(item);
        times.add(time);
        earliest = Math.min(earliest, time);
    }

    /** Removes an item before its release, mostly the last one. */
    public void remove(T item) {
        int at = waiting.lastIndexOf(item);
        waiting.remove(at);
        times.removeLong(at);
    }

    /**
     * Removes the items that are released at this watermark and passes them on in order. {@link
     * Long#MAX_VALUE} releases all. The consumer must not add or remove items.
     */
    public <E extends Exception> void release(long watermark, ThrowingConsumer<T, E> out) throws E {
        if (waiting.isEmpty() || earliest > watermark) {
            return;
        }
        List<T> due = takeUntil(watermark);
        due.sort(order);
        int released = 0;
        try {
            while (released < due.size()) {
                out.accept(due.get(released++));
            }
        } finally {
            due.subList(released, due.size()).forEach(this::add);
        }
    }

    private List<T> takeUntil(long watermark) {
        List<T> due = new ArrayList<>();
        int left = 0;
        earliest = Long.MAX_VALUE;
        for (int at = 0; at < waiting.size(); at++) {
            long time = times.getLong(at);
            if (time <= watermark) {
                due.add(waiting.get(at));
            } else {
                if (left < at) {
                    waiting.set(left, waiting.get(at));
                    times.set(left, time);
                }
                left++;
                earliest = Math.min(earliest, time);
            }
        }
        waiting.subList(left, waiting.size()).clear();
        times.size(left);
        return due;
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
