package io.atalaya.flink.timer;

import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

import java.time.Duration;

/**
 * Says when an ended version of an entry can meet no read any more: when it ended so long ago on
 * the arrival clock, and was known to have ended as long ago by the wall clock. The arrival clock
 * alone may be hours ahead of a read: of one in a partition that was held to be idle while a
 * backlog was caught up with, or in a replay.
 *
 * @param <K> type of the keys that have versions
 */
public final class EndedVersions<K> implements Triggerable<K, Long> {
    /** Forgets what ended. */
    @FunctionalInterface
    public interface Forgetting<K> {
        /**
         * @param key the current key
         * @param end on the arrival clock, of the last version to be forgotten
         * @return false: it failed, and has to be tried again
         */
        boolean forget(K key, long end) throws Exception;
    }

    private final long keep;
    private final long retry;
    private final Forgetting<K> forgetting;
    private InternalTimerService<Long> timers;

    /**
     * @param keep by either clock
     * @param retry after a failure, ms
     */
    public EndedVersions(Duration keep, long retry, Forgetting<K> forgetting) {
        this.keep = keep.toMillis();
        this.retry = retry;
        this.forgetting = forgetting;
    }

    /** To be called when the operator opens, with timers whose namespace is a version's end. */
    public void open(InternalTimerService<Long> service) {
        timers = service;
    }

    /** Notes that a version of the current key ended. */
    public void ended(long end) {
        timers.registerProcessingTimeTimer(end, timers.currentProcessingTime() + keep);
    }

    @Override
    public void onProcessingTime(InternalTimer<K, Long> timer) throws Exception {
        long passed = timer.getNamespace() + keep;
        if (timers.currentWatermark() >= passed) {
            forget(timer);
        } else {
            timers.registerEventTimeTimer(timer.getNamespace(), passed);
        }
    }

    @Override
    public void onEventTime(InternalTimer<K, Long> timer) throws Exception {
        forget(timer);
    }

    private void forget(InternalTimer<K, Long> timer) throws Exception {
        if (!forgetting.forget(timer.getKey(), timer.getNamespace())) {
            timers.registerProcessingTimeTimer(
                    timer.getNamespace(), timers.currentProcessingTime() + retry);
        }
    }
}
