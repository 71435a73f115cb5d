package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.ReferenceUpdate.CalibrationChanged;

import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
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

import static io.atalaya.flink.timer.TimerCoalescing.roundUp;

/** Keeps one subject's record and emits its calibration offset. Keyed by subject. */
public final class CalibrationFunction extends BulkheadOperator<ReferenceUpdate>
        implements OneInputStreamOperator<OutcomeUpdate, ReferenceUpdate>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(CalibrationFunction.class);

    /** Timers are rounded up to this step, so that a subject has at most one a day. */
    private static final long TIMER_STEP_MS = Duration.ofDays(1).toMillis();

    private final CalibrationSettings settings;

    private transient ValueState<SubjectRecord> state;
    private transient InternalTimerService<VoidNamespace> timers;

    public CalibrationFunction(BulkheadSettings bulkhead, CalibrationSettings settings) {
        super(bulkhead, false);
        this.settings = settings;
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("expiry", VoidNamespaceSerializer.INSTANCE, this);
        state =
                valueState(
                        new ValueStateDescriptor<>(
                                "subject-record", BinaryTypeInfo.of(SubjectRecord.class)));
    }

    @Override
    public void processElement(StreamRecord<OutcomeUpdate> element) throws Exception {
        OutcomeUpdate answer = element.getValue();
        bulkhead.run(answer.subject().key(), answer.arrivalTime(), answer, () -> process(answer));
    }

    private void process(OutcomeUpdate answer) throws Exception {
        long now = timers.currentProcessingTime();
        SubjectRecord known = state.value();
        SubjectRecord old = known == null ? SubjectRecord.of(answer.subject()) : known;
        SubjectRecord next = old.with(answer, settings.memory().toMillis(), now);
        CalibrationOffset offset = next.offset(settings);
        if (!offset.isNone() || !old.emitted().isNone()) {
            emit(
                    new CalibrationChanged(
                            answer.subject(), answer.arrivalTime(), offset, answer.position()));
        }
        state.update(next.emitted(offset));
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, forgottenAt(next));
    }

    /** Uses processing time because the watermark does not advance without dispositions. */
    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (!bulkhead.runTimer(timer.getKey(), () -> evictIfDue(timer.getTimestamp()))) {
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, timer.getTimestamp() + TIMER_STEP_MS);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("calibration sets no event-time timers");
    }

    private void evictIfDue(long timestamp) throws Exception {
        SubjectRecord record = state.value();
        if (record == null || timestamp < forgottenAt(record)) {
            return;
        }
        emit(new CalibrationChanged(record.subject(), timestamp, null, RecordPosition.UNKNOWN));
        state.clear();
    }

    private void emit(CalibrationChanged change) {
        LOG.debug("{} calibrated: offset {}", change.subject(), change.offset());
        output.collect(new StreamRecord<>(change));
    }

    private long forgottenAt(SubjectRecord record) {
        return roundUp(TIMER_STEP_MS, record.touchedAt() + settings.memory().toMillis());
    }
}
