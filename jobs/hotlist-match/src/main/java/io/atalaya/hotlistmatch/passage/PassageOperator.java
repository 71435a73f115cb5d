package io.atalaya.hotlistmatch.passage;

import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.clock.DueQueue;
import io.atalaya.flink.clock.StallCheck;
import io.atalaya.flink.progress.ProgressMarks;
import io.atalaya.flink.progress.SubtaskKeys;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.flink.timer.EndedVersions;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.match.Probe;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.metrics.ListChangeLatency;
import io.atalaya.hotlistmatch.prefilter.Prefilter;
import io.atalaya.hotlistmatch.score.ScoreBoundFilter;
import io.atalaya.hotlistmatch.score.Thresholds;

import it.unimi.dsi.fastutil.longs.LongList;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Passage detection and prefilter in one operator, because a two-input operator does not chain.
 * Inputs: plate reads and tag reads, keyed by device, and every change of the list, broadcast.
 * Output: events under each of their keys for the read history, and progress markers on the same
 * edge. What passes the prefilter goes straight to its buckets.
 */
public final class PassageOperator extends BulkheadOperator<RoutedEvent>
        implements TwoInputStreamOperator<DeviceRead, ListDelta, RoutedEvent>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(PassageOperator.class);

    /** What passes the prefilter, for each bucket in which it may match. */
    public static final OutputTag<Probe> PROBES =
            new OutputTag<>("probes", BinaryTypeInfo.of(Probe.class));

    /** Matches of patterns go directly to their entry, because patterns are in no bucket. */
    public static final OutputTag<EntryEvent> PATTERN_MATCHES =
            new OutputTag<>("pattern-findings", BinaryTypeInfo.of(EntryEvent.class));

    /** Every vehicle read with a reliable clock, and its tags, for the convoy operators. */
    public static final OutputTag<DeviceVehicleRead> VEHICLE_READS =
            new OutputTag<>("vehicle-reads", BinaryTypeInfo.of(DeviceVehicleRead.class));

    /**
     * Interval in ms at which due tags are checked. A tag that is due behind the watermark waits as
     * long, because the plates and tags around it mostly follow closely.
     */
    private static final long DEBOUNCE_MS = 500;

    private final Duration memory;
    private final int maxReads;
    private final long keepMillis;
    private final int filterCapacity;
    private final Duration pairingWindow;
    private final Thresholds thresholds;
    private final double maxOcrLogOdds;
    private final boolean areConvoysSought;

    private transient PassageLogic logic;
    private transient TagPairing pairing;

    /** Devices with tags that wait for their plates. */
    private transient DueQueue devicesWithDueTags;

    private transient StallCheck check;
    private transient DeviceReadsCache deviceReads;

    /** The device whose messages are being routed. */
    private transient String currentDevice;

    private transient DeviceReads currentReads;
    private transient PassageRouter router;

    private transient InternalTimerService<VoidNamespace> timers;
    private transient Prefilter prefilter;
    private transient ProgressMarks marks;
    private transient long horizon;
    private transient long horizonNotedAt;
    private transient Counter reads;
    private transient Counter tags;
    private transient Counter duplicates;
    private transient ListChangeLatency changes;

    /**
     * @param bulkhead when the job has to fail
     * @param memory how long a device's reads are remembered
     * @param maxReads upper limit of reads remembered per device
     * @param keep how long an ended pattern is still matched, and how far a device that catches up
     *     may be behind the others, by the watermark
     * @param filterCapacity plates that the filter of a new job is made for
     * @param pairingWindow the greatest distance in device time of a tag and its plate
     * @param thresholds a read that no priority would review is sent to no bucket
     * @param maxOcrLogOdds upper bound of the log-odds that an OCR result adds to a score
     * @param areConvoysSought whether vehicle reads are emitted
     */
    public PassageOperator(
            BulkheadSettings bulkhead,
            Duration memory,
            int maxReads,
            Duration keep,
            int filterCapacity,
            Duration pairingWindow,
            Thresholds thresholds,
            double maxOcrLogOdds,
            boolean areConvoysSought) {
        super(bulkhead, true);
        this.memory = memory;
        this.maxReads = maxReads;
        this.keepMillis = keep.toMillis();
        this.filterCapacity = filterCapacity;
        this.pairingWindow = pairingWindow;
        this.thresholds = thresholds;
        this.maxOcrLogOdds = maxOcrLogOdds;
        this.areConvoysSought = areConvoysSought;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        pairing = new TagPairing(pairingWindow);
        ScoreBoundFilter plausibility = new ScoreBoundFilter(thresholds, maxOcrLogOdds);
        logic = new PassageLogic(memory, maxReads, pairing, plausibility);
        devicesWithDueTags = new DueQueue();
        deviceReads = new DeviceReadsCache(getKeyedStateBackend(), bulkhead::onUndo);
        prefilter = new Prefilter(context, plausibility, filterCapacity);
        if (context.isRestored()) {
            restoreWaiting();
        }
    }

    private void restoreWaiting() throws Exception {
        List<String> devices = new ArrayList<>();
        deviceReads.forEachDevice(devices::add);
        for (String deviceId : devices) {
            devicesWithDueTags.set(
                    deviceId, deviceReads.reads(deviceId).tags().byRelease().firstTime());
            deviceReads.trim();
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("silent-devices", VoidNamespaceSerializer.INSTANCE, this);
        marks = marks();
        check =
                new StallCheck(
                        getProcessingTimeService(),
                        this::clock,
                        () -> !devicesWithDueTags.isEmpty(),
                        DEBOUNCE_MS,
                        pairing.waitMs(),
                        this::check);
        horizon = Long.MIN_VALUE;
        check.schedule();
        reads = HotlistMatchMetrics.READS.countIn(getMetricGroup());
        tags = HotlistMatchMetrics.TAG_READS.countIn(getMetricGroup());
        duplicates = HotlistMatchMetrics.DUPLICATE_READS.countIn(getMetricGroup());
        HotlistMatchMetrics.PENDING_TAGS.showIn(getMetricGroup(), devicesWithDueTags::size);
        router =
                new PassageRouter(
                        bulkhead,
                        prefilter,
                        areConvoysSought,
                        output,
                        HotlistMatchMetrics.PREFILTER_PASSED.countIn(getMetricGroup()));
        changes = new ListChangeLatency(getMetricGroup());
    }

    /**
     * Sets no key, because the reads of a device are cached; the key is set where state is used.
     */
    @Override
    @SuppressWarnings("rawtypes")
    public void setKeyContextElement1(StreamRecord element) {}

    @Override
    public void processElement1(StreamRecord<DeviceRead> element) throws Exception {
        DeviceRead message = element.getValue();
        String deviceId = message.deviceId();
        select(deviceId);
        if (!bulkhead.run(deviceId, message.arrivalTime(), message, () -> process(message))) {
            // The recovery may have evicted the device.
            select(deviceId);
        }
        devicesWithDueTags.set(deviceId, currentReads.tags().byRelease().firstTime());
        deviceReads.trim();
        check.schedule();
    }

    private void select(String deviceId) throws Exception {
        currentDevice = deviceId;
        currentReads = deviceReads.reads(deviceId);
    }

    private void process(DeviceRead message) throws Exception {
        DeviceReads device = currentReads;
        if (device.isEmpty()) {
            evictIfSilentAfter(message.arrivalTime(), currentDevice);
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
            if (LOG.isDebugEnabled()) {
                LOG.debug("{} is a second delivery", message.origin().address());
            }
        }
    }

    @Override
    protected void recover(Object key, boolean isRepeated) throws Exception {
        if (isRepeated) {
            deviceReads.evict((String) key);
        }
    }

    private long clock() {
        return combinedWatermark.getCombinedWatermark();
    }

    /** A tag that is decided, read again only if that fails. */
    private record DueTag(TagRing tags, long number) implements Traceable {
        @Override
        public Origin origin() {
            return tags.arrived(number).origin();
        }

        @Override
        public Object part() {
            return tags.arrived(number).part();
        }
    }

    /** Decides the tags that are due at that watermark. */
    private void assignDueTags(long now) throws Exception {
        for (String deviceId : devicesWithDueTags.dueBy(now)) {
            select(deviceId);
            DeviceReads device = currentReads;
            TagRing tagRing = device.tags();
            LongList due = tagRing.byRelease().upTo(now);
            for (int i = 0; i < due.size(); i++) {
                long tag = due.getLong(i);
                if (!bulkhead.runStateless(
                        deviceId,
                        new DueTag(tagRing, tag),
                        () -> pairing.settle(tag, device, now, this::route))) {
                    // Not retried, because it would fail again at once; a plate that arrives later
                    // makes it due again.
                    tagRing.setReleaseAt(tag, TagRing.DECIDED);
                }
            }
            devicesWithDueTags.set(deviceId, tagRing.byRelease().firstTime());
            deviceReads.trim();
        }
    }

    private void check(boolean isStalled) throws Exception {
        assignDueTags(isStalled ? Long.MAX_VALUE : clock());
    }

    /** Evicts the reads of a device that no longer sends; one that sends evicts its own. */
    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (!bulkhead.runTimer(timer.getKey(), () -> evictIfSilent(timer))) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, timer.getTimestamp() + RETRY_MS);
        }
        deviceReads.trim();
    }

    private void evictIfSilent(InternalTimer<String, VoidNamespace> timer) throws Exception {
        DeviceReads device = deviceReads.reads(timer.getKey());
        device.prune(timer.getTimestamp() - memory.toMillis() - keepMillis + 1, maxReads);
        if (device.isEmpty()) {
            deviceReads.evict(timer.getKey());
        } else {
            evictIfSilentAfter(device.lastArrival(), timer.getKey());
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("the passage sets no keyed processing-time timers");
    }

    /** Sets one timer per remembered device rather than one per read. */
    private void evictIfSilentAfter(long arrival, String deviceId) {
        setCurrentKey(deviceId);
        timers.registerEventTimeTimer(
                VoidNamespace.INSTANCE, arrival + memory.toMillis() + keepMillis);
    }

    @Override
    public void processElement2(StreamRecord<ListDelta> element) throws Exception {
        ListDelta delta = element.getValue();
        bulkhead.runStateless("hot list", delta, () -> prefilter.apply(delta));
        router.setApplied(delta.sequence());
        if (delta instanceof ListDelta.Added added) {
            changes.inForce(
                    added.inForceFrom(), getProcessingTimeService().getCurrentProcessingTime());
        }
        marks.advance();
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        evictEnded(watermark.getTimestamp(), now);
        check.onWatermark();
        assignDueTags(watermark.getTimestamp());
        super.processWatermark(watermark);
    }

    /**
     * Removes ended patterns and plates as {@link EndedVersions} does: those that had ended by the
     * watermark less {@code keepMillis}, as it was {@code keepMillis} of processing time ago.
     */
    private void evictEnded(long watermark, long now) {
        if (now - horizonNotedAt > keepMillis) {
            prefilter.pruneBefore(horizon);
            horizon = watermark - keepMillis;
            horizonNotedAt = now;
        }
    }

    /**
     * Writes reads back before the barrier goes on, so that the next steps do not yet compete for
     * the processor. No record or timer can come between this call and the snapshot.
     */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        deviceReads.flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        prefilter.snapshot(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask());
    }

    private void route(PassageEvent event, long[] keys) throws Exception {
        router.route(event, keys, currentReads);
    }

    /** Markers for the subtasks of the read history, which has the same parallelism. */
    private ProgressMarks marks() {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        int subtask = task.getIndexOfThisSubtask();
        return new ProgressMarks(
                getProcessingTimeService(),
                SubtaskKeys.of(
                        task.getMaxNumberOfParallelSubtasks(), task.getNumberOfParallelSubtasks()),
                key -> router.mark(key, subtask));
    }
}
