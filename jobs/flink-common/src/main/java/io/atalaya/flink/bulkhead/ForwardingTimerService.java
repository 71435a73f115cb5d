package io.atalaya.flink.bulkhead;

import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.util.function.BiConsumerWithException;

/** Forwards all calls that do not change timers. */
abstract class ForwardingTimerService<N> implements InternalTimerService<N> {
    private final InternalTimerService<N> target;

    ForwardingTimerService(InternalTimerService<N> target) {
        this.target = target;
    }

    /** Handles a change of timers under the current key. */
    abstract void change(Runnable change);

    @Override
    public void registerProcessingTimeTimer(N namespace, long time) {
        change(() -> target.registerProcessingTimeTimer(namespace, time));
    }

    @Override
    public void deleteProcessingTimeTimer(N namespace, long time) {
        change(() -> target.deleteProcessingTimeTimer(namespace, time));
    }

    @Override
    public void registerEventTimeTimer(N namespace, long time) {
        change(() -> target.registerEventTimeTimer(namespace, time));
    }

    @Override
    public void deleteEventTimeTimer(N namespace, long time) {
        change(() -> target.deleteEventTimeTimer(namespace, time));
    }

    @Override
    public long currentProcessingTime() {
        return target.currentProcessingTime();
    }

    @Override
    public long currentWatermark() {
        return target.currentWatermark();
    }

    @Override
    public void initializeWatermark(long watermark) {
        target.initializeWatermark(watermark);
    }

    @Override
    public void forEachEventTimeTimer(BiConsumerWithException<N, Long, Exception> consumer)
            throws Exception {
        target.forEachEventTimeTimer(consumer);
    }

    @Override
    public void forEachProcessingTimeTimer(BiConsumerWithException<N, Long, Exception> consumer)
            throws Exception {
        target.forEachProcessingTimeTimer(consumer);
    }
}
