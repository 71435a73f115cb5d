package io.atalaya.hotlistmatch.passage;

import io.atalaya.hotlistmatch.decide.CaseInput;
import io.atalaya.hotlistmatch.decide.CaseInputFormat;
import io.atalaya.hotlistmatch.prefilter.Gate;
import io.atalaya.hotlistmatch.registry.ListDelta;
import io.atalaya.hotlistmatch.sightings.PlateRoute;
import io.atalaya.plate.CanonicalPlate;

import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

import java.time.Duration;

/**
 * Passage and prefilter in one operator (a two-input operator does not chain): in come one device's
 * plate reads, keyed by device, and every change of the list, broadcast; out go events under each
 * of their texts, with the gate's verdict, and progress marks on the same edge.
 */
public final class PassageOperator extends AbstractStreamOperator<PlateRoute>
        implements TwoInputStreamOperator<Sighting, ListDelta, PlateRoute>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    /** What fits a pattern goes straight to its entry: patterns are in no bucket. */
    public static final OutputTag<CaseInput> PATTERN_FINDINGS =
            new OutputTag<>("pattern-findings", CaseInputFormat.INSTANCE.typeInfo());

    private static final long MARK_PAUSE_MS = 20;

    private final Duration memory;
    private final int maxReads;
    private final long keep;
    private final int filterCapacity;

    private transient PassageLogic logic;
    private transient DeviceMemories memories;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient Gate gate;
    private transient long[] markKeys;
    private transient long applied;
    private transient boolean markDue;
    private transient long lastPruned;
    private transient Counter reads;
    private transient Counter duplicates;
    private transient Counter survivors;

    /**
     * @param memory how long a device's reads are remembered
     * @param maxReads remembered for one device
     * @param keep how long an ended pattern is still matched, and how far a device that is caught
     *     up with may be behind the others, on the arrival clock
     * @param filterCapacity plates that the filter of a new job is made for
     */
    public PassageOperator(Duration memory, int maxReads, Duration keep, int filterCapacity) {
        this.memory = memory;
        this.maxReads = maxReads;
        this.keep = keep.toMillis();
        this.filterCapacity = filterCapacity;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        logic = new PassageLogic(memory, maxReads);
        memories =
                new DeviceMemories(
                        getKeyedStateBackend(),
                        context.getKeyedStateStore()
                                .getState(
                                        new ValueStateDescriptor<>(
                                                "device-memory",
                                                DeviceMemoryFormat.INSTANCE.typeInfo())));
        gate = new Gate(context, filterCapacity);
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("silent-devices", VoidNamespaceSerializer.INSTANCE, this);
        markKeys = keysOfSubtasks();
        reads = getMetricGroup().counter("reads");
        duplicates = getMetricGroup().counter("duplicateReads");
        survivors = getMetricGroup().counter("prefilterSurvivors");
    }

    @Override
    public void processElement1(StreamRecord<Sighting> element) throws Exception {
        Sighting message = element.getValue();
        String deviceId = message.read().deviceId();
        DeviceMemory device = memories.of(deviceId);
        reads.inc();
        if (device.isEmpty()) {
            forgetIfSilentAfter(message.arrival(), deviceId);
        }
        if (!logic.process(message, device, this::route)) {
            duplicates.inc();
        }
    }

    /** A device that sends prunes its memory itself; this is for one that never sends again. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        DeviceMemory device = memories.of(timer.getKey());
        device.prune(timer.getTimestamp() - memory.toMillis() - keep + 1, maxReads);
        if (device.isEmpty()) {
            memories.forget(timer.getKey());
        } else {
            forgetIfSilentAfter(device.lastArrival(), timer.getKey());
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("the passage sets no keyed processing-time timers");
    }

    /** One timer a device that is remembered: not one a read. */
    private void forgetIfSilentAfter(long arrival, String deviceId) {
        setCurrentKey(deviceId);
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, arrival + memory.toMillis() + keep);
    }

    @Override
    public void processElement2(StreamRecord<ListDelta> element) {
        ListDelta delta = element.getValue();
        gate.apply(delta);
        applied = delta.sequence();
        if (!markDue) {
            markDue = true;
            long now = getProcessingTimeService().getCurrentProcessingTime();
            getProcessingTimeService().registerTimer(now + MARK_PAUSE_MS, ignored -> mark());
        }
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        if (watermark.getTimestamp() - lastPruned > keep) {
            gate.pruneBefore(watermark.getTimestamp() - keep);
            lastPruned = watermark.getTimestamp();
        }
        super.processWatermark(watermark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        memories.flush();
        gate.snapshot(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    }

    private void route(PlateEvent event, long[] plates) {
        for (long plate : plates) {
            long folded = CanonicalPlate.fold(plate);
            // What ends a read goes wherever the read may have gone, by the list known then.
            boolean survivor = event instanceof Gone || gate.mayHaveNear(folded);
            if (survivor) {
                survivors.inc();
            }
            output.collect(new StreamRecord<>(new PlateRoute.Text(folded, plate, survivor, event)));
            gate.forEachPattern(
                    plate,
                    pattern ->
                            output.collect(
                                    PATTERN_FINDINGS,
                                    new StreamRecord<>(
                                            new CaseInput.Finding(
                                                    pattern.listed().entryId(),
                                                    pattern.from(),
                                                    event))));
        }
    }

    private void mark() {
        markDue = false;
        int subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        for (long key : markKeys) {
            output.collect(new StreamRecord<>(new PlateRoute.Mark(key, subtask, applied)));
        }
    }

    /** For each subtask of the next operator, which has our parallelism, a key that leads to it. */
    private long[] keysOfSubtasks() {
        int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        int maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        long[] keys = new long[parallelism];
        int found = 0;
        boolean[] has = new boolean[parallelism];
        for (long key = 0; found < parallelism; key++) {
            int subtask =
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            key, maxParallelism, parallelism);
            if (!has[subtask]) {
                has[subtask] = true;
                keys[subtask] = key;
                found++;
            }
        }
        return keys;
    }
}
