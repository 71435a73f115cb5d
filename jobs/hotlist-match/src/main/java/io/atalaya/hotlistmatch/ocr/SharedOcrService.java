package io.atalaya.hotlistmatch.ocr;

import io.atalaya.inference.Shared;

/**
 * One desk for all subtasks of a process: one model in memory, one budget.
 *
 * @param rules by which it works
 */
public record SharedOcrService(OcrSettings rules) implements OcrServiceFactory {
    private static final Shared<OcrSettings, OcrWorkerPool> DESKS =
            new Shared<>(OcrWorkerPool::new);

    /** Null where nothing is ever asked: no model is loaded for it. */
    @Override
    public OcrService open() {
        return rules.isEnabled() ? DESKS.acquire(rules) : null;
    }

    @Override
    public void close() throws Exception {
        DESKS.release(rules);
    }
}
