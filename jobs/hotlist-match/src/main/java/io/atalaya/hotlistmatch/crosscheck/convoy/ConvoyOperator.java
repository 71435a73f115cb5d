package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.clock.StallCheck;
import io.atalaya.flink.clock.WatermarkStallDetector;
import io.atalaya.flink.logging.DecisionLog;
import io.atalaya.flink.logging.LimitedLog;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Comparator;

import static io.atalaya.flink.timer.TimerCoalescing.roundUp;

/**
 * Derives the convoys of an entry, keyed by entryId, from events in any order and emits those that
 * changed.
 *
 * <p>An event counts once the watermark has passed its arrival plus the wait for tags, because a
 * covert entry known only by its tag must be restricted from the first message on. Events behind
 * the watermark are debounced for {@code DEBOUNCE_MS}, so that the order in which topics were read
 * leaves no trace. Until then events wait on the heap, because each vehicle near a listed one is an
 * event: state is read and written once for all that are due.
 */
public final class ConvoyOperator extends BulkheadOperator<CrossCheckFinding>
        implements OneInputStreamOperator<ConvoyEvent, CrossCheckFinding>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ConvoyOperator.class);

    private static final long DEBOUNCE_MS = 1_000;
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60_000;

    /**
     * Entries whose convoys stay on the heap while vehicles near them are still arriving, some 10
     * KB each.
     */
    private static final int MAX_CACHED = 4_096;

    private final ConvoySettings settings;
    private final long tagWaitMillis;

    private transient ValueState<ConvoyCase> state;
    private transient ConvoyLogic logic;
    private transient PendingConvoyEvents waiting;

    /** Timers at which kept state expires. */
    private transient InternalTimerService<VoidNamespace> ends;

    /** Timers that only carry the due times over a restore. */
    private transient InternalTimerService<VoidNamespace> dues;

    private transient StallCheck check;
    private transient long watermark;
    private transient Counter convoys;
    private transient LimitedLog full;

    public ConvoyOperator(BulkheadSettings bulkhead, ConvoySettings settings) {
        super(bulkhead, false);
        this.settings = settings;
        this.tagWaitMillis = settings.tagWait().toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state =
                cachedValueState(
                        new ValueStateDescriptor<>("convoys", BinaryTypeInfo.of(ConvoyCase.class)),
                        MAX_CACHED);
    }

    @Override
    public void open() throws Exception {
        super.open();
        logic = new ConvoyLogic(settings);
        waiting = new PendingConvoyEvents();
        // Waits longer than the upstream step, because that step emits its tags when it detects the
        // stalled watermark.
        check =
                new StallCheck(
                        getProcessingTimeService(),
                        () -> watermark,
                        () -> !waiting.isEmpty(),
                        DEBOUNCE_MS,
                        tagWaitMillis + WatermarkStallDetector.STALLED_MS,
                        this::check);
        watermark = Long.MIN_VALUE;
        full = limited(LOG);
        convoys = HotlistMatchMetrics.CONVOYS.countIn(getMetricGroup());
        HotlistMatchMetrics.PENDING_CONVOYS.showIn(getMetricGroup(), waiting::size);
        ends = getInternalTimerService("expiry", VoidNamespaceSerializer.INSTANCE, this);
        dues =
                getInternalTimerService(
                        "pending-events",
                        VoidNamespaceSerializer.INSTANCE,
                        new RestoreOnlyTimers());
        dues.forEachEventTimeTimer((namespace, due) -> waiting.add((String) getCurrentKey(), due));
        check.schedule();
    }

    @Override
    public void processElement(StreamRecord<ConvoyEvent> element) throws Exception {
        ConvoyEvent fact = element.getValue();
        bulkhead.run(fact.entryId(), fact.knownSince(), fact, () -> process(fact));
        if (waiting.isFull()) {
            full.warn("Too many convoy events wait for the watermark; all are moved to state");
            applyAllPending();
        }
        trimCaches();
        check.schedule();
    }

    private void process(ConvoyEvent fact) throws Exception {
        LongSet due = new LongOpenHashSet();
        fact.forEachMoment(at -> due.add(roundUp(SECOND_MS, at + tagWaitMillis)));
        bulkhead.onUndo(waiting.add(fact, due)::run);
        if (waiting.isFull(fact.entryId())) {
            noteWaiting(fact.entryId());
            applyPending(fact.entryId());
        }
    }

    /** The last waiting event, or else the last listed passage. */
    private Traceable lastFact(String entryId) throws Exception {
        Traceable last =
                waiting.memento(entryId).facts().stream()
                        .max(Comparator.comparingLong(ConvoyEvent::knownSince))
                        .orElse(null);
        ConvoyCase stored = state.value();
        return last != null || stored == null ? last : stored.lastListed();
    }

    private void noteWaiting(String entryId) {
        PendingConvoyEvents.Memento old = waiting.memento(entryId);
        bulkhead.onUndo(() -> waiting.restore(entryId, old));
    }

    @Override
    protected void recover(Object key, boolean isRepeated) throws Exception {
        super.recover(key, isRepeated);
        if (isRepeated) {
            waiting.evict((String) key);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        long before = watermark;
        watermark = mark.getTimestamp();
        check.onWatermark();
        for (String entryId : waiting.dueBy(watermark)) {
            // An event that was already behind the watermark on arrival is debounced first.
            if (!waiting.isDueBy(entryId, before)) {
                bulkhead.runTimer(entryId, () -> lastFact(entryId), () -> emit(entryId, watermark));
            }
        }
        trimCaches();
        super.processWatermark(mark);
    }

    /**
     * Emits what was behind the watermark and has settled, or everything if the watermark stalled.
     */
    private void check(boolean isStalled) throws Exception {
        long clock = isStalled ? Long.MAX_VALUE : watermark;
        for (String entryId : waiting.dueBy(clock)) {
            bulkhead.runTimer(entryId, () -> lastFact(entryId), () -> emit(entryId, clock));
        }
    }

    /**
     * Emits the changes that are due.
     *
     * @param clock watermark up to which events are due; later ones continue to wait
     */
    private void emit(String entryId, long clock) throws Exception {
        noteWaiting(entryId);
        emitDue(entryId, clock == Long.MAX_VALUE ? clock : clock - tagWaitMillis);
        waiting.emitted(entryId, clock);
    }

    private void emitDue(String entryId, long until) throws Exception {
        setCurrentKey(entryId);
        ConvoyCase stored = stored();
        ConvoyCase next = logic.emit(withPending(stored, entryId), until, entryId, this::send);
        if (next != stored) {
            state.update(next);
        }
    }

    private void send(CrossCheckFinding convoy) {
        convoys.inc();
        DecisionLog.decided(
                LOG,
                convoy.derivedAlert(),
                convoy.isCancelled() ? "withdrawn" : "proposed",
                convoy::cause,
                null);
        output.collect(new StreamRecord<>(convoy));
    }

    /** Moves an entry's waiting events to state. Sets the entry as the current key. */
    private void applyPending(String entryId) throws Exception {
        setCurrentKey(entryId);
        ConvoyCase stored = stored();
        ConvoyCase next = withPending(stored, entryId);
        if (next != stored) {
            state.update(next);
        }
    }

    private ConvoyCase stored() throws Exception {
        ConvoyCase stored = state.value();
        return stored == null ? ConvoyCase.EMPTY : stored;
    }

    /** What is known of the current key with its waiting events, which stop waiting. */
    private ConvoyCase withPending(ConvoyCase stored, String entryId) {
        long last = Long.MIN_VALUE;
        ConvoyEvent[] facts = waiting.drain(entryId);
        for (ConvoyEvent fact : facts) {
            last = Math.max(last, fact.knownSince());
        }
        ConvoyCase next = stored.with(facts);
        if (next != stored) {
            // Rounded up to the minute, so that a trip needs few timers.
            ends.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, roundUp(MINUTE_MS, last + CrossCheckFinding.KEEP_MS));
        }
        return next;
    }

    private void applyAllPending() throws Exception {
        for (String entryId : waiting.all()) {
            bulkhead.runTimer(
                    entryId,
                    () -> lastFact(entryId),
                    () -> {
                        noteWaiting(entryId);
                        applyPending(entryId);
                    });
        }
    }

    /** Moves all waiting events to state before the snapshot. */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        applyAllPending();
        waiting.forEachDue(
                (entryId, due) -> {
                    setCurrentKey(entryId);
                    dues.registerEventTimeTimer(VoidNamespace.INSTANCE, due);
                });
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (!bulkhead.runTimer(timer.getKey(), this::evictOld)) {
            ends.registerEventTimeTimer(VoidNamespace.INSTANCE, timer.getTimestamp() + RETRY_MS);
        }
    }

    private void evictOld() throws Exception {
        ConvoyCase current = state.value();
        if (current != null) {
            ConvoyCase next =
                    current.since(ends.currentWatermark() - CrossCheckFinding.KEEP_MS + 1);
            if (next.isEmpty()) {
                state.clear();
            } else {
                state.update(next);
            }
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("convoys set no processing-time timers");
    }

    private static final class RestoreOnlyTimers implements Triggerable<String, VoidNamespace> {
        @Override
        public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
            // Needed only at a restore.
        }

        @Override
        public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
            throw new IllegalStateException("pending events set no processing-time timers");
        }
    }
}
