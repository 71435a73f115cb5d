package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.OcrResult;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** A bounded queue of OCR requests: the highest rank is served first, the lowest is dropped. */
final class OcrQueue {
    private final int capacity;
    private final long maxAgeNanos;
    private final TreeSet<PendingRequest> byRank =
            new TreeSet<>(
                    Comparator.comparing(PendingRequest::rank)
                            .reversed()
                            .thenComparingLong(PendingRequest::number));
    private long openRequests;

    /**
     * A waiting request.
     *
     * @param addedNanos {@link System#nanoTime} at which it was added
     * @param number orders requests of one rank: the older one first
     */
    record PendingRequest(
            OcrRequest ocrRequest,
            OcrService.Rank rank,
            BiConsumer<OcrResult, Throwable> callback,
            long addedNanos,
            long number) {
        void drop() {
            callback.accept(null, null);
        }
    }

    /**
     * @param maxAgeNanos age from which a result is of no use
     */
    OcrQueue(int capacity, long maxAgeNanos) {
        this.capacity = capacity;
        this.maxAgeNanos = maxAgeNanos;
    }

    /** Adds a request; returns the one that no longer fits, or null. */
    PendingRequest add(
            OcrRequest ocrRequest,
            OcrService.Rank rank,
            BiConsumer<OcrResult, Throwable> callback,
            long now) {
        byRank.add(new PendingRequest(ocrRequest, rank, callback, now, openRequests++));
        return byRank.size() > capacity ? byRank.pollLast() : null;
    }

    /** Removes and returns the first requests. */
    List<PendingRequest> poll(int most) {
        List<PendingRequest> taken = new ArrayList<>(most);
        while (taken.size() < most && !byRank.isEmpty()) {
            taken.add(byRank.pollFirst());
        }
        return taken;
    }

    /** Removes and returns the requests that are too old. */
    List<PendingRequest> pollStale(long now) {
        List<PendingRequest> stale =
                byRank.stream().filter(each -> now - each.addedNanos() > maxAgeNanos).toList();
        byRank.removeAll(stale);
        return stale;
    }

    boolean isFull() {
        return byRank.size() >= capacity;
    }

    boolean isEmpty() {
        return byRank.isEmpty();
    }

    /** Removes and returns all requests. */
    List<PendingRequest> clear() {
        return poll(byRank.size());
    }
}
