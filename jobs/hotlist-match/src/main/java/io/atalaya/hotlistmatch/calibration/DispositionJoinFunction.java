package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.time.Duration;
import java.util.List;

/**
 * Joins what an alert promised with what was answered, and tells the subjects. The promise is read
 * back from topic {@code alerts}, so that a disposition need not carry it. Keyed by alertId.
 */
public final class DispositionJoinFunction extends BulkheadOperator<OutcomeUpdate>
        implements OneInputStreamOperator<AlertFeedback, OutcomeUpdate>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    /** There is no order between topics: an answer may run so far ahead of its alert. */
    private static final long WAIT_MS = Duration.ofSeconds(10).toMillis();

    private final Duration memory;

    private transient ValueState<AlertOutcomeState> state;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Counter answers;
    private transient Counter unknownAlerts;

    /**
     * @param bulkhead when the job has to fail
     * @param memory how long an alert is remembered after its last news, by the wall clock
     */
    public DispositionJoinFunction(BulkheadSettings bulkhead, Duration memory) {
        super(bulkhead, false);
        this.memory = memory;
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("user-timers", VoidNamespaceSerializer.INSTANCE, this);
        ValueStateDescriptor<AlertOutcomeState> descriptor =
                new ValueStateDescriptor<>(
                        "answered-alert", AlertOutcomeStateSerializer.INSTANCE.typeInfo());
        descriptor.enableTimeToLive(
                StateTtlConfig.newBuilder(memory).cleanupInRocksdbCompactFilter(1000).build());
        state = valueState(descriptor);
        answers = HotlistMatchMetrics.ANSWERS.countIn(getMetricGroup());
        unknownAlerts = HotlistMatchMetrics.ANSWERS_TO_UNKNOWN_ALERTS.countIn(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<AlertFeedback> element) throws Exception {
        AlertFeedback referenceUpdate = element.getValue();
        bulkhead.run(
                referenceUpdate.alertId(),
                element.getTimestamp(),
                referenceUpdate,
                () -> process(referenceUpdate));
    }

    private void process(AlertFeedback referenceUpdate) throws Exception {
        AlertOutcomeState known = state.value();
        AlertOutcomeState old = known == null ? AlertOutcomeState.UNKNOWN : known;
        AlertOutcomeState next = old.with(referenceUpdate);
        if (next == old) {
            return;
        }
        if (referenceUpdate instanceof AlertFeedback.Disposed) {
            answers.inc();
        }
        if (next.answered() != null && next.isPublished()) {
            next = emit(next);
        } else if (next.answered() != null) {
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, timers.currentProcessingTime() + WAIT_MS);
        }
        state.update(next);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (!bulkhead.runTimer(timer.getKey(), this::answered, this::emitUnpublished)) {
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, timers.currentProcessingTime() + RETRY_MS);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("answers set no event-time timers");
    }

    private AlertFeedback.Disposed answered() throws Exception {
        AlertOutcomeState alert = state.value();
        return alert == null ? null : alert.answered();
    }

    private void emitUnpublished() throws Exception {
        AlertOutcomeState alert = state.value();
        if (alert != null && alert.answered() != null && !alert.isPublished()) {
            unknownAlerts.inc();
            state.update(emit(alert));
        }
    }

    private AlertOutcomeState emit(AlertOutcomeState alert) {
        List<OutcomeUpdate> due = alert.answers();
        due.forEach(answer -> output.collect(new StreamRecord<>(answer)));
        return alert.emitted(due);
    }
}
