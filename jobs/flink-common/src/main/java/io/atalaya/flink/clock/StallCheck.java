package io.atalaya.flink.clock;

import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Checks an operator that waits for the watermark by processing time, because a stalled watermark
 * would make it wait for ever. While nothing is pending no timer is set.
 */
public final class StallCheck {
    private final ProcessingTimeService clock;
    private final LongSupplier watermark;
    private final BooleanSupplier isPending;
    private final long intervalMs;
    private final long waitMs;
    private final Work work;
    private final WatermarkStallDetector stall = new WatermarkStallDetector();
    private boolean isScheduled;

    /** What an operator does at a check. */
    @FunctionalInterface
    public interface Work {
        void run(boolean isStalled) throws Exception;
    }

    /**
     * @param isPending whether anything waits for the watermark
     * @param intervalMs processing time between two checks
     * @param waitMs how long the operator would wait on a watermark that advances
     */
    public StallCheck(
            ProcessingTimeService clock,
            LongSupplier watermark,
            BooleanSupplier isPending,
            long intervalMs,
            long waitMs,
            Work work) {
        this.clock = clock;
        this.watermark = watermark;
        this.isPending = isPending;
        this.intervalMs = intervalMs;
        this.waitMs = waitMs;
        this.work = work;
    }

    /** Must be called when something may have become pending. */
    public void schedule() {
        if (!isScheduled && isPending.getAsBoolean()) {
            isScheduled = true;
            onWatermark();
            clock.registerTimer(clock.getCurrentProcessingTime() + intervalMs, this::check);
        }
    }

    /** Records the current watermark, so that a stall is measured from its last advance. */
    public void onWatermark() {
        stall.update(watermark.getAsLong(), clock.getCurrentProcessingTime());
    }

    private void check(long now) throws Exception {
        isScheduled = false;
        work.run(stall.isStalled(watermark.getAsLong(), now, waitMs));
        schedule();
    }
}
