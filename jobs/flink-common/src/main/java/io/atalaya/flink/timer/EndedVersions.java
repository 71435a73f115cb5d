package io.atalaya.flink.timer;

import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

import java.time.Duration;

/**
 * Determines when an ended version of an entry can no longer meet a read: when its end lies long
 * enough behind the watermark, and its end has been known as long by the wall clock. The watermark
 * alone may be hours ahead of a read, for example of one in a partition that counted as idle during
 * a catch-up, or in a replay.
 *
 * @param <K> type of the keys that have versions
 */
public final class EndedVersions<K> implements Triggerable<K, Long> {
    /** Evicts ended versions. */
    @FunctionalInterface
    public interface EndedVersionEvictor<K> {
        /**
         * @param key the current key
         * @param end arrival time of the end of the last version to evict, epoch ms
         * @return false if it failed and has to be retried
         */
        boolean evict(K key, long end) throws Exception;
    }

    private final long keepMillis;
    private final long retry;
    private final EndedVersionEvictor<K> forgetting;
    private InternalTimerService<Long> timers;

    /**
     * @param keep minimum time since the end, by either clock
     * @param retry delay after a failure, ms
     */
    public EndedVersions(Duration keep, long retry, EndedVersionEvictor<K> forgetting) {
        this.keepMillis = keep.toMillis();
        this.retry = retry;
        this.forgetting = forgetting;
    }

    /**
     * Prepares the instance when the operator opens, with timers whose namespace is a version's
     * end.
     */
    public void open(InternalTimerService<Long> service) {
        timers = service;
    }

    /** Records that a version of the current key ended at an arrival time. */
    public void ended(long end) {
        timers.registerProcessingTimeTimer(end, timers.currentProcessingTime() + keepMillis);
    }

    @Override
    public void onProcessingTime(InternalTimer<K, Long> timer) throws Exception {
        long passed = timer.getNamespace() + keepMillis;
        if (timers.currentWatermark() >= passed) {
            evict(timer);
        } else {
            timers.registerEventTimeTimer(timer.getNamespace(), passed);
        }
    }

    @Override
    public void onEventTime(InternalTimer<K, Long> timer) throws Exception {
        evict(timer);
    }

    private void evict(InternalTimer<K, Long> timer) throws Exception {
        if (!forgetting.evict(timer.getKey(), timer.getNamespace())) {
            timers.registerProcessingTimeTimer(
                    timer.getNamespace(), timers.currentProcessingTime() + retry);
        }
    }
}
