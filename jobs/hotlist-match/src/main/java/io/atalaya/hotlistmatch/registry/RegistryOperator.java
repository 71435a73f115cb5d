package io.atalaya.hotlistmatch.registry;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.progress.ProgressMarks;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.event.BucketChange;
import io.atalaya.hotlistmatch.event.CovertVersion;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.EntryVersion;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.event.ListDelta;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.match.BucketKeys;
import io.atalaya.hotlistmatch.score.MatchTarget;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Keeps the current version of every entry, because a null record or an update carries only the
 * entryId and has to retract the old plate. Runs with one subtask, so that every filter receives
 * the changes in one order; 200,000 changes take about two seconds.
 *
 * <p>Output: {@link ListDelta}s for filters and read history; side outputs: {@link BucketChange}s
 * with progress markers, and {@link EntryEvent}s.
 */
public final class RegistryOperator extends BulkheadOperator<ListDelta>
        implements OneInputStreamOperator<HotlistChange, ListDelta>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(RegistryOperator.class);

    public static final OutputTag<BucketChange> BUCKETS =
            new OutputTag<>("buckets", BinaryTypeInfo.of(BucketChange.class));
    public static final OutputTag<EntryEvent> ENTRY_EVENTS =
            new OutputTag<>("cases", BinaryTypeInfo.of(EntryEvent.class));

    /** Versions of covert entries only. */
    public static final OutputTag<ReferenceUpdate> COVERT =
            new OutputTag<>("covert", BinaryTypeInfo.of(ReferenceUpdate.class));

    private static final String ENTRY = "entry";
    private static final int KEYS_PER_SLICE = 2_000;
    private static final long SLICE_PAUSE_MS = 5;

    /** The log shows the progress of a large load. */
    private static final int CHANGES_PER_LINE = 50_000;

    private final int filterCapacity;
    private final long keepMillis;
    private final long[] markKeys;

    private transient ValueState<EntryVersion> current;
    private transient ValueState<Long> expiryTimer;
    private transient ListState<FilterLoad> loadState;
    private transient FilterLoad load;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient long sequence;
    private transient ProgressMarks marks;
    private transient long openedAt;
    private transient long changes;
    private transient Stream<String> rebuildStream;
    private transient Iterator<String> rebuild;

    /** Processing time of the next rebuild after a failed one, epoch ms. */
    private transient long rebuildFrom;

    /**
     * @param bulkhead when the job has to fail
     * @param filterCapacity plates that the filters of a new job are built for
     * @param keep how long an expired entry is still matched with late reads
     * @param markKeys bucket keys that reach every subtask of the match operator
     */
    public RegistryOperator(
            BulkheadSettings bulkhead, int filterCapacity, Duration keep, long[] markKeys) {
        super(bulkhead, false);
        this.filterCapacity = filterCapacity;
        this.keepMillis = keep.toMillis();
        this.markKeys = markKeys.clone();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        loadState =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "filter-load", BinaryTypeInfo.of(FilterLoad.class)));
        Iterator<FilterLoad> saved = loadState.get().iterator();
        load = saved.hasNext() ? saved.next() : FilterLoad.ofNew(filterCapacity);
        current =
                valueState(
                        new ValueStateDescriptor<>(ENTRY, BinaryTypeInfo.of(EntryVersion.class)));
        expiryTimer = valueState(new ValueStateDescriptor<>("expiry-timer", Types.LONG));
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("expiry", VoidNamespaceSerializer.INSTANCE, this);
        openedAt = now();
        marks =
                new ProgressMarks(
                        getProcessingTimeService(),
                        markKeys,
                        key -> emitTo(BUCKETS, new BucketChange.Mark(key, sequence)));
        // Restored buckets do not know the current sequence.
        marks.advance();
        rebuildIfFull();
    }

    @Override
    public void processElement(StreamRecord<HotlistChange> element) throws Exception {
        HotlistChange change = element.getValue();
        // Not held back by a pause: the topic is not read again, and the entry would stay as it
        // was.
        bulkhead.runWhilePaused(
                change.entryId(), change.arrivalTime(), change, () -> process(change));
        if (++changes % CHANGES_PER_LINE == 0) {
            LOG.info(
                    "{} changes of the hot list processed, {} plates listed", changes, load.live());
        }
        rebuildIfFull();
    }

    private void process(HotlistChange change) throws Exception {
        undoCountsOnFailure();
        EntryVersion old = current.value();
        if (old != null && expiry(old) <= change.arrivalTime()) {
            expire(old);
            old = null;
        }
        if (change.entry() == null) {
            if (old != null) {
                retract(old, change.arrivalTime(), false, change.position());
                current.clear();
            }
        } else if (old == null || !old.entry().equals(change.entry())) {
            boolean samePlate = old != null && isSameTarget(old.entry(), change.entry());
            if (old != null) {
                retract(old, change.arrivalTime(), samePlate, change.position());
            }
            EntryVersion version =
                    new EntryVersion(
                            change.entry(), change.arrivalTime(), !samePlate, change.position());
            current.update(version);
            emitStart(version);
            if (change.entry().validUntil() != null) {
                expireAt(now() + expiry(version) - version.inForceFrom());
            }
        }
    }

    private void undoCountsOnFailure() {
        FilterLoad oldLoad = load;
        long oldSequence = sequence;
        bulkhead.onUndo(
                () -> {
                    load = oldLoad;
                    sequence = oldSequence;
                });
    }

    /** A failed change leaves the list as it was, because no entry may be lost. */
    @Override
    protected void recover(Object key, boolean isRepeated) {
        // The bulkhead has undone the whole change.
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (!bulkhead.runTimer(timer.getKey(), current::value, () -> expireIfDue(timer))) {
            expireAt(now() + RETRY_MS);
        }
    }

    private void expireIfDue(InternalTimer<String, VoidNamespace> timer) throws Exception {
        undoCountsOnFailure();
        EntryVersion version = current.value();
        Long expected = expiryTimer.value();
        boolean stale = expected != null && expected != timer.getTimestamp();
        if (stale || version == null || version.entry().validUntil() == null) {
            return;
        }
        if (now() < openedAt + keepMillis) {
            // After an outage, earlier changes of the entry may not have arrived yet.
            expireAt(openedAt + keepMillis);
        } else {
            expire(version);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("the registry sets no event-time timers");
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        loadState.clear();
        // An unfinished rebuild starts again after a restore.
        loadState.add(rebuild == null ? load : load.interrupted());
    }

    @Override
    public void close() throws Exception {
        endRebuild();
        super.close();
    }

    private static boolean isSameTarget(HotlistEntry old, HotlistEntry entry) {
        return isSamePlate(old.plate(), entry.plate())
                && Objects.equals(old.pattern(), entry.pattern())
                && isSameTag(old.tagId(), entry.tagId())
                && old.match() == entry.match();
    }

    /** Compares canonical plates, regardless of notation. */
    private static boolean isSamePlate(String a, String b) {
        return a == null || b == null ? a == b : CanonicalPlate.pack(a) == CanonicalPlate.pack(b);
    }

    private static boolean isSameTag(String a, String b) {
        return a == null || b == null ? a == b : TagKey.isSame(a, b);
    }

    private void emitStart(EntryVersion version) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "entry {} started: version {}, by {}, because its record is new or has changed",
                    version.entry().entryId(),
                    version.inForceFrom(),
                    version.position().in(Topics.HOTLIST));
        }
        MatchTarget listed = MatchTarget.of(version.entry());
        emitTo(ENTRY_EVENTS, new EntryEvent.VersionStarted(version));
        emitIfCovert(version, CovertVersion.IN_FORCE, version.position());
        toBuckets(listed, version.inForceFrom(), BucketChange.IN_FORCE, version.position());
        listed.forEachKey(key -> load = load.plateAdded());
        emit(
                new ListDelta.Added(
                        ++sequence,
                        listed,
                        version.inForceFrom(),
                        version.canMatchPastReads(),
                        version.position()));
    }

    /** Arrival time after which no read is late any more, epoch ms. */
    private long expiry(EntryVersion version) {
        Long until = version.entry().validUntil();
        return until == null ? Long.MAX_VALUE : Math.max(version.inForceFrom(), until) + keepMillis;
    }

    /**
     * Sets the expiry in processing time, because the watermark of the list does not advance
     * without changes. The delay after the entry's arrival is the same as in arrival time, because
     * in a replay or after an outage changes that arrived before the expiry are processed after
     * that wall-clock time.
     */
    private void expireAt(long wallClock) throws Exception {
        timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, wallClock);
        expiryTimer.update(wallClock);
    }

    private void expire(EntryVersion version) throws Exception {
        retract(version, expiry(version), false, version.position());
        current.clear();
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    /**
     * Ends a version.
     *
     * @param cause position of the record that ends it
     */
    private void retract(EntryVersion version, long at, boolean replaced, RecordPosition cause)
            throws Exception {
        Long timer = expiryTimer.value();
        if (timer != null) {
            // Deletes the timer, because it may lie years ahead and every update would leave
            // another one.
            timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, timer);
            expiryTimer.clear();
        }
        MatchTarget listed = MatchTarget.of(version.entry());
        String entryId = version.entry().entryId();
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "entry {} ended: version {}, by {}, because it was {}",
                    entryId,
                    version.inForceFrom(),
                    cause.in(Topics.HOTLIST),
                    replaced ? "replaced" : "removed, has expired or looks for another plate");
        }
        emitTo(
                ENTRY_EVENTS,
                new EntryEvent.VersionEnded(entryId, version.inForceFrom(), at, replaced, cause));
        emitIfCovert(version, at, cause);
        toBuckets(listed, version.inForceFrom(), at, cause);
        listed.forEachKey(key -> load = load.plateRemoved());
        emit(new ListDelta.Removed(++sequence, listed, version.inForceFrom(), at, cause));
    }

    private void emitIfCovert(EntryVersion version, long to, RecordPosition cause) {
        if (version.entry().covert()) {
            emitTo(
                    COVERT,
                    new ReferenceUpdate.CovertEntryChanged(
                            new CovertVersion(version.entry(), version.inForceFrom(), to, cause)));
        }
    }

    private void toBuckets(MatchTarget listed, long from, long to, RecordPosition cause) {
        listed.forEachKey(
                key ->
                        BucketKeys.ofListed(
                                key,
                                bucket ->
                                        emitTo(
                                                BUCKETS,
                                                new BucketChange.Version(
                                                        bucket, listed, from, to, cause))));
    }

    private void rebuildIfFull() {
        if (rebuild == null && load.isFull() && now() >= rebuildFrom) {
            rebuild();
        }
    }

    private void rebuild() {
        FilterLoad full = load;
        load = load.rebuilt(filterCapacity);
        LOG.warn(
                "The filter of the hot list is full, made for {} plates: it is rebuilt for {}",
                full.capacity(),
                load.capacity());
        emit(new ListDelta.RebuildStarted(++sequence, load.capacity()));
        rebuildStream = this.<String>getKeyedStateBackend().getKeys(ENTRY, VoidNamespace.INSTANCE);
        rebuild = rebuildStream.iterator();
        scheduleSlice();
    }

    private void scheduleSlice() {
        getProcessingTimeService().registerTimer(now() + SLICE_PAUSE_MS, ignored -> slice());
    }

    private void slice() throws Exception {
        for (int i = 0; i < KEYS_PER_SLICE && rebuild.hasNext(); i++) {
            String entryId = rebuild.next();
            if (!bulkhead.runTimer(entryId, current::value, () -> relist(entryId))) {
                // A filter without this entry must not replace the old one.
                endRebuild();
                load = load.interrupted();
                rebuildFrom = now() + RETRY_MS;
                LOG.warn("The rebuild of the filter has failed: next attempt in {} ms", RETRY_MS);
                getProcessingTimeService().registerTimer(rebuildFrom, ignored -> rebuildIfFull());
                return;
            }
        }
        if (rebuild.hasNext()) {
            scheduleSlice();
        } else {
            endRebuild();
            LOG.info("The filter of the hot list is rebuilt for {} plates", load.capacity());
            emit(new ListDelta.RebuildFinished(++sequence));
            rebuildIfFull();
        }
    }

    private void relist(String entryId) throws Exception {
        undoCountsOnFailure();
        setCurrentKey(entryId);
        EntryVersion version = current.value();
        if (version != null) {
            MatchTarget.of(version.entry())
                    .forEachKey(key -> emit(new ListDelta.Relisted(++sequence, key)));
        }
    }

    private void endRebuild() {
        if (rebuildStream != null) {
            rebuildStream.close();
        }
        rebuildStream = null;
        rebuild = null;
    }

    /**
     * Called after the bucket changes of the same list change, so that a marker with its sequence
     * covers them.
     */
    private void emit(ListDelta delta) {
        output.collect(new StreamRecord<>(delta));
        marks.advance();
    }

    private <T> void emitTo(OutputTag<T> tag, T value) {
        output.collect(tag, new StreamRecord<>(value));
    }
}
