package io.atalaya.videoanalytics.anomaly;

import io.atalaya.contracts.topic.DeadLetter;
import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.flink.bulkhead.Bulkhead;

import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/**
 * Validates requests with a {@link ModelVersionValidator} outside the task thread, because loading
 * and testing a model takes up to seconds. Each request has its own thread, so that a model that
 * never returns does not block the next request. Such a thread ends with the process at the latest,
 * because a run inside the engine cannot be stopped. A failed test rejects the request and never
 * fails the job.
 */
public final class ModelVersionValidatorFunction
        implements AsyncFunction<RawRecord, ModelRequestResult> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ModelVersionValidatorFunction.class);

    /** A request that is not validated within this time is rejected. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private final ModelVersionValidator validator;
    private final String step;

    /**
     * @param step name of the operator in dead letters
     */
    public ModelVersionValidatorFunction(ModelVersionValidator validator, String step) {
        this.validator = validator;
        this.step = step;
    }

    @Override
    public void asyncInvoke(RawRecord record, ResultFuture<ModelRequestResult> result) {
        LOG.info("Versions of a model are on trial: request {}", record.address());
        Thread trial = new Thread(() -> validate(record, result), "model-trial");
        trial.setDaemon(true);
        trial.start();
    }

    private void validate(RawRecord record, ResultFuture<ModelRequestResult> result) {
        try {
            result.complete(List.of(validator.validate(record)));
        } catch (Throwable e) {
            if (e instanceof VirtualMachineError && !(e instanceof StackOverflowError)) {
                // An error of the JVM must fail the task and not only this thread.
                result.completeExceptionally(e);
            } else {
                result.complete(List.of(failed(record, e)));
            }
        }
    }

    private ModelRequestResult failed(RawRecord record, Throwable reason) {
        return new ModelRequestResult.Rejected(
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
