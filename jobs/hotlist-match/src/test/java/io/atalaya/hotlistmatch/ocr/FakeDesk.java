package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.OcrResult;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * An OCR service whose results the test gives. Only one test at a time may use it, because
 * operators are copied before they run.
 */
final class FakeDesk implements OcrService.Factory, OcrService {
    private static final long serialVersionUID = 1L;

    record OpenRequest(OcrRequest ocrRequest, Rank rank, BiConsumer<OcrResult, Throwable> answer) {}

    private static Deque<OpenRequest> openRequests = new ArrayDeque<>();
    private static boolean broken;
    private static int opened;

    FakeDesk() {
        openRequests = new ArrayDeque<>();
        broken = false;
        opened = 0;
    }

    @Override
    public OcrService open() {
        opened++;
        return this;
    }

    @Override
    public void close() {
        opened--;
    }

    @Override
    public void submit(OcrRequest ocrRequest, Rank rank, BiConsumer<OcrResult, Throwable> answer) {
        openRequests.add(new OpenRequest(ocrRequest, rank, answer));
    }

    @Override
    public void checkRunning() {
        if (broken) {
            throw new IllegalStateException("it is broken");
        }
    }

    /** Completes the oldest request. */
    void answer(double logOdds) {
        OpenRequest next = openRequests.remove();
        long plate = next.ocrRequest().plate();
        next.answer().accept(OcrResult.read(plate, -1, logOdds, "ABC123"), null);
    }

    void drop() {
        openRequests.remove().answer().accept(null, null);
    }

    /** Fails the oldest request. */
    void fail() {
        openRequests.remove().answer().accept(null, new IllegalStateException("a broken image"));
    }

    void breakDown() {
        broken = true;
    }

    int waiting() {
        return openRequests.size();
    }

    int openedByOthers() {
        return opened;
    }
}
