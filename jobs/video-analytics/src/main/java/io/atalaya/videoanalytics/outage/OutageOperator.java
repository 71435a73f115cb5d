package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.clock.UntilWatermark;
import io.atalaya.flink.clock.WatermarkStallDetector;
import io.atalaya.flink.logging.DecisionLog;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.videoanalytics.metrics.VideoAnalyticsMetrics;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs an {@link OutageDetector} over all cameras. It has one subtask, because its input is rare
 * except in an outage. Events of different subtasks are ordered by the watermark. If all sources
 * are idle because all cameras stop sending, processing time decides. A watermark that stalls while
 * the sources are active is no silence: the job is behind.
 *
 * <p>After a failure the state is as before the link event or the check that failed.
 */
public final class OutageOperator extends BulkheadOperator<Alert>
        implements OneInputStreamOperator<LinkEvent, Alert> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(OutageOperator.class);

    private static final long CHECK_INTERVAL_MS = 1_000;

    /** Bulkhead key of work that belongs to no single camera. */
    private static final String ALL_CAMERAS = "all cameras";

    private static final Comparator<LinkEvent> ORDER =
            Comparator.comparingInt(OutageOperator::rank)
                    .thenComparing(LinkEvent::deviceId)
                    .thenComparingLong(OutageOperator::revision);

    private final OutageDetector.Settings settings;

    private transient OutageDetector outages;
    private transient UntilWatermark<LinkEvent> pending;
    private transient ListState<OutageState> memoryState;
    private transient ListState<LinkEvent> pendingState;
    private transient long watermark;

    /** Whether all sources have nothing to read. */
    private transient boolean isIdle;

    /** When the watermark or its status last changed, wall clock, epoch ms. */
    private transient long movedAt;

    private transient long retryAt;
    private transient Counter begun;
    private transient Counter suppressed;

    public OutageOperator(OutageDetector.Settings settings, BulkheadSettings bulkhead) {
        super(bulkhead, false);
        this.settings = settings;
    }

    /**
     * Order of events at the same time: a camera goes quiet before its silence is alerted and
     * before it resumes.
     */
    private static int rank(LinkEvent event) {
        if (event instanceof LinkEvent.SteadinessChanged) {
            return 0;
        } else if (event instanceof LinkEvent.WentQuiet) {
            return 1;
        }
        return event instanceof LinkEvent.SilenceAlerted ? 2 : 3;
    }

    private static long revision(LinkEvent event) {
        return event instanceof LinkEvent.SilenceAlerted silence ? silence.alert().revision() : 0;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        memoryState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "outages", BinaryTypeInfo.of(OutageState.class)));
        pendingState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "pending-link-events", BinaryTypeInfo.of(LinkEvent.class)));
        outages = new OutageDetector(settings);
        for (OutageState memory : memoryState.get()) {
            outages = new OutageDetector(settings, memory);
        }
        pending = new UntilWatermark<>(LinkEvent::arrivalTime, ORDER);
        pendingState.get().forEach(pending::add);
    }

    @Override
    public void open() throws Exception {
        super.open();
        watermark = Long.MIN_VALUE;
        begun = VideoAnalyticsMetrics.OUTAGES.countIn(getMetricGroup());
        suppressed = VideoAnalyticsMetrics.SILENCES_SUPPRESSED.countIn(getMetricGroup());
        VideoAnalyticsMetrics.STEADY_CAMERAS.showIn(getMetricGroup(), () -> outages.steady());
        VideoAnalyticsMetrics.QUIET_CAMERAS.showIn(getMetricGroup(), () -> outages.quiet());
        VideoAnalyticsMetrics.PENDING_LINK_CHANGES.showIn(getMetricGroup(), pending::size);
        movedAt = getProcessingTimeService().getCurrentProcessingTime();
        retryAt = Long.MIN_VALUE;
        getProcessingTimeService().registerTimer(movedAt + CHECK_INTERVAL_MS, this::onCheckTimer);
    }

    @Override
    public void processElement(StreamRecord<LinkEvent> element) {
        pending.add(element.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        movedAt = getProcessingTimeService().getCurrentProcessingTime();
        applyUntil(watermark);
        advanceTo(watermark, () -> outages.onTime(watermark));
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        isIdle = status.isIdle();
        movedAt = getProcessingTimeService().getCurrentProcessingTime();
        super.processWatermarkStatus(status);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        memoryState.update(List.of(outages.state()));
        pendingState.update(pending.items());
    }

    private void applyUntil(long arrival) throws Exception {
        pending.release(arrival, this::process);
    }

    private void process(LinkEvent event) throws Exception {
        if (outages.hasDueSilence(event.arrivalTime())) {
            advanceTo(event.arrivalTime(), () -> outages.advanceTo(event.arrivalTime()));
        }
        boolean isTaken =
                bulkhead.run(event.deviceId(), event.arrivalTime(), event, () -> apply(event));
        if (!isTaken && event instanceof LinkEvent.SilenceAlerted silence) {
            // Emits the alert although its evaluation failed, because a duplicate is better than a
            // missing alert or a missing end.
            emit(silence.alert(), () -> cause(event));
        }
    }

    private void apply(LinkEvent event) {
        bulkhead.onUndo(outages.undo(event.deviceId())::run);
        boolean before = outages.isOutage();
        int kept = outages.suppressed();
        outages.apply(event);
        emitAll(() -> cause(event));
        begun.inc(!before && outages.isOutage() ? 1 : 0);
        if (outages.suppressed() > kept && event instanceof LinkEvent.SilenceAlerted silence) {
            suppressed.inc();
            DecisionLog.decided(
                    LOG,
                    silence.alert(),
                    "suppressed",
                    () -> cause(event),
                    "an outage explains it");
        }
    }

    /** Runs the work that is due at an arrival time for all cameras. */
    private void advanceTo(long arrival, Bulkhead.Work work) throws Exception {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        if (now >= retryAt && !bulkhead.runTimer(ALL_CAMERAS, () -> passOn(arrival, work))) {
            retryAt = now + RETRY_MS;
        }
    }

    private void passOn(long arrival, Bulkhead.Work work) throws Exception {
        Runnable undo = outages.hasDueSilence(arrival) ? outages.undoAdvanceTo() : outages.undo();
        bulkhead.onUndo(undo::run);
        work.run();
        emitAll(() -> "watermark " + arrival);
    }

    private static String cause(LinkEvent event) {
        return event.getClass().getSimpleName() + " of " + event.deviceId();
    }

    private void emitAll(Supplier<String> cause) {
        outages.drainEmitted().forEach(alert -> emit(alert, cause));
    }

    private void emit(Alert alert, Supplier<String> cause) {
        DecisionLog.emitted(LOG, alert, cause, null);
        long now = getProcessingTimeService().getCurrentProcessingTime();
        output.collect(new StreamRecord<>(alert.withDetectedAt(now)));
    }

    /**
     * While all sources are idle, applies all pending events and checks whether any input arrives.
     * The silence must last {@code inputSilentAfter}, because sources may start slowly after a
     * restart.
     */
    private void onCheckTimer(long timer) throws Exception {
        // Not after the timer's own time, because a machine that was asleep needs one check only.
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(now + CHECK_INTERVAL_MS, this::onCheckTimer);
        long stood = now - movedAt;
        if (isIdle && stood >= WatermarkStallDetector.STALLED_MS) {
            applyUntil(Long.MAX_VALUE);
        }
        if (isIdle && stood >= settings.inputSilentAfter().toMillis()) {
            boolean before = outages.isOutage();
            advanceTo(watermark, () -> outages.onStall(stood));
            if (!before && outages.isOutage()) {
                begun.inc();
                LOG.warn("No input arrives: all sources have been idle for {} ms", stood);
            }
        }
    }
}
