package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.flink.bulkhead.Bulkhead;

import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;

import java.time.Duration;
import java.util.List;

/**
 * Judges requests for versions by a {@link ModelVersionValidator}, beside the task thread: loading
 * and trying a model takes up to seconds. Each request has a thread of its own, so that one whose
 * model never comes back does not stop the next; that thread ends with the process at the latest,
 * for nothing can stop what runs in the engine. A trial that fails is a refusal, never the job's
 * failure.
 */
public final class ModelVersionValidatorFunction
        implements AsyncFunction<RawRecord, ModelRequestResult> {
    private static final long serialVersionUID = 1L;

    /** A request that is not judged by then is refused. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private final ModelVersionValidator gate;
    private final String step;

    /**
     * @param step its name in dead letters
     */
    public ModelVersionValidatorFunction(ModelVersionValidator gate, String step) {
        this.gate = gate;
        this.step = step;
    }

    @Override
    public void asyncInvoke(RawRecord record, ResultFuture<ModelRequestResult> result) {
        Thread trial = new Thread(() -> judge(record, result), "model-trial");
        trial.setDaemon(true);
        trial.start();
    }

    private void judge(RawRecord record, ResultFuture<ModelRequestResult> result) {
        try {
            result.complete(List.of(gate.judge(record)));
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) {
                // The task is unwell, which must not be lost with this thread.
                result.completeExceptionally(e);
            } else {
                result.complete(List.of(failed(record, e)));
            }
        }
    }

    private ModelRequestResult failed(RawRecord record, Throwable reason) {
        return new RejectedRequest(
                new DeadLetter(
                        record.address(),
                        record.timestamp(),
                        record.key(),
                        record.value(),
                        record.headers(),
                        "",
                        InternalError.REASON,
                        new InternalError(
                                step, null, reason.toString(), Bulkhead.thrownAt(reason), null)));
    }

    @Override
    public void timeout(RawRecord record, ResultFuture<ModelRequestResult> result) {
        result.complete(List.of(ModelVersionValidator.late(record, LIMIT)));
    }
}
