package io.atalaya.videoanalytics.anomaly;

import io.atalaya.kafka.RawRecord;

import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;

import java.time.Duration;
import java.util.List;

/**
 * Judges requests for versions by a {@link ModelGate}, beside the task thread: loading and trying a
 * model takes up to seconds. Each request has a thread of its own, so that one whose model never
 * comes back does not stop the next; that thread ends with the process at the latest, for nothing
 * can stop what runs in the engine.
 */
public final class ModelGateFunction implements AsyncFunction<RawRecord, ModelNews> {
    private static final long serialVersionUID = 1L;

    /** A request that is not judged by then is refused. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private final ModelGate gate;

    public ModelGateFunction(ModelGate gate) {
        this.gate = gate;
    }

    @Override
    public void asyncInvoke(RawRecord record, ResultFuture<ModelNews> result) {
        Thread trial = new Thread(() -> judge(record, result), "model-trial");
        trial.setDaemon(true);
        trial.start();
    }

    private void judge(RawRecord record, ResultFuture<ModelNews> result) {
        try {
            result.complete(List.of(gate.judge(record)));
        } catch (Throwable e) {
            // A fault of ours, which fails the job; not to be lost with this thread.
            result.completeExceptionally(e);
        }
    }

    @Override
    public void timeout(RawRecord record, ResultFuture<ModelNews> result) {
        result.complete(List.of(ModelGate.late(record, LIMIT)));
    }
}
