package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.OcrResult;

import java.util.function.BiConsumer;

/** Takes questions, and answers some of them later. */
public interface OcrService {
    /**
     * Asks a question. Where nothing may be dropped, it waits for room.
     *
     * @param rank of several that wait, the one of the highest is answered first, and that of the
     *     lowest is dropped
     * @param answer called once, by any thread: with null, if the question was dropped
     */
    void ask(OcrRequest ocrRequest, Rank rank, BiConsumer<OcrResult, Throwable> answer)
            throws InterruptedException;

    /**
     * @throws IllegalStateException if no ocrRequest will be answered any more
     */
    void requireWorking();

    /**
     * How much an answer matters: by priority, then by what it may change.
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
}
