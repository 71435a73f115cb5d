package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.OcrResult;

import java.io.Serializable;
import java.util.function.BiConsumer;

/** Accepts OCR requests and completes some of them later. */
public interface OcrService {
    /**
     * Submits a request. Blocks until there is room if requests must not be dropped.
     *
     * @param rank the waiting image of the highest rank is read first, that of the lowest is
     *     dropped
     * @param answer called once, on any thread; with two nulls if the request was dropped
     */
    void submit(OcrRequest ocrRequest, Rank rank, BiConsumer<OcrResult, Throwable> answer)
            throws InterruptedException;

    /**
     * @throws IllegalStateException if requests are no longer completed
     */
    void checkRunning();

    /**
     * The rank of a request: by priority, then by what its result may change.
     *
     * @param gain 0..1
     */
    record Rank(int priority, double gain) implements Comparable<Rank> {
        @Override
        public int compareTo(Rank other) {
            int byPriority = Integer.compare(priority, other.priority);
            return byPriority != 0 ? byPriority : Double.compare(gain, other.gain);
        }
    }

    /** Gives an operator its OCR service. */
    interface Factory extends Serializable {
        OcrService open();

        /** Releases the service for the caller that opened it. */
        void close() throws Exception;
    }
}
