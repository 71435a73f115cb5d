package io.atalaya.hotlistmatch.ocr;

import io.atalaya.hotlistmatch.event.OcrRequest;
import io.atalaya.hotlistmatch.event.OcrResult;
import io.atalaya.hotlistmatch.ocr.OcrQueue.PendingImage;
import io.atalaya.hotlistmatch.ocr.OcrQueue.PendingRequest;
import io.atalaya.inference.InvalidModelException;
import io.atalaya.inference.ModelManifest;
import io.atalaya.inference.OnnxSession;
import io.atalaya.inference.SharedResources;
import io.atalaya.inference.StoredModel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Performs OCR requests in its own threads, so that no task waits for them. An image is read once
 * for all entries. Each thread sleeps in proportion to its share of the budget, which leaves the
 * remaining time to the reads.
 */
public final class OcrWorkerPool implements OcrService, AutoCloseable {
    /** Some 2 MB. */
    private static final int MAX_READ = 32;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OcrSettings settings;
    private final OcrQueue waiting;

    /** The last images that were read, for entries whose bucket comes later to the same read. */
    private final Map<String, PlateReader.Reading> read =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, PlateReader.Reading> eldest) {
                    return size() > MAX_READ;
                }
            };

    private final OnnxSession session;
    private final List<Thread> threads = new ArrayList<>();
    private boolean isClosed;
    private Throwable failure;

    /** Loads the model and runs it once before the first request. */
    OcrWorkerPool(OcrSettings settings) {
        this.settings = settings;
        waiting = new OcrQueue(settings.queue(), settings.maxAge().toNanos());
        StoredModel model = settings.model();
        requireEvidence(model.manifest());
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

    /** The job was submitted from another machine, whose model may be another one. */
    private void requireEvidence(ModelManifest manifest) {
        if (!OcrSettings.evidence(manifest).equals(settings.evidence())) {
            throw new InvalidModelException(
                    ("%s %s: thresholds: got %s here, and %s where the job was submitted: it is"
                                    + " another model")
                            .formatted(
                                    manifest.name(),
                                    manifest.version(),
                                    OcrSettings.evidence(manifest),
                                    settings.evidence()));
        }
    }

    @Override
    public void submit(OcrRequest ocrRequest, Rank rank, BiConsumer<OcrResult, Throwable> callback)
            throws InterruptedException {
        PlateReader.Reading known;
        PendingImage dropped = null;
        List<PendingImage> stale = List.of();
        synchronized (waiting) {
            while (isFull() && !waiting.has(ocrRequest.image())) {
                waiting.wait();
            }
            known = read.get(ocrRequest.image());
            if (known == null) {
                long now = System.nanoTime();
                stale = waiting.pollStale(now);
                dropped = waiting.add(ocrRequest, rank, callback, now);
                waiting.notifyAll();
            }
        }
        stale.forEach(PendingImage::drop);
        if (dropped != null) {
            dropped.drop();
        }
        if (known != null) {
            complete(new PendingRequest(ocrRequest, callback), known);
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
            for (PendingImage image = awaitImage(); image != null; image = awaitImage()) {
                long start = System.nanoTime();
                complete(image, reader);
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

    /** Waits for requests; returns null when the pool is closed. */
    private PendingImage awaitImage() throws InterruptedException {
        synchronized (waiting) {
            while (waiting.isEmpty() && !isClosed) {
                waiting.wait();
            }
            PendingImage taken = isClosed ? null : waiting.poll();
            waiting.notifyAll();
            return taken;
        }
    }

    /** One image a run, because several in one take longer than one after the other. */
    private void complete(PendingImage image, PlateReader reader) {
        PlateReader.Reading reading;
        try {
            reading = reader.read(PlateImage.decode(image.image(), settings.maxPixels()));
        } catch (PlateImage.UnusableException e) {
            for (PendingRequest request : end(image, null)) {
                long plate = request.ocrRequest().plate();
                request.callback().accept(OcrResult.without(plate, e.outcome()), null);
            }
            return;
        } catch (RuntimeException e) {
            end(image, null).forEach(request -> request.callback().accept(null, e));
            return;
        }
        end(image, reading).forEach(request -> complete(request, reading));
    }

    /**
     * The requests about an image.
     *
     * @param reading what requests that come later are answered with; null: it is read again
     */
    private List<PendingRequest> end(PendingImage image, PlateReader.Reading reading) {
        synchronized (waiting) {
            if (reading != null) {
                read.put(image.image(), reading);
            }
            return waiting.end(image);
        }
    }

    private void complete(PendingRequest waited, PlateReader.Reading reading) {
        OcrResult ocrResult;
        try {
            ocrResult = ocrResult(waited.ocrRequest(), reading);
        } catch (RuntimeException e) {
            waited.callback().accept(null, e);
            return;
        }
        waited.callback().accept(ocrResult, null);
    }

    /** Without evidence if the image shows no plate, because it would speak against any. */
    private OcrResult ocrResult(OcrRequest ocrRequest, PlateReader.Reading reading) {
        long plate = ocrRequest.plate();
        if (!reading.canShow(plate) || !reading.canShow(ocrRequest.text())) {
            return OcrResult.without(plate, OcrResult.Outcome.UNREADABLE);
        }
        double margin = reading.margin(plate);
        double evidence =
                ocrRequest.evidence(settings.evidence(), margin, reading.margin(ocrRequest.text()));
        return OcrResult.read(plate, margin, evidence, reading.text());
    }

    /**
     * Drops the waiting requests and waits for the threads to end. Closes the model if they have
     * ended.
     */
    @Override
    public void close() {
        List<PendingImage> left;
        synchronized (waiting) {
            isClosed = true;
            left = waiting.clear();
            waiting.notifyAll();
        }
        left.forEach(PendingImage::drop);
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
