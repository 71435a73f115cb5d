package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.clock.WatermarkStallDetector;
import io.atalaya.hotlistmatch.crosscheck.Anomaly;
import io.atalaya.hotlistmatch.crosscheck.AnomalySerializer;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;

/**
 * {@link DeviceGuard} over all clones, with one subtask: a few an hour, and in a storm, a few a
 * second. Clones of different plates come from different subtasks; the watermark puts them in
 * order.
 */
public final class DeviceGuardOperator extends BulkheadOperator<Anomaly>
        implements OneInputStreamOperator<Anomaly, Anomaly> {
    private static final long serialVersionUID = 1L;

    private static final Comparator<Anomaly> ORDER =
            Comparator.comparingLong((Anomaly each) -> each.draft().at())
                    .thenComparing(Anomaly::alertId)
                    .thenComparingLong(each -> each.draft().revision());

    private final int maxPlates;
    private final long tagWait;

    private transient DeviceGuard guard;
    private transient TreeSet<Anomaly> pending;
    private transient ListState<Anomaly> recentState;
    private transient ListState<Anomaly> pendingState;
    private transient long watermark;
    private transient WatermarkStallDetector stall;
    private transient boolean checkDue;
    private transient Counter takenBack;

    /**
     * @param bulkhead when the job has to fail
     * @param maxPlates with impossible pairs at one device in an hour, beyond which it is faulty
     * @param tagWait so long after its arrival a clone is found
     */
    public DeviceGuardOperator(BulkheadSettings bulkhead, int maxPlates, Duration tagWait) {
        super(bulkhead, false);
        this.maxPlates = maxPlates;
        this.tagWait = tagWait.toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        guard = new DeviceGuard(maxPlates);
        pending = new TreeSet<>(ORDER);
        recentState = state(context, "recent-clones");
        pendingState = state(context, "pending-clones");
        for (Anomaly each : recentState.get()) {
            guard.restore(each);
        }
        pendingState.get().forEach(pending::add);
    }

    private static ListState<Anomaly> state(StateInitializationContext context, String name)
            throws Exception {
        return context.getOperatorStateStore()
                .getListState(
                        new ListStateDescriptor<>(name, AnomalySerializer.INSTANCE.typeInfo()));
    }

    @Override
    public void open() throws Exception {
        super.open();
        watermark = Long.MIN_VALUE;
        stall = new WatermarkStallDetector();
        takenBack = HotlistMatchMetrics.CLONES_TAKEN_BACK.countIn(getMetricGroup());
        HotlistMatchMetrics.PENDING_CLONES.showIn(getMetricGroup(), pending::size);
        scheduleCheck();
    }

    @Override
    public void processElement(StreamRecord<Anomaly> element) throws Exception {
        Anomaly found = element.getValue();
        bulkhead.run(found.alertId(), found.draft().at(), found, () -> pending.add(found));
        scheduleCheck();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        judgeUntil(watermark - tagWait);
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        recentState.clear();
        for (Anomaly each : guard.recent()) {
            recentState.add(each);
        }
        pendingState.clear();
        for (Anomaly each : pending) {
            pendingState.add(each);
        }
    }

    private void judgeUntil(long arrival) throws Exception {
        while (!pending.isEmpty() && pending.first().draft().at() <= arrival) {
            Anomaly next = pending.pollFirst();
            bulkhead.runStateless(next.alertId(), next, () -> judge(next));
        }
    }

    private void judge(Anomaly found) {
        for (Anomaly each : guard.judge(found)) {
            if (each.isTakenBack()) {
                takenBack.inc();
            }
            output.collect(new StreamRecord<>(each));
        }
    }

    private void scheduleCheck() {
        if (!checkDue && !pending.isEmpty()) {
            checkDue = true;
            long now = getProcessingTimeService().getCurrentProcessingTime();
            stall.see(watermark, now);
            getProcessingTimeService()
                    .registerTimer(now + WatermarkStallDetector.STALLED_MS, this::check);
        }
    }

    /** While the watermark stands still: judge on what is there. */
    private void check(long now) throws Exception {
        checkDue = false;
        if (stall.isStalled(watermark, now, 0)) {
            judgeUntil(Long.MAX_VALUE);
        }
        scheduleCheck();
    }
}
