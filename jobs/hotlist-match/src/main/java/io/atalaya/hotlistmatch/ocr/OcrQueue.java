package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.OcrResult;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * A bounded queue of images with the OCR requests about them: the image of the highest rank is
 * served first, that of the lowest is dropped. Each image is queued once, however many entries it
 * is requested for. Not thread-safe.
 */
final class OcrQueue {
    private final int capacity;
    private final long maxAgeNanos;
    private final TreeSet<PendingImage> byRank =
            new TreeSet<>(
                    Comparator.comparing((PendingImage image) -> image.rank)
                            .reversed()
                            .thenComparingLong(image -> image.number));

    /** The waiting images and those that are being read. */
    private final Map<String, PendingImage> open = new HashMap<>();

    private long images;

    /** A request and who waits for its result. */
    record PendingRequest(OcrRequest ocrRequest, BiConsumer<OcrResult, Throwable> callback) {}

    /** An image and the requests about it. */
    static final class PendingImage {
        private final List<PendingRequest> requests = new ArrayList<>(1);
        private final String image;
        private final long addedNanos;

        /** Orders images of one rank: the older one first. */
        private final long number;

        private OcrService.Rank rank;

        private PendingImage(String image, OcrService.Rank rank, long addedNanos, long number) {
            this.image = image;
            this.rank = rank;
            this.addedNanos = addedNanos;
            this.number = number;
        }

        String image() {
            return image;
        }

        void drop() {
            requests.forEach(request -> request.callback().accept(null, null));
        }
    }

    /**
     * @param maxAgeNanos age from which a result is of no use
     */
    OcrQueue(int capacity, long maxAgeNanos) {
        this.capacity = capacity;
        this.maxAgeNanos = maxAgeNanos;
    }

    /** Adds a request; returns the image that no longer fits, or null. */
    PendingImage add(
            OcrRequest ocrRequest,
            OcrService.Rank rank,
            BiConsumer<OcrResult, Throwable> callback,
            long now) {
        PendingImage one =
                open.computeIfAbsent(
                        ocrRequest.image(), image -> new PendingImage(image, rank, now, images++));
        one.requests.add(new PendingRequest(ocrRequest, callback));
        if (one.requests.size() == 1) {
            byRank.add(one);
        } else if (rank.compareTo(one.rank) > 0 && byRank.remove(one)) {
            one.rank = rank;
            byRank.add(one);
        }
        return byRank.size() > capacity ? forget(byRank.pollLast()) : null;
    }

    /** Whether the image waits or is being read, so that one more request needs no room. */
    boolean has(String image) {
        return open.containsKey(image);
    }

    /** Removes and returns the first image; requests about it are accepted until it ends. */
    PendingImage poll() {
        return byRank.pollFirst();
    }

    /** The requests about an image that was read; later ones are about a new image. */
    List<PendingRequest> end(PendingImage image) {
        return forget(image).requests;
    }

    /** Removes and returns the images that are too old. */
    List<PendingImage> pollStale(long now) {
        List<PendingImage> stale =
                byRank.stream().filter(each -> now - each.addedNanos > maxAgeNanos).toList();
        byRank.removeAll(stale);
        stale.forEach(this::forget);
        return stale;
    }

    private PendingImage forget(PendingImage image) {
        open.remove(image.image);
        return image;
    }

    boolean isFull() {
        return byRank.size() >= capacity;
    }

    boolean isEmpty() {
        return byRank.isEmpty();
    }

    /** Removes and returns all waiting images. */
    List<PendingImage> clear() {
        List<PendingImage> left = List.copyOf(byRank);
        byRank.clear();
        left.forEach(this::forget);
        return left;
    }
}
