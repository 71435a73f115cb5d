package io.atalaya.hotlistmatch.ocr;

import io.atalaya.inference.Shared;

/**
 * One OCR service for all subtasks of a process: one model in memory, one budget.
 *
 * @param rules settings of the service
 */
public record SharedOcrService(OcrSettings rules) implements OcrServiceFactory {
    private static final Shared<OcrSettings, OcrWorkerPool> POOLS =
            new Shared<>(OcrWorkerPool::new);

    /** Null if OCR verification is disabled, so that no model is loaded. */
    @Override
    public OcrService open() {
        return rules.isEnabled() ? POOLS.acquire(rules) : null;
    }

    @Override
    public void close() throws Exception {
        POOLS.release(rules);
    }
}
