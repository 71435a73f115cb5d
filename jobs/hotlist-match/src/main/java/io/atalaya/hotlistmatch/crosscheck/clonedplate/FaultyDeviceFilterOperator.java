package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.clock.StallCheck;
import io.atalaya.flink.clock.UntilWatermark;
import io.atalaya.flink.clock.WatermarkStallDetector;
import io.atalaya.flink.logging.DecisionLog;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;

/**
 * Applies the {@link FaultyDeviceFilter} to all clones in one subtask: a few an hour, in a storm a
 * few a second. Clones of different plates come from different subtasks, so the watermark sorts
 * them.
 */
public final class FaultyDeviceFilterOperator extends BulkheadOperator<CrossCheckFinding>
        implements OneInputStreamOperator<CrossCheckFinding, CrossCheckFinding> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(FaultyDeviceFilterOperator.class);

    private final int maxPlates;
    private final long tagWaitMillis;

    private transient FaultyDeviceFilter filter;
    private transient UntilWatermark<CrossCheckFinding> pending;
    private transient ListState<CrossCheckFinding> recentState;
    private transient ListState<CrossCheckFinding> pendingState;
    private transient long watermark;
    private transient StallCheck check;
    private transient Counter cancelled;

    /**
     * @param bulkhead settings that decide when the job fails
     * @param maxPlates greatest number of plates with impossible pairs at one device in an hour;
     *     with more, the device is faulty
     * @param tagWait how long after its arrival a clone is found
     */
    public FaultyDeviceFilterOperator(BulkheadSettings bulkhead, int maxPlates, Duration tagWait) {
        super(bulkhead, false);
        this.maxPlates = maxPlates;
        this.tagWaitMillis = tagWait.toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        filter = new FaultyDeviceFilter(maxPlates, bulkhead::onUndo);
        pending =
                new UntilWatermark<>(
                        each -> each.derivedAlert().revision(),
                        Comparator.comparing(CrossCheckFinding::alertId));
        recentState = state(context, "recent-clones");
        pendingState = state(context, "pending-clones");
        for (CrossCheckFinding each : recentState.get()) {
            filter.restore(each);
        }
        pendingState.get().forEach(pending::add);
    }

    private static ListState<CrossCheckFinding> state(
            StateInitializationContext context, String name) throws Exception {
        return context.getOperatorStateStore()
                .getListState(
                        new ListStateDescriptor<>(
                                name, BinaryTypeInfo.of(CrossCheckFinding.class)));
    }

    @Override
    public void open() throws Exception {
        super.open();
        watermark = Long.MIN_VALUE;
        check =
                new StallCheck(
                        getProcessingTimeService(),
                        () -> watermark,
                        () -> !pending.isEmpty(),
                        WatermarkStallDetector.STALLED_MS,
                        0,
                        this::evaluateIfStalled);
        cancelled = HotlistMatchMetrics.CLONES_RETRACTED.countIn(getMetricGroup());
        HotlistMatchMetrics.PENDING_CLONES.showIn(getMetricGroup(), pending::size);
        check.schedule();
    }

    @Override
    public void processElement(StreamRecord<CrossCheckFinding> element) throws Exception {
        CrossCheckFinding found = element.getValue();
        bulkhead.run(
                found.alertId(), found.derivedAlert().causedAt(), found, () -> pending.add(found));
        check.schedule();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        evaluateUntil(watermark - tagWaitMillis);
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        recentState.clear();
        for (CrossCheckFinding each : filter.recent()) {
            recentState.add(each);
        }
        pendingState.update(pending.items());
    }

    private void evaluateUntil(long arrival) throws Exception {
        pending.release(
                arrival,
                found -> bulkhead.runStateless(found.alertId(), found, () -> evaluate(found)));
    }

    private void evaluateIfStalled(boolean isStalled) throws Exception {
        if (isStalled) {
            evaluateUntil(Long.MAX_VALUE);
        }
    }

    private void evaluate(CrossCheckFinding found) {
        for (CrossCheckFinding each : filter.evaluate(found)) {
            if (each.isCancelled()) {
                cancelled.inc();
            }
            DecisionLog.decided(
                    LOG,
                    each.derivedAlert(),
                    each.isCancelled() ? "withdrawn" : "proposed",
                    found::cause,
                    each.isCancelled() ? "retracted, or its device is faulty" : null);
            output.collect(new StreamRecord<>(each));
        }
    }
}
