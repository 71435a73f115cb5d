package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.HotlistMatchOptions;
import io.atalaya.hotlistmatch.event.OcrRequest;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class OcrQueueTest {
    private static final long MAX_AGE = 100;

    private final OcrQueue waiting = new OcrQueue(3, MAX_AGE);

    @Test
    void theHighestRankGoesFirstAndTheLowestHasNoRoom() {
        assertThat(add("low", 40, 0.9, 0)).isNull();
        assertThat(add("high", 90, 0.1, 0)).isNull();
        assertThat(add("high, more to gain", 90, 0.5, 0)).isNull();
        assertThat(add("as low, later", 40, 0.9, 0)).isEqualTo("as low, later");
        assertThat(add("middle", 60, 0.1, 0)).isEqualTo("low");

        assertThat(waiting.poll().image()).isEqualTo("high, more to gain");
        assertThat(waiting.poll().image()).isEqualTo("high");
        assertThat(waiting.poll().image()).isEqualTo("middle");
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void whatIsTooOldIsTakenOut() {
        add("old", 90, 0.5, 0);
        add("new", 40, 0.5, 1);

        assertThat(names(waiting.pollStale(MAX_AGE))).isEmpty();
        assertThat(names(waiting.pollStale(MAX_AGE + 1))).containsExactly("old");
        assertThat(names(waiting.clear())).containsExactly("new");
    }

    /** What only its image finds is found late in a burst, not lost. */
    @Test
    void byDefaultABurstWaitsUntilItIsRead() {
        OcrQueue byDefault =
                new OcrQueue(
                        HotlistMatchOptions.OCR_QUEUE.defaultValue(),
                        HotlistMatchOptions.OCR_MAX_AGE.defaultValue().toNanos());
        for (int i = 0; i < 500; i++) {
            assertThat(
                            byDefault.add(
                                    new OcrRequest(0, 0, 0.5, "image " + i, 80, 0),
                                    new OcrService.Rank(80, 0.5),
                                    (ocrResult, failure) -> {},
                                    0))
                    .isNull();
        }

        assertThat(byDefault.pollStale(Duration.ofMinutes(4).toNanos())).isEmpty();
    }

    /** Also while it is being read; then it has the rank of its most important request. */
    @Test
    void anImageIsQueuedOnceForAllItsRequests() {
        add("for many", 40, 0.1, 0);
        add("high", 60, 0.1, 0);
        assertThat(add("for many", 90, 0.1, 0)).isNull();

        assertThat(waiting.poll().image()).isEqualTo("for many");
        assertThat(add("for many", 90, 0.1, 0)).isNull();
        OcrQueue.PendingImage high = waiting.poll();
        assertThat(high.image()).isEqualTo("high");
        assertThat(waiting.isEmpty()).isTrue();
        assertThat(waiting.end(high)).hasSize(1);
        assertThat(waiting.has("for many")).isTrue();
        assertThat(waiting.has("high")).isFalse();
    }

    private String add(String name, int priority, double gain, long now) {
        OcrQueue.PendingImage dropped =
                waiting.add(
                        new OcrRequest(0, 0, 0.5, name, priority, 0),
                        new OcrService.Rank(priority, gain),
                        (ocrResult, failure) -> {},
                        now);
        return dropped == null ? null : dropped.image();
    }

    private static List<String> names(List<OcrQueue.PendingImage> images) {
        return images.stream().map(OcrQueue.PendingImage::image).toList();
    }
}
