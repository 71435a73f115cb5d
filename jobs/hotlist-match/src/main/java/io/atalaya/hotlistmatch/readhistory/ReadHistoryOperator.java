package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.hotlist.MatchMode;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.logging.DecisionLog;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneSettings;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.ClonedPlateDetector;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.StoredRead;
import io.atalaya.hotlistmatch.crosscheck.platetag.MismatchSettings;
import io.atalaya.hotlistmatch.crosscheck.platetag.PlateTagMismatchDetector;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.event.RoutedEvent;
import io.atalaya.hotlistmatch.event.SerializedEvent;
import io.atalaya.hotlistmatch.event.TagAssignment;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.score.MatchTarget;
import io.atalaya.hotlistmatch.score.Scorer;
import io.atalaya.hotlistmatch.score.Thresholds;

import it.unimi.dsi.fastutil.longs.LongIterator;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The read history: stores every read under each of its folded texts. New entries are matched
 * against the stored reads in slices between the live reads, so that these do not pile up. Output:
 * the matches found.
 */
public final class ReadHistoryOperator extends BulkheadOperator<EntryEvent>
        implements TwoInputStreamOperator<RoutedEvent, ReferenceUpdate, EntryEvent>,
                ClonedPlateDetector.Units {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ReadHistoryOperator.class);

    /** Cloned plates. */
    public static final OutputTag<CrossCheckFinding> CLONES =
            new OutputTag<>("clones", BinaryTypeInfo.of(CrossCheckFinding.class));

    /** Plates that differ from their tags'. */
    public static final OutputTag<CrossCheckFinding> MISMATCHES =
            new OutputTag<>("mismatches", BinaryTypeInfo.of(CrossCheckFinding.class));

    /**
     * A slice lasts until the millisecond changes: past-read queries take at most a tenth of the
     * task's time, and a read waits for at most one slice.
     */
    private static final long SLICE_PAUSE_MS = 9;

    private static final long SWEEP_PAUSE_MS = 1_000;

    private final Duration retention;
    private final int maxPerPlate;
    private final Thresholds thresholds;
    private final CloneSettings cloneRules;
    private final MismatchSettings mismatchRules;

    /** Null: not looked for. */
    private transient ClonedPlateDetector clones;

    /** Null: not looked for. */
    private transient PlateTagMismatchDetector mismatches;

    private transient ReadHistoryStore store;
    private transient PastReadQueue queries;
    private transient RecentPastMatches recentMatches;
    private transient ListState<PastReadQueue.PastReadQuery> queryState;
    private transient Scorer scorer;
    private transient boolean isSliceScheduled;
    private transient Counter queriesDone;
    private transient Counter pastReadMatches;

    /**
     * @param bulkhead settings that decide when the job fails
     * @param retention how long reads are stored
     * @param maxPerPlate greatest number of stored reads per plate
     * @param thresholds a score below every review threshold is no match
     * @param cloneRules settings by which reads prove a cloned plate, or null
     * @param mismatchRules settings by which a plate differs from its tag's, or null
     */
    public ReadHistoryOperator(
            BulkheadSettings bulkhead,
            Duration retention,
            int maxPerPlate,
            Thresholds thresholds,
            CloneSettings cloneRules,
            MismatchSettings mismatchRules) {
        super(bulkhead, false);
        this.retention = retention;
        this.maxPerPlate = maxPerPlate;
        this.thresholds = thresholds;
        this.cloneRules = cloneRules;
        this.mismatchRules = mismatchRules;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        TaskInfo task = getRuntimeContext().getTaskInfo();
        store =
                new ReadHistoryStore(
                        getKeyedStateBackend(),
                        task.getMaxNumberOfParallelSubtasks(),
                        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                                task.getMaxNumberOfParallelSubtasks(),
                                task.getNumberOfParallelSubtasks(),
                                task.getIndexOfThisSubtask()),
                        retention,
                        maxPerPlate,
                        bulkhead::onUndo);
        queries = new PastReadQueue(task.getNumberOfParallelSubtasks());
        recentMatches = new RecentPastMatches();
        queryState =
                context.getOperatorStateStore()
                        .getUnionListState(
                                new ListStateDescriptor<>(
                                        "past-read-queries",
                                        BinaryTypeInfo.of(PastReadQueue.PastReadQuery.class)));
        if (cloneRules != null) {
            clones =
                    new ClonedPlateDetector(
                            cloneRules,
                            this,
                            getKeyedStateBackend(),
                            context.getOperatorStateStore(),
                            store::isOwn,
                            store::read,
                            clone -> propose(CLONES, clone));
            store.emit(clones);
        }
        if (mismatchRules != null) {
            mismatches =
                    new PlateTagMismatchDetector(
                            mismatchRules,
                            key -> store.read(key).stream().map(StoredRead::event).toList(),
                            mismatch -> propose(MISMATCHES, mismatch));
        }
        if (context.isRestored()) {
            store.restore();
            queries.restore(queryState.get());
        }
    }

    private void propose(OutputTag<CrossCheckFinding> tag, CrossCheckFinding finding) {
        DecisionLog.decided(
                LOG,
                finding.derivedAlert(),
                finding.isCancelled() ? "withdrawn" : "proposed",
                finding::cause,
                null);
        output.collect(tag, new StreamRecord<>(finding));
    }

    @Override
    public void open() throws Exception {
        super.open();
        scorer = new Scorer();
        queriesDone = HotlistMatchMetrics.PAST_READ_QUERIES.countIn(getMetricGroup());
        pastReadMatches = HotlistMatchMetrics.PAST_READ_MATCHES.countIn(getMetricGroup());
        HotlistMatchMetrics.PENDING_PAST_READ_QUERIES.showIn(
                getMetricGroup(), () -> queries.size());
        HotlistMatchMetrics.STORED_PLATES.showIn(getMetricGroup(), () -> store.index().size());
        if (clones != null) {
            clones.open(this, getProcessingTimeService(), getMetricGroup());
        }
        scheduleSlice();
        scheduleSweep();
    }

    @Override
    public void processElement1(StreamRecord<RoutedEvent> element) throws Exception {
        if (element.getValue() instanceof RoutedEvent.Progress mark) {
            queries.mark(mark.from(), mark.sequence());
            scheduleSlice();
        } else if (element.getValue() instanceof RoutedEvent.ByPlate text) {
            bulkhead.run(text.key(), text.written().causedAt(), text, () -> keep(text));
        }
    }

    @Override
    protected void recover(Object key, boolean isRepeated) throws Exception {
        if (isRepeated) {
            store.evict((Long) key);
            if (clones != null) {
                clones.evict((Long) key);
            }
        }
    }

    @Override
    public boolean run(Object key, Bulkhead.Work work) throws Exception {
        return bulkhead.runTimer(key, () -> lastOf((Long) key), work);
    }

    /** Work that is due for a plate was caused by its last event or an earlier one. */
    private PassageEvent lastOf(long key) throws Exception {
        return store.read(key).stream()
                .map(StoredRead::event)
                .max(Comparator.comparingLong(PassageEvent::causedAt))
                .orElse(null);
    }

    @Override
    public void onUndo(Bulkhead.Work undo) {
        bulkhead.onUndo(undo);
    }

    @Override
    public <T> ValueState<T> state(ValueStateDescriptor<T> descriptor) throws Exception {
        return valueState(descriptor);
    }

    private void keep(RoutedEvent.ByPlate text) throws Exception {
        store.append(
                text.key(),
                new StoredRead(text.plate(), text.written()),
                text.written().causedAt());
        SerializedEvent.Kind kind = text.written().kind();
        boolean isRead = kind == SerializedEvent.Kind.PLATE_READ;
        // Most events of tags are never deserialized: under a tag's own key there are no plate
        // reads, so nothing to compare, and a tag that agrees is no mismatch.
        boolean isOfPlate = !TagKey.isTag(text.key());
        boolean isAgreeing = kind == SerializedEvent.Kind.AGREEING_TAG;
        if (clones != null
                && isOfPlate
                && (text.isTop() || !isRead)
                && !(isAgreeing && !clones.isOpen(text.key()))) {
            clones.onEvent(text.key(), text.plate(), text.event());
        }
        if (isRead) {
            return;
        }
        if (mismatches != null && isOfPlate && !isAgreeing) {
            mismatches.onEvent(text.key(), text.plate(), text.event());
        }
        if (!recentMatches.isEmpty(getProcessingTimeService().getCurrentProcessingTime())
                && text.event() instanceof TagAssignment assignment) {
            for (PastReadQueue.PastReadQuery query : recentMatches.of(assignment.passageId())) {
                find(query, assignment);
            }
        }
    }

    @Override
    public void processElement2(StreamRecord<ReferenceUpdate> element) throws Exception {
        ReferenceUpdate referenceUpdate = element.getValue();
        if (referenceUpdate instanceof ReferenceUpdate.DeviceChanged device) {
            if (clones != null) {
                bulkhead.runStateless(
                        "devices", referenceUpdate, () -> clones.onEvent(device.change()));
            }
        } else if (referenceUpdate instanceof ReferenceUpdate.HotlistChanged list
                && list.delta() instanceof ListDelta.Added added) {
            queries.add(
                    new PastReadQueue.PastReadQuery(
                            added.sequence(),
                            added.listed(),
                            added.inForceFrom(),
                            matchedSince(added),
                            added.position()));
            scheduleSlice();
        }
    }

    /**
     * Even a version that does not look back matches reads that arrived since its start, because
     * they may have been processed before it.
     */
    private static long matchedSince(ListDelta.Added added) {
        return added.canMatchPastReads() && !added.listed().isPattern() ? 0 : added.inForceFrom();
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        if (clones != null) {
            clones.advanceTo(watermark.getTimestamp());
        }
        super.processWatermark(watermark);
    }

    /** Registers timers here, because later ones may miss the checkpoint. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        if (clones != null) {
            clones.keepUnregistered();
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        store.flush();
        if (clones != null) {
            clones.snapshot();
        }
        super.snapshotState(context);
        queryState.clear();
        queryState.addAll(List.copyOf(queries.all()));
    }

    private void scheduleSlice() {
        if (store.index().isEmpty()) {
            queries.clearDue();
        }
        if (!isSliceScheduled && queries.hasDue()) {
            isSliceScheduled = true;
            long now = getProcessingTimeService().getCurrentProcessingTime();
            getProcessingTimeService().registerTimer(now + SLICE_PAUSE_MS, ignored -> slice());
        }
    }

    private void slice() throws Exception {
        isSliceScheduled = false;
        long start = getProcessingTimeService().getCurrentProcessingTime();
        // The due queries may have been dropped since the slice was scheduled.
        while (queries.hasDue() && getProcessingTimeService().getCurrentProcessingTime() == start) {
            PastReadQueue.PastReadQuery query = queries.poll();
            bulkhead.runStateless(query.listed().entryId(), query, () -> query(query));
            queriesDone.inc();
        }
        scheduleSlice();
    }

    private void scheduleSweep() {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService()
                .registerTimer(
                        now + SWEEP_PAUSE_MS,
                        ignored -> {
                            long watermark = combinedWatermark.getCombinedWatermark();
                            if (watermark > 0) {
                                store.sweep(watermark, bulkhead::runTimer);
                            }
                            scheduleSweep();
                        });
    }

    private void query(PastReadQueue.PastReadQuery query) throws Exception {
        MatchTarget listed = query.listed();
        LongSet keys = new LongOpenHashSet();
        if (listed.isPattern()) {
            for (long key : store.index().keysSince(query.earliestArrivalTime())) {
                keys.add(key);
            }
        }
        listed.forEachKey(key -> collectStored(key, listed.match(), keys));
        for (LongIterator each = keys.iterator(); each.hasNext(); ) {
            long key = each.nextLong();
            bulkhead.runStateless(key, query, () -> compare(query, store.read(key)));
        }
    }

    private void collectStored(long key, MatchMode match, LongSet keys) {
        boolean isTag = TagKey.isTag(key);
        long stored = isTag ? key : CanonicalPlate.fold(key);
        if (match == MatchMode.FUZZY && !isTag) {
            store.index().forEachNear(stored, keys::add);
        } else if (store.index().contains(stored)) {
            keys.add(stored);
        }
    }

    /** Emits the plate reads and tags that may be the entry's, with all that is known of them. */
    private void compare(PastReadQueue.PastReadQuery query, List<StoredRead> rows) {
        Set<String> passages = new LinkedHashSet<>();
        Set<String> reads = new HashSet<>();
        for (StoredRead row : rows) {
            if (row.event() instanceof EnrichedRead enrichedRead
                    && canMatter(query, enrichedRead)) {
                passages.add(enrichedRead.passageId());
                reads.add(enrichedRead.readKey());
                find(query, enrichedRead);
            }
        }
        for (StoredRead row : rows) {
            if (row.event() instanceof TagAssignment assignment
                    && (passages.contains(assignment.passageId())
                            || canMatter(query, assignment))) {
                reads.add(assignment.readKey());
                find(query, assignment);
            }
        }
        for (StoredRead row : rows) {
            if (row.event() instanceof Retraction retraction
                    && reads.contains(retraction.readKey())) {
                find(query, retraction);
            }
        }
        // Done last, because it is not undone after a failure.
        for (String passageId : passages) {
            recentMatches.add(
                    passageId, query, getProcessingTimeService().getCurrentProcessingTime());
        }
    }

    private boolean canMatter(PastReadQueue.PastReadQuery query, EnrichedRead enrichedRead) {
        MatchTarget listed = query.listed();
        if (enrichedRead.read().deviceTime() < horizon(query)
                || enrichedRead.arrivalTime() < query.earliestArrivalTime()) {
            return false;
        }
        // A pattern has no score threshold: every read that fits it matters.
        double least = listed.isPattern() ? 0 : thresholds.review(listed.priority());
        return scorer.canReach(least, listed, enrichedRead.read(), enrichedRead.confidenceRank());
    }

    private boolean canMatter(PastReadQueue.PastReadQuery query, TagAssignment assignment) {
        return assignment.tag().deviceTime() >= horizon(query)
                && assignment.arrivalTime() >= query.earliestArrivalTime()
                && query.listed().isNamedBy(assignment.tag());
    }

    private long horizon(PastReadQueue.PastReadQuery query) {
        return query.inForceFrom() - retention.toMillis();
    }

    private void find(PastReadQueue.PastReadQuery query, PassageEvent event) {
        pastReadMatches.inc();
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "entry {} is a candidate: version {}, by {}, because it was read before",
                    query.listed().entryId(),
                    query.inForceFrom(),
                    event.cause());
        }
        output.collect(
                new StreamRecord<>(
                        new EntryEvent.ReadMatched(
                                query.listed().entryId(), query.inForceFrom(), event)));
    }
}
