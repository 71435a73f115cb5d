package io.atalaya.flink.progress;

import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

import java.util.function.LongConsumer;

/**
 * Paces the marks by which a subtask tells every subtask of the next step how far it has come: one
 * round for all the progress of a short while.
 */
public final class ProgressMarks {
    private static final long PAUSE_MS = 20;

    private final ProcessingTimeService clock;
    private final long[] keys;
    private final LongConsumer send;
    private boolean due;

    /**
     * @param keys see {@link SubtaskKeys}
     * @param send sends a mark of the progress so far under a key
     */
    public ProgressMarks(ProcessingTimeService clock, long[] keys, LongConsumer send) {
        this.clock = clock;
        this.keys = keys;
        this.send = send;
    }

    /** There is progress to tell. */
    public void advance() {
        if (!due) {
            due = true;
            clock.registerTimer(clock.getCurrentProcessingTime() + PAUSE_MS, now -> round());
        }
    }

    private void round() {
        due = false;
        for (long key : keys) {
            send.accept(key);
        }
    }
}
