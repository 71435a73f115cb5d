package io.atalaya.flink.progress;

import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

import java.util.function.LongConsumer;

/**
 * Paces the progress markers by which a subtask informs every subtask of the next step of its
 * progress: one round covers all progress within 20 ms.
 */
public final class ProgressMarks {
    private static final long PAUSE_MS = 20;

    private final ProcessingTimeService clock;
    private final long[] keys;
    private final LongConsumer send;
    private boolean isDue;

    /**
     * @param keys see {@link SubtaskKeys}
     * @param send sends a progress marker under a key
     */
    public ProgressMarks(ProcessingTimeService clock, long[] keys, LongConsumer send) {
        this.clock = clock;
        this.keys = keys;
        this.send = send;
    }

    /** Reports progress, which the next round sends. */
    public void advance() {
        if (!isDue) {
            isDue = true;
            clock.registerTimer(clock.getCurrentProcessingTime() + PAUSE_MS, now -> round());
        }
    }

    private void round() {
        isDue = false;
        for (long key : keys) {
            send.accept(key);
        }
    }
}
