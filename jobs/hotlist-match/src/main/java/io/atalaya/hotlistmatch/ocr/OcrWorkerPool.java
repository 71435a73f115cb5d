package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.ocr.OcrQueue.PendingRequest;
import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.SharedResources;
import io.atalaya.inference.StoredModel;

import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Performs OCR requests in its own threads, so that no task waits for them. Each thread sleeps in
 * proportion to its share of the budget, which leaves the remaining time to the reads.
 */
public final class OcrWorkerPool implements OcrService, AutoCloseable {
    /** Greatest batch; in a larger one the first image would wait for the last. */
    private static final int MAX_BATCH = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OcrSettings settings;
    private final OcrQueue waiting;
    private final OnnxSession session;
    private final List<Thread> threads = new ArrayList<>();
    private boolean isClosed;
    private Throwable failure;

    /** Loads the model and runs it once before the first request. */
    OcrWorkerPool(OcrSettings settings) {
        this.settings = settings;
        waiting = new OcrQueue(settings.queue(), settings.maxAge().toNanos());
        StoredModel model = settings.model();
        session = OnnxSession.open(model);
        int count = (int) Math.ceil(settings.budget());
        try {
            for (int i = 0; i < count; i++) {
                PlateReader reader = new PlateReader(model.manifest(), session);
                Thread thread = new Thread(() -> work(reader, settings.budget() / count));
                thread.setName("ocr-verification-" + i);
                thread.setDaemon(true);
                threads.add(thread);
            }
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        threads.forEach(Thread::start);
    }

    @Override
    public void submit(OcrRequest ocrRequest, Rank rank, BiConsumer<OcrResult, Throwable> callback)
            throws InterruptedException {
        PendingRequest dropped;
        List<PendingRequest> stale;
        synchronized (waiting) {
            while (isFull()) {
                waiting.wait();
            }
            long now = System.nanoTime();
            stale = waiting.pollStale(now);
            dropped = waiting.add(ocrRequest, rank, callback, now);
            waiting.notifyAll();
        }
        stale.forEach(PendingRequest::drop);
        if (dropped != null) {
            dropped.drop();
        }
    }

    /** Never true for a failed or closed pool, because it does not make room any more. */
    private boolean isFull() {
        return settings.whenFull() == OcrSettings.WhenFull.WAIT
                && waiting.isFull()
                && failure == null
                && !isClosed;
    }

    @Override
    public void checkRunning() {
        synchronized (waiting) {
            if (failure != null) {
                throw new IllegalStateException("no image can be read any more", failure);
            }
        }
    }

    private void work(PlateReader reader, double share) {
        try (reader) {
            for (List<PendingRequest> batch = awaitBatch();
                    !batch.isEmpty();
                    batch = awaitBatch()) {
                long start = System.nanoTime();
                complete(batch, reader);
                long busy = System.nanoTime() - start;
                TimeUnit.NANOSECONDS.sleep((long) (busy * (1 / share - 1)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            synchronized (waiting) {
                failure = e;
                waiting.notifyAll();
            }
        }
    }

    /** Waits for requests; returns an empty list when the pool is closed. */
    private List<PendingRequest> awaitBatch() throws InterruptedException {
        synchronized (waiting) {
            while (waiting.isEmpty() && !isClosed) {
                waiting.wait();
            }
            List<PendingRequest> taken = isClosed ? List.of() : waiting.poll(MAX_BATCH);
            waiting.notifyAll();
            return taken;
        }
    }

    private void complete(List<PendingRequest> batch, PlateReader reader) {
        List<PendingRequest> legible = new ArrayList<>(batch.size());
        List<BufferedImage> images = new ArrayList<>(batch.size());
        for (PendingRequest each : batch) {
            try {
                images.add(PlateImage.decode(each.ocrRequest().image(), settings.maxPixels()));
                legible.add(each);
            } catch (PlateImage.UnusableException e) {
                each.callback()
                        .accept(OcrResult.without(each.ocrRequest().plate(), e.outcome()), null);
            } catch (RuntimeException e) {
                each.callback().accept(null, e);
            }
        }
        if (legible.isEmpty()) {
            return;
        }
        List<PlateReader.Reading> readings;
        try {
            readings = reader.read(images);
        } catch (RuntimeException e) {
            // Retries one by one, because a single image may fail the batch.
            if (legible.size() == 1) {
                legible.get(0).callback().accept(null, e);
            } else {
                legible.forEach(each -> complete(List.of(each), reader));
            }
            return;
        }
        for (int i = 0; i < legible.size(); i++) {
            complete(legible.get(i), readings.get(i));
        }
    }

    private void complete(PendingRequest waited, PlateReader.Reading reading) {
        long plate = waited.ocrRequest().plate();
        OcrResult ocrResult;
        try {
            double margin = reading.margin(plate);
            ocrResult =
                    OcrResult.read(
                            plate, margin, settings.evidence().logOdds(margin), reading.text());
        } catch (RuntimeException e) {
            waited.callback().accept(null, e);
            return;
        }
        waited.callback().accept(ocrResult, null);
    }

    /**
     * Drops the waiting requests and waits for the threads to end. Closes the model if they have
     * ended.
     */
    @Override
    public void close() {
        List<PendingRequest> left;
        synchronized (waiting) {
            isClosed = true;
            left = waiting.clear();
            waiting.notifyAll();
        }
        left.forEach(PendingRequest::drop);
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // A model in use must not be closed.
        if (threads.stream().noneMatch(Thread::isAlive)) {
            session.close();
        }
    }

    /**
     * One OCR service for all subtasks of a process: one model in memory, one budget.
     *
     * @param settings settings of the service
     */
    public record PerProcess(OcrSettings settings) implements OcrService.Factory {
        private static final SharedResources<OcrSettings, OcrWorkerPool> POOLS =
                new SharedResources<>(OcrWorkerPool::new);

        /** Null if OCR verification is disabled, so that no model is loaded. */
        @Override
        public OcrService open() {
            return settings.isEnabled() ? POOLS.acquire(settings) : null;
        }

        @Override
        public void close() throws Exception {
            POOLS.release(settings);
        }
    }
}
