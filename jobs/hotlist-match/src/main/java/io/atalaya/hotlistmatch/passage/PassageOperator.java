package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateComparison;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.clock.DueQueue;
import io.atalaya.flink.clock.WatermarkStallDetector;
import io.atalaya.flink.progress.ProgressMarks;
import io.atalaya.flink.progress.SubtaskKeys;
import io.atalaya.flink.timer.EndedVersions;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.DeviceVehicleReadSerializer;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.EntryEventSerializer;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.match.BucketKeys;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.metrics.ListChangeLatency;
import io.atalaya.hotlistmatch.prefilter.PatternTarget;
import io.atalaya.hotlistmatch.prefilter.Prefilter;
import io.atalaya.hotlistmatch.score.ScoreBound;
import io.atalaya.hotlistmatch.score.ScoreBoundFilter;
import io.atalaya.hotlistmatch.score.Thresholds;

import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Passage and prefilter in one operator (a two-input operator does not chain): in come plate reads
 * and tag reads, keyed by device, and every change of the list, broadcast; out go events under each
 * of their keys, with the gate's verdict, and progress marks on the same edge.
 */
public final class PassageOperator extends BulkheadOperator<RoutedEvent>
        implements TwoInputStreamOperator<DeviceRead, ListDelta, RoutedEvent>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    /** What fits a pattern goes straight to its entry: patterns are in no bucket. */
    public static final OutputTag<EntryEvent> PATTERN_MATCHES =
            new OutputTag<>("pattern-findings", EntryEventSerializer.INSTANCE.typeInfo());

    /** Every car that a sound clock has seen, and its tag, for convoys. */
    public static final OutputTag<DeviceVehicleRead> VEHICLE_READS =
            new OutputTag<>("passing-cars", DeviceVehicleReadSerializer.INSTANCE.typeInfo());

    /**
     * What is due behind the clock waits for so much: the plates and tags around it are mostly
     * right behind it.
     */
    private static final long SETTLE_MS = 500;

    private final Duration memory;
    private final int maxReads;
    private final long keep;
    private final int filterCapacity;
    private final Duration pairingWindow;
    private final Thresholds thresholds;
    private final double mostOfAnOpinion;

    private transient PassageLogic logic;
    private transient TagPairing pairing;

    /** Devices whose tags wait for their plates. */
    private transient DueQueue waiting;

    private transient boolean watched;
    private transient WatermarkStallDetector stall;
    private transient DeviceReadsCache memories;

    /** The device whose messages are routed now. */
    private transient String workedOn;

    private transient InternalTimerService<VoidNamespace> timers;
    private transient Prefilter gate;
    private transient ProgressMarks marks;
    private transient long applied;
    private transient long horizon;
    private transient long horizonNotedAt;
    private transient Counter reads;
    private transient Counter tags;
    private transient Counter duplicates;
    private transient Counter passedReads;
    private transient ListChangeLatency changes;

    /**
     * @param bulkhead when the job has to fail
     * @param memory how long a device's reads are remembered
     * @param maxReads remembered for one device
     * @param keep how long an ended pattern is still matched, and how far a device that is caught
     *     up with may be behind the others, on the arrival clock
     * @param filterCapacity plates that the filter of a new job is made for
     * @param pairingWindow the greatest distance in time of a tag and its plate
     * @param thresholds a read that no priority would review goes to no bucket
     * @param mostOfAnOpinion log-odds that a second opinion adds to a score
     */
    public PassageOperator(
            BulkheadSettings bulkhead,
            Duration memory,
            int maxReads,
            Duration keep,
            int filterCapacity,
            Duration pairingWindow,
            Thresholds thresholds,
            double mostOfAnOpinion) {
        super(bulkhead, true);
        this.memory = memory;
        this.maxReads = maxReads;
        this.keep = keep.toMillis();
        this.filterCapacity = filterCapacity;
        this.pairingWindow = pairingWindow;
        this.thresholds = thresholds;
        this.mostOfAnOpinion = mostOfAnOpinion;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        pairing = new TagPairing(pairingWindow);
        ScoreBoundFilter plausibility = new ScoreBoundFilter(thresholds, mostOfAnOpinion);
        logic = new PassageLogic(memory, maxReads, pairing, plausibility);
        waiting = new DueQueue();
        memories = new DeviceReadsCache(getKeyedStateBackend(), bulkhead::onUndo);
        gate = new Prefilter(context, plausibility, filterCapacity);
        if (context.isRestored()) {
            restoreWaiting();
        }
    }

    private void restoreWaiting() throws Exception {
        List<String> devices = new ArrayList<>();
        memories.forEachDevice(devices::add);
        for (String deviceId : devices) {
            waiting.set(deviceId, memories.of(deviceId).nextDue());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("silent-devices", VoidNamespaceSerializer.INSTANCE, this);
        marks = marks();
        stall = new WatermarkStallDetector();
        horizon = Long.MIN_VALUE;
        watch();
        reads = HotlistMatchMetrics.READS.countIn(getMetricGroup());
        tags = HotlistMatchMetrics.TAG_READS.countIn(getMetricGroup());
        duplicates = HotlistMatchMetrics.DUPLICATE_READS.countIn(getMetricGroup());
        HotlistMatchMetrics.PENDING_TAGS.showIn(getMetricGroup(), waiting::size);
        passedReads = HotlistMatchMetrics.PREFILTER_SURVIVORS.countIn(getMetricGroup());
        changes = new ListChangeLatency(getMetricGroup());
    }

    @Override
    public void processElement1(StreamRecord<DeviceRead> element) throws Exception {
        DeviceRead message = element.getValue();
        String deviceId = message.deviceId();
        bulkhead.run(deviceId, message.arrival(), message, () -> process(message));
        waiting.set(deviceId, memories.of(deviceId).nextDue());
        watch();
    }

    private void process(DeviceRead message) throws Exception {
        String deviceId = message.deviceId();
        DeviceReads device = memories.of(deviceId);
        workedOn = deviceId;
        if (device.isEmpty()) {
            forgetIfSilentAfter(message.arrival(), deviceId);
        }
        boolean isNew;
        if (message instanceof EnrichedRead enrichedRead) {
            reads.inc();
            isNew = logic.process(enrichedRead, clock(), device, this::route);
        } else {
            tags.inc();
            isNew = logic.process((EnrichedTagRead) message, clock(), device, this::route);
        }
        if (!isNew) {
            duplicates.inc();
        }
    }

    @Override
    protected void recover(Object key, boolean isRepeated) throws Exception {
        if (isRepeated) {
            memories.forget((String) key);
        }
    }

    private long clock() {
        return combinedWatermark.getCombinedWatermark();
    }

    /** Tags whose plates have had their time. */
    private void settle(long now) throws Exception {
        for (String deviceId : waiting.dueBy(now)) {
            DeviceReads device = memories.of(deviceId);
            workedOn = deviceId;
            for (DeviceReads.Tag tag : device.tagsDueBy(now)) {
                if (!bulkhead.runStateless(
                        deviceId,
                        tag.arrived(),
                        () -> pairing.settle(tag, device, now, this::route))) {
                    // It would fail again at once; a plate that comes later takes it up again.
                    device.remember(device.tags().get(tag.read().readId()).dueAt(Long.MAX_VALUE));
                }
            }
            waiting.set(deviceId, device.nextDue());
        }
    }

    private void watch() {
        if (!watched && !waiting.isEmpty()) {
            watched = true;
            long now = getProcessingTimeService().getCurrentProcessingTime();
            getProcessingTimeService().registerTimer(now + SETTLE_MS, this::look);
        }
    }

    private void look(long now) throws Exception {
        watched = false;
        boolean stalled = stall.isStalled(clock(), now, pairing.waitMs());
        settle(stalled ? Long.MAX_VALUE : clock());
        watch();
    }

    /** A device that sends prunes its memory itself; this is for one that never sends again. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (!bulkhead.runTimer(timer.getKey(), () -> forgetIfSilent(timer))) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, timer.getTimestamp() + RETRY_MS);
        }
    }

    private void forgetIfSilent(InternalTimer<String, VoidNamespace> timer) throws Exception {
        DeviceReads device = memories.of(timer.getKey());
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
    public void processElement2(StreamRecord<ListDelta> element) throws Exception {
        ListDelta delta = element.getValue();
        bulkhead.runStateless("hot list", delta, () -> gate.apply(delta));
        applied = delta.sequence();
        if (delta instanceof ListDelta.Added added) {
            changes.inForce(added.from(), getProcessingTimeService().getCurrentProcessingTime());
        }
        marks.advance();
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        forgetEnded(watermark.getTimestamp(), now);
        stall.see(watermark.getTimestamp(), now);
        settle(watermark.getTimestamp());
        super.processWatermark(watermark);
    }

    /**
     * Forgets ended patterns as {@link EndedVersions} does: what had ended long enough on the
     * arrival clock when the wall clock stood as long ago.
     */
    private void forgetEnded(long watermark, long now) {
        if (now - horizonNotedAt > keep) {
            gate.pruneBefore(horizon);
            horizon = watermark - keep;
            horizonNotedAt = now;
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        memories.flush();
        gate.snapshot(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    }

    private void route(PassageEvent routed, long[] keys) throws Exception {
        PassageEvent event = routed;
        String image = null;
        if (routed instanceof EnrichedRead enrichedRead) {
            emitPassing(enrichedRead, keys[0]);
            image = enrichedRead.read().plateImage();
            // What goes on is kept at the next step: images are never state.
            event = image == null ? enrichedRead : enrichedRead.withImage(null);
        } else if (routed.isOfTag()) {
            emitTagOf(routed);
        } else {
            emitRetraction((Retraction) routed);
        }
        int[] near = near(event, keys);
        boolean survives = false;
        SerializedEvent written = SerializedEvent.of(event);
        for (int i = 0; i < keys.length; i++) {
            long key = keys[i];
            if (TagKey.isTag(key)) {
                send(new RoutedEvent.ByPlate(key, 0, false, near[i], applied, written, null));
            } else {
                send(
                        new RoutedEvent.ByPlate(
                                CanonicalPlate.fold(key),
                                key,
                                key == keys[0],
                                near[i],
                                applied,
                                written,
                                near[i] == 0 ? null : image));
                findPatterns(key, event);
            }
            survives |= near[i] != 0;
        }
        if (survives && !(event instanceof Retraction)) {
            passedReads.inc();
        }
    }

    /** Where entries may be near each key for which the event may matter. */
    private int[] near(PassageEvent event, long[] keys) throws Exception {
        int[] near = new int[keys.length];
        if (event instanceof Retraction) {
            // It goes wherever the read may have gone, by whatever list was known then.
            Arrays.fill(near, BucketKeys.EVERYWHERE);
            return near;
        }
        boolean isNear = false;
        for (int i = 0; i < keys.length; i++) {
            if (TagKey.isTag(keys[i])) {
                near[i] = gate.mayHold(keys[i]) ? BucketKeys.EVERYWHERE : 0;
            } else {
                near[i] = gate.near(CanonicalPlate.fold(keys[i]));
                isNear |= near[i] != 0;
            }
        }
        if (isNear && !mayReach(event, keys, near)) {
            for (int i = 0; i < keys.length; i++) {
                // A tag is looked for by whoever it names, whatever was read beside it.
                near[i] &= TagKey.isTag(keys[i]) ? BucketKeys.EVERYWHERE : BucketKeys.EQUAL;
            }
        }
        return near;
    }

    /**
     * Whether the read, or one of those that a tag is beside, may come to anything. If so it goes
     * under all its texts: where it meets an entry twice, either meeting has to know of the other.
     */
    private boolean mayReach(PassageEvent event, long[] keys, int[] near) throws Exception {
        DeviceReads device = memories.of(workedOn);
        if (event instanceof EnrichedRead enrichedRead) {
            ScoreBound scoreBound = device.sent(enrichedRead.readId()).scoreBound();
            for (int i = 0; i < keys.length; i++) {
                if (gate.mayReach(CanonicalPlate.fold(keys[i]), near[i], scoreBound)) {
                    return true;
                }
            }
            return false;
        }
        if (((TagAssignment) event).plateReadId() == null) {
            return false;
        }
        List<DeviceReads.Sent> chain =
                device.chain(event.passageId().substring(workedOn.length() + 1));
        for (DeviceReads.Sent read : chain) {
            for (long plate : read.plates()) {
                long folded = CanonicalPlate.fold(plate);
                if (gate.mayReach(folded, gate.near(folded), read.scoreBound())) {
                    return true;
                }
            }
        }
        return chain.isEmpty();
    }

    /** Signs and fragments are no cars. */
    private void emitPassing(EnrichedRead enrichedRead, long plate) {
        if (!enrichedRead.clockSuspect()
                && CanonicalPlate.length(plate) >= PlateComparison.MIN_FUZZY_LENGTH) {
            output.collect(VEHICLE_READS, new StreamRecord<>(DeviceVehicleRead.of(enrichedRead)));
        }
    }

    /** What is told of a tag goes where its car's plate is; one without a plate is no car's. */
    private void emitTagOf(PassageEvent event) throws Exception {
        int from = workedOn.length() + 1;
        String root = event.passageId().substring(from);
        List<DeviceReads.Sent> chain = memories.of(workedOn).chain(root);
        if (chain.isEmpty()) {
            return;
        }
        long time = chain.get(0).time();
        DeviceVehicleRead referenceUpdate;
        if (event instanceof TagAssignment assignment) {
            referenceUpdate = DeviceVehicleRead.assignment(root, assignment, time);
        } else {
            Retraction retraction = (Retraction) event;
            String readId =
                    retraction.readKey().substring(PassageEvent.tagKey(workedOn, "").length());
            referenceUpdate = DeviceVehicleRead.untagged(workedOn, readId, root, retraction, time);
        }
        output.collect(VEHICLE_READS, new StreamRecord<>(referenceUpdate));
    }

    /** The end of a plate read, where the read is: by its own time. */
    private void emitRetraction(Retraction retraction) throws Exception {
        String readId = retraction.readKey().substring(workedOn.length() + 1);
        DeviceReads.Sent sent = memories.of(workedOn).sent(readId);
        if (sent != null) {
            output.collect(
                    VEHICLE_READS,
                    new StreamRecord<>(
                            DeviceVehicleRead.end(workedOn, readId, retraction, sent.time())));
        }
    }

    private void findPatterns(long key, PassageEvent event) throws Exception {
        gate.forEachPattern(
                key,
                pattern -> find(pattern, event),
                (pattern, failure) ->
                        bulkhead.runPart(
                                pattern.listed().entryId(),
                                event,
                                () -> {
                                    throw failure;
                                }));
    }

    private void send(RoutedEvent.ByPlate text) {
        output.collect(new StreamRecord<>(text));
    }

    private void find(PatternTarget pattern, PassageEvent event) {
        output.collect(
                PATTERN_MATCHES,
                new StreamRecord<>(
                        new EntryEvent.ReadMatched(
                                pattern.listed().entryId(), pattern.from(), event)));
    }

    /** To the subtasks of the next step, which has our parallelism. */
    private ProgressMarks marks() {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int subtask = task.getIndexOfThisSubtask();
        return new ProgressMarks(
                getProcessingTimeService(),
                SubtaskKeys.of(
                        task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks()),
                key ->
                        output.collect(
                                new StreamRecord<>(
                                        new RoutedEvent.Progress(key, subtask, applied))));
    }
}
