package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.OcrResult;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** The questions that wait, a bounded number: those of the highest rank go first, and stay. */
final class OcrQueue {
    private final int capacity;
    private final long maxAgeNanos;
    private final TreeSet<Waiting> byRank =
            new TreeSet<>(
                    Comparator.comparing(Waiting::rank)
                            .reversed()
                            .thenComparingLong(Waiting::number));
    private long asked;

    /**
     * @param since by the clock that nanoseconds are told by
     * @param number tells questions of one rank apart: the older first
     */
    record Waiting(
            OcrRequest ocrRequest,
            OcrService.Rank rank,
            BiConsumer<OcrResult, Throwable> answer,
            long since,
            long number) {
        void drop() {
            answer.accept(null, null);
        }
    }

    /**
     * @param maxAgeNanos an answer that is later than this is of no use
     */
    OcrQueue(int capacity, long maxAgeNanos) {
        this.capacity = capacity;
        this.maxAgeNanos = maxAgeNanos;
    }

    /** Adds one; returns the one that has no room any more, or null. */
    Waiting add(
            OcrRequest ocrRequest,
            OcrService.Rank rank,
            BiConsumer<OcrResult, Throwable> answer,
            long now) {
        byRank.add(new Waiting(ocrRequest, rank, answer, now, asked++));
        return byRank.size() > capacity ? byRank.pollLast() : null;
    }

    /** Takes the first ones. */
    List<Waiting> take(int most) {
        List<Waiting> taken = new ArrayList<>(most);
        while (taken.size() < most && !byRank.isEmpty()) {
            taken.add(byRank.pollFirst());
        }
        return taken;
    }

    /** Takes those that have become too old. */
    List<Waiting> takeStale(long now) {
        List<Waiting> stale =
                byRank.stream().filter(each -> now - each.since() > maxAgeNanos).toList();
        byRank.removeAll(stale);
        return stale;
    }

    boolean isFull() {
        return byRank.size() >= capacity;
    }

    boolean isEmpty() {
        return byRank.isEmpty();
    }

    /** Takes all. */
    List<Waiting> clear() {
        return take(byRank.size());
    }
}
