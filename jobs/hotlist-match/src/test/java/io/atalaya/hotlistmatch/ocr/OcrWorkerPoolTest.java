package io.atalaya.hotlistmatch.ocr;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.harness.Faults;
import io.atalaya.hotlistmatch.ocr.OcrSettings.WhenFull;
import io.atalaya.hotlistmatch.score.OcrEvidence;
import io.atalaya.inference.InvalidModelException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests the real model on a drawn image. */
class OcrWorkerPoolTest {
    private static final long SHOWN = CanonicalPlate.pack("NKR-48-16");
    private static final long LOOK_ALIKE = CanonicalPlate.pack("NKR-48-1G");
    private static final OcrService.Rank RANK = new OcrService.Rank(80, 0.5);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** The text that was read is no plate of Mexico, so it is a misread. */
    private static final long READ = CanonicalPlate.pack("NKR-4B-16");

    private static final float CONFIRMED = 4.81f;

    private static OcrRequest request(long plate, String image) {
        return new OcrRequest(plate, READ, 0, image, 80, 0);
    }

    /** The same image as another text, because equal texts are read once. */
    private static String another(String image, int number) {
        return image + "\n".repeat(number);
    }

    private static OcrSettings rules(double budget, int queue) {
        return rules(budget, queue, WhenFull.DROP);
    }

    private static OcrSettings rules(double budget, int queue, WhenFull whenFull) {
        return new OcrSettings(
                "",
                budget,
                queue,
                whenFull,
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                100_000,
                OcrSettings.evidence(OcrSettings.model("").manifest()));
    }

    @Test
    void confirmsWhatTheImageShowsAndDeniesItsLookAlike() throws Exception {
        BlockingQueue<OcrResult> completed = new LinkedBlockingQueue<>();
        try (OcrWorkerPool ocrService = new OcrWorkerPool(rules(1, 8))) {
            ocrService.submit(
                    request(SHOWN, PlateImages.NKR4816),
                    RANK,
                    (ocrResult, failure) -> completed.add(ocrResult));
            OcrResult shown = completed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            ocrService.submit(
                    request(LOOK_ALIKE, PlateImages.NKR4816),
                    RANK,
                    (ocrResult, failure) -> completed.add(ocrResult));
            OcrResult other = completed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);

            assertThat(shown)
                    .isEqualTo(
                            new OcrResult(SHOWN, OcrResult.Outcome.READ, 0, CONFIRMED, "NKR4816"));
            assertThat(other.logOdds()).isLessThan(-2);
            assertThat(other.text()).isEqualTo("NKR4816");
            ocrService.checkRunning();
        }
    }

    /** It would speak against any plate. */
    @ParameterizedTest
    @MethodSource
    void anImageThatShowsNoPlateIsNoEvidence(String image) throws Exception {
        BlockingQueue<OcrResult> completed = new LinkedBlockingQueue<>();
        try (OcrWorkerPool ocrService = new OcrWorkerPool(rules(1, 8))) {
            for (long text : new long[] {SHOWN, READ}) {
                ocrService.submit(
                        new OcrRequest(SHOWN, text, 0, image, 80, 0),
                        RANK,
                        (ocrResult, failure) -> completed.add(ocrResult));
                assertThat(completed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .isEqualTo(OcrResult.without(SHOWN, OcrResult.Outcome.UNREADABLE));
            }
        }
    }

    static List<String> anImageThatShowsNoPlateIsNoEvidence() {
        return List.of(
                PlateImages.blank(64, 32), PlateImages.blank(300, 100), PlateImages.turned());
    }

    /** A list of near neighbours asks for one image many times. */
    @Test
    void anImageIsReadOnceForAllEntries() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        BlockingQueue<OcrResult> completed = new LinkedBlockingQueue<>();
        try (Faults faults =
                        Faults.in(
                                List.of(PlateReader.class),
                                (method, arguments) -> {
                                    if (method.endsWith(".read")) {
                                        runs.incrementAndGet();
                                    }
                                    return false;
                                });
                OcrWorkerPool ocrService = new OcrWorkerPool(rules(1, 1))) {
            for (int i = 0; i < 200; i++) {
                ocrService.submit(
                        request(i == 0 ? SHOWN : LOOK_ALIKE, PlateImages.NKR4816),
                        RANK,
                        (ocrResult, failure) -> completed.add(ocrResult));
                if (i == 100) {
                    assertThat(completed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
                }
            }
            for (int i = 1; i < 200; i++) {
                assertThat(completed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
            }
            assertThat(runs).hasValue(1);
            assertThat(faults.thrown()).isEmpty();
        }
    }

    /** Images of other widths before it are other runs of the model. */
    @Test
    void anOcrResultDoesNotDependOnTheImagesBefore() throws Exception {
        BlockingQueue<OcrResult> completed = new LinkedBlockingQueue<>();
        try (OcrWorkerPool ocrService = new OcrWorkerPool(rules(1, 64))) {
            for (int i = 0; i < 20; i++) {
                String image = i % 3 == 0 ? PlateImages.blank(64, 32) : PlateImages.NKR4816;
                ocrService.submit(
                        request(i % 3 == 0 ? 1 : LOOK_ALIKE, another(image, i)),
                        RANK,
                        (ocrResult, failure) -> completed.add(ocrResult));
            }
            List<OcrResult> seen = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                seen.add(completed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS));
            }
            assertThat(seen).doesNotContainNull();
            assertThat(seen.stream().distinct()).hasSize(2);
        }
    }

    @Test
    void anImageThatTheModelFailsOnSpoilsNoOther() throws Exception {
        String poison = PlateImages.blank(66, 32);
        BlockingQueue<Optional<Throwable>> failures = new LinkedBlockingQueue<>();
        BlockingQueue<OcrResult> completed = new LinkedBlockingQueue<>();
        try (Faults faults =
                        Faults.in(
                                List.of(PlateReader.class),
                                (method, arguments) ->
                                        method.endsWith(".read")
                                                && ((BufferedImage) arguments[0]).getWidth()
                                                        == 66);
                OcrWorkerPool ocrService = new OcrWorkerPool(rules(1, 64))) {
            for (int i = 0; i < 20; i++) {
                ocrService.submit(
                        request(SHOWN, another(i % 5 == 2 ? poison : PlateImages.NKR4816, i)),
                        RANK,
                        (ocrResult, failure) -> {
                            if (ocrResult != null) {
                                completed.add(ocrResult);
                            }
                            failures.add(Optional.ofNullable(failure));
                        });
            }
            List<Throwable> thrown = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                failures.poll(LIMIT.toSeconds(), TimeUnit.SECONDS).ifPresent(thrown::add);
            }
            assertThat(thrown)
                    .hasSize(4)
                    .allMatch(each -> each instanceof Faults.InjectedException);
            assertThat(completed)
                    .hasSize(16)
                    .containsOnly(
                            new OcrResult(SHOWN, OcrResult.Outcome.READ, 0, CONFIRMED, "NKR4816"));
            assertThat(faults.thrown()).hasSize(4);
            ocrService.checkRunning();
        }
    }

    /**
     * A request that does not fit is dropped, and every request is completed or dropped, even at
     * the end.
     */
    @Test
    void aFloodIsAnsweredInPartAndNeverLost() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger dropped = new AtomicInteger();
        try (OcrWorkerPool ocrService = new OcrWorkerPool(rules(0.1, 8))) {
            for (int i = 0; i < 500; i++) {
                ocrService.submit(
                        request(SHOWN, another(PlateImages.NKR4816, i)),
                        RANK,
                        (ocrResult, failure) ->
                                (ocrResult == null ? dropped : answered).incrementAndGet());
            }
            assertThat(dropped.get()).isGreaterThan(400);
        }
        assertThat(answered.get() + dropped.get()).isEqualTo(500);
    }

    @Test
    void dropsNothingIfTheCallerWaits() throws Exception {
        BlockingQueue<Optional<OcrResult>> completed = new LinkedBlockingQueue<>();
        try (OcrWorkerPool ocrService = new OcrWorkerPool(rules(2, 4, WhenFull.WAIT))) {
            for (int i = 0; i < 40; i++) {
                ocrService.submit(
                        request(SHOWN, another(PlateImages.NKR4816, i)),
                        RANK,
                        (ocrResult, failure) -> completed.add(Optional.ofNullable(ocrResult)));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(completed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isPresent();
            }
        }
    }

    /** As if the TaskManager held another one than the machine that submitted the job. */
    @Test
    void rejectsAModelOfOtherEvidence() {
        OcrSettings own = rules(1, 8);
        OcrEvidence evidence = own.evidence();
        OcrSettings others =
                new OcrSettings(
                        own.modelDirectory(),
                        own.budget(),
                        own.queue(),
                        own.whenFull(),
                        own.maxAge(),
                        own.maxWait(),
                        own.maxPixels(),
                        new OcrEvidence(
                                evidence.own(),
                                evidence.misread(),
                                evidence.equal(),
                                evidence.least(),
                                evidence.most() + 1));
        assertThatThrownBy(() -> new OcrWorkerPool(others).close())
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("it is another model");
    }

    @Test
    void restsAsTheBudgetAsks() throws Exception {
        BlockingQueue<OcrResult> completed = new LinkedBlockingQueue<>();
        try (OcrWorkerPool ocrService = new OcrWorkerPool(rules(0.1, 64))) {
            long start = System.nanoTime();
            for (int i = 0; i < 12; i++) {
                ocrService.submit(
                        request(SHOWN, another(PlateImages.NKR4816, i)),
                        RANK,
                        (ocrResult, failure) -> completed.add(ocrResult));
            }
            for (int i = 0; i < 12; i++) {
                assertThat(completed.poll(LIMIT.toSeconds(), TimeUnit.SECONDS)).isNotNull();
            }
            // Eleven rests of nine times the duration of an image, which takes at least 6 ms.
            assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(500).toNanos());
        }
    }
}
