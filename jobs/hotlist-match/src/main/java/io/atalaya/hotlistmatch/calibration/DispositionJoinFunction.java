package io.atalaya.hotlistmatch.calibration;

import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.serializer.BinaryTypeInfo;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;

/**
 * Joins the prediction of an alert with its disposition and emits the outcome to the subjects. The
 * prediction is read back from topic {@code alerts}, so that a disposition need not contain it.
 * Keyed by alertId.
 */
public final class DispositionJoinFunction extends BulkheadOperator<OutcomeUpdate>
        implements OneInputStreamOperator<AlertFeedback, OutcomeUpdate>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(DispositionJoinFunction.class);

    /** A disposition may precede its alert by this much, because topics have no common order. */
    private static final long WAIT_MS = Duration.ofSeconds(10).toMillis();

    private final Duration memory;

    private transient ValueState<AlertOutcomeState> state;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Counter dispositions;
    private transient Counter unknownAlerts;

    /**
     * @param bulkhead settings that decide when the job fails
     * @param memory how long an alert is kept after its last feedback, in processing time
     */
    public DispositionJoinFunction(BulkheadSettings bulkhead, Duration memory) {
        super(bulkhead, false);
        this.memory = memory;
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers =
                getInternalTimerService(
                        "unpublished-alerts", VoidNamespaceSerializer.INSTANCE, this);
        ValueStateDescriptor<AlertOutcomeState> descriptor =
                new ValueStateDescriptor<>(
                        "alert-outcome", BinaryTypeInfo.of(AlertOutcomeState.class));
        descriptor.enableTimeToLive(
                StateTtlConfig.newBuilder(memory).cleanupInRocksdbCompactFilter(1000).build());
        state = valueState(descriptor);
        dispositions = HotlistMatchMetrics.DISPOSITIONS.countIn(getMetricGroup());
        unknownAlerts =
                HotlistMatchMetrics.DISPOSITIONS_OF_UNKNOWN_ALERTS.countIn(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<AlertFeedback> element) throws Exception {
        AlertFeedback feedback = element.getValue();
        bulkhead.run(feedback.alertId(), element.getTimestamp(), feedback, () -> process(feedback));
    }

    private void process(AlertFeedback feedback) throws Exception {
        AlertOutcomeState known = state.value();
        AlertOutcomeState old = known == null ? AlertOutcomeState.UNKNOWN : known;
        AlertOutcomeState next = old.with(feedback);
        if (next == old) {
            return;
        }
        if (feedback instanceof AlertFeedback.Disposed) {
            dispositions.inc();
        }
        if (next.disposition() != null && next.isPublished()) {
            next = emit(next);
        } else if (next.disposition() != null) {
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, timers.currentProcessingTime() + WAIT_MS);
        }
        state.update(next);
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (!bulkhead.runTimer(timer.getKey(), this::disposition, this::emitUnpublished)) {
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, timers.currentProcessingTime() + RETRY_MS);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("answers set no event-time timers");
    }

    private AlertFeedback.Disposed disposition() throws Exception {
        AlertOutcomeState alert = state.value();
        return alert == null ? null : alert.disposition();
    }

    private void emitUnpublished() throws Exception {
        AlertOutcomeState alert = state.value();
        if (alert != null && alert.disposition() != null && !alert.isPublished()) {
            unknownAlerts.inc();
            state.update(emit(alert));
        }
    }

    private AlertOutcomeState emit(AlertOutcomeState alert) {
        List<OutcomeUpdate> due = alert.updates();
        LOG.debug(
                "alert {} disposed: {} for {} subjects, by disposition {}",
                alert.disposition().alertId(),
                alert.disposition().outcome(),
                due.size(),
                alert.disposition().dispositionId());
        due.forEach(answer -> output.collect(new StreamRecord<>(answer)));
        return alert.emitted(due);
    }
}
