package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.flink.clock.StallCheck;
import io.atalaya.flink.clock.UntilWatermark;
import io.atalaya.flink.clock.WatermarkStallDetector;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.device.DeviceRegistrations;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.CloneLogic.ClonedPlate;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.StoredRead.ReadHistoryListener;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.UnregisteredDevices.WaitingRead;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Detects cloned plates among the reads of one subtask, in order of arrival: each read waits for
 * the watermark, so that all earlier arrivals are present. A common read then costs one map
 * look-up; for a suspicious one the plate's reads are loaded and evaluated as of its arrival. Every
 * run thus uses the same facts, whichever device is read first.
 */
public final class ClonedPlateDetector
        implements Triggerable<Long, VoidNamespace>, ReadHistoryListener {
    private static final String CASES = "open-clones";

    private static final Comparator<EnrichedRead> LATER =
            Comparator.comparingLong(
                            (EnrichedRead enrichedRead) -> enrichedRead.read().deviceTime())
                    .thenComparing(EnrichedRead::readKey);

    private static final ListStateDescriptor<Long> LATEST =
            new ListStateDescriptor<>("latest-clone-read", Types.LONG);

    private static final ListStateDescriptor<ArrivedReads> ARRIVED =
            new ListStateDescriptor<>("arrived-clone-reads", BinaryTypeInfo.of(ArrivedReads.class));

    private static final long NOTHING = Long.MAX_VALUE;

    /**
     * A text that is everywhere at once is a sign or a flood, not a plate: after this many changes
     * of one clone it is ignored.
     */
    private static final int MAX_CHANGES = 64;

    private static final long RETRY_MS = 60_000;

    /** Access to the stored reads. */
    @FunctionalInterface
    public interface StoredReads {
        /** All stored reads of a folded plate, which becomes the current key. */
        List<StoredRead> of(long key) throws Exception;
    }

    /** Access to the operator, whose bulkhead isolates failures. */
    public interface Units {
        /** Runs the work that is due for a plate; returns false if it failed. */
        boolean run(Object key, Work work) throws Exception;

        /** Registers the inverse of a change. */
        void onUndo(Work undo);

        /** A state whose changes are undone when a unit of work fails. */
        <T> ValueState<T> state(ValueStateDescriptor<T> descriptor) throws Exception;
    }

    private final Units units;
    private final RegisteredDeviceLocations locations = new RegisteredDeviceLocations();
    private final LastReads last;
    private final CloneLogic logic;
    private final long tagWaitMillis;
    private final CloneComposer composer;
    private final StoredReads past;
    private final Consumer<CrossCheckFinding> out;
    private final KeyedStateBackend<Long> backend;
    private final ValueState<OpenClones> cases;
    private final BroadcastState<String, DeviceHistory> devices;

    /** Folded plates with an open clone; each of their reads is evaluated. */
    private final LongOpenHashSet open = new LongOpenHashSet();

    /** Open plates that have reached {@link #MAX_CHANGES}. */
    private final LongOpenHashSet muted = new LongOpenHashSet();

    /** Folded plates that wait, with the watermark at which they are evaluated. */
    private final Long2LongOpenHashMap pending = new Long2LongOpenHashMap();

    /** Reads in front of the watermark, because devices are in several partitions. */
    private final UntilWatermark<Arrived> arrived =
            new UntilWatermark<>(
                    Arrived::arrivalTime, Comparator.comparingLong(Arrived::deviceTime));

    /** Arrival time up to which all reads have been processed. */
    private long passed = Long.MIN_VALUE;

    /** Arrival time of the last read before a restore, after which the watermark starts again. */
    private long latestBefore = Long.MIN_VALUE;

    private final ListState<Long> latestState;

    /** The reads in {@link #arrived} of all subtasks, as of the checkpoint. */
    private final ListState<ArrivedReads> arrivedState;

    private final LongPredicate isOwn;

    private final UnregisteredDevices unregistered;

    private InternalTimerService<VoidNamespace> timers;
    private InternalTimerService<VoidNamespace> ends;

    /** Holds reads at devices that were not registered when they came, by deviceId. */
    private InternalTimerService<String> unregisteredReads;

    private StallCheck check;
    private Counter evaluations;
    private Counter clones;

    /**
     * A read, or the retraction of one.
     *
     * @param key folded plate
     * @param deviceTime device time of the read, epoch ms
     * @param device its number; {@link RegisteredDeviceLocations#UNKNOWN} for a retraction
     */
    private record Arrived(long arrivalTime, long key, long deviceTime, int device) {
        boolean isRetraction() {
            return device == RegisteredDeviceLocations.UNKNOWN;
        }
    }

    /** The waiting reads of a subtask at a checkpoint. */
    record ArrivedReads(List<ArrivedRead> reads) {}

    /**
     * A waiting read.
     *
     * @param key folded plate
     */
    record ArrivedRead(long key, long arrivalTime) {}

    /**
     * Must be created when the operator initializes its state.
     *
     * @param isOwn whether a key is of this subtask
     * @param out receives the findings
     */
    public ClonedPlateDetector(
            CloneSettings rules,
            Units units,
            KeyedStateBackend<Long> backend,
            OperatorStateStore operatorState,
            LongPredicate isOwn,
            StoredReads past,
            Consumer<CrossCheckFinding> out)
            throws Exception {
        this.units = units;
        this.last = new LastReads(locations, rules.maxSpeedKmh(), units::onUndo);
        this.unregistered = new UnregisteredDevices(units::onUndo);
        this.tagWaitMillis = rules.tagWait().toMillis();
        this.logic = new CloneLogic(rules.maxSpeedKmh(), tagWaitMillis, locations);
        this.composer = new CloneComposer(rules);
        this.isOwn = isOwn;
        this.past = past;
        this.out = out;
        this.backend = backend;
        this.cases =
                units.state(new ValueStateDescriptor<>(CASES, BinaryTypeInfo.of(OpenClones.class)));
        this.devices = operatorState.getBroadcastState(DeviceRegistrations.STATE);
        this.arrivedState = operatorState.getUnionListState(ARRIVED);
        this.latestState = operatorState.getUnionListState(LATEST);
        for (long each : latestState.get()) {
            latestBefore = Math.max(latestBefore, each);
        }
        for (Map.Entry<String, DeviceHistory> entry : devices.immutableEntries()) {
            locations.put(entry.getKey(), entry.getValue());
        }
        try (Stream<Long> keys = backend.getKeys(CASES, VoidNamespace.INSTANCE)) {
            for (Long key : (Iterable<Long>) keys::iterator) {
                backend.setCurrentKey(key);
                note(key, cases.value());
            }
        }
    }

    /** Starts the detector once timers and metrics are available. */
    public void open(
            AbstractStreamOperator<?> operator, ProcessingTimeService service, MetricGroup metrics)
            throws Exception {
        evaluations = HotlistMatchMetrics.CLONE_CHECKS.countIn(metrics);
        clones = HotlistMatchMetrics.CLONES.countIn(metrics);
        HotlistMatchMetrics.OPEN_CLONES.showIn(metrics, open::size);
        HotlistMatchMetrics.PENDING_CLONES.showIn(metrics, () -> pending.size() + arrived.size());
        timers =
                operator.getInternalTimerService(
                        "clone-checks", VoidNamespaceSerializer.INSTANCE, this);
        ends =
                operator.getInternalTimerService(
                        "clone-expiry", VoidNamespaceSerializer.INSTANCE, this);
        unregisteredReads =
                operator.getInternalTimerService(
                        "clone-unregistered", StringSerializer.INSTANCE, new Expiry());
        unregisteredReads.forEachEventTimeTimer(
                (deviceId, at) -> {
                    if (locations.number(deviceId) == RegisteredDeviceLocations.UNKNOWN) {
                        unregistered.restore(
                                new WaitingRead(
                                        deviceId,
                                        (long) backend.getCurrentKey(),
                                        at - CrossCheckFinding.KEEP_MS));
                    }
                });
        timers.forEachEventTimeTimer(
                (namespace, at) ->
                        pending.merge((long) backend.getCurrentKey(), (long) at, Math::max));
        restoreArrived();
        check =
                new StallCheck(
                        service,
                        timers::currentWatermark,
                        () -> !pending.isEmpty() || !arrived.isEmpty(),
                        WatermarkStallDetector.STALLED_MS,
                        tagWaitMillis,
                        this::evaluateIfStalled);
        check.schedule();
    }

    private void restoreArrived() throws Exception {
        for (ArrivedReads each : arrivedState.get()) {
            for (ArrivedRead read : each.reads()) {
                if (isOwn.test(read.key())) {
                    long at = read.arrivalTime() + tagWaitMillis;
                    backend.setCurrentKey(read.key());
                    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
                    pending.merge(read.key(), at, Math::max);
                }
            }
        }
    }

    /**
     * The next read of the plate loads the stored ones, because loading all of them now would delay
     * the start.
     */
    @Override
    public void restored(long key) {
        if (!TagKey.isTag(key)) {
            last.unsure(key);
        }
    }

    @Override
    public void dropped(long key) {
        last.evict(key);
    }

    /** Whether the plate has a clone that is not cancelled, so that the event of a tag counts. */
    public boolean isOpen(long key) {
        return open.contains(key);
    }

    /** Handles an event that was appended under the current key. */
    public void onEvent(long key, long plate, PassageEvent event) {
        if (event.isOfTag()) {
            if (open.contains(key) && !muted.contains(key)) {
                schedule(key, logic.releaseAt(event));
            }
        } else if (event instanceof Retraction retraction) {
            arrived(new Arrived(retraction.causedAt(), key, 0, RegisteredDeviceLocations.UNKNOWN));
        } else if (event instanceof EnrichedRead enrichedRead
                && CloneLogic.isConfident(plate, enrichedRead)) {
            String deviceId = enrichedRead.read().deviceId();
            int device = locations.number(deviceId);
            if (device == RegisteredDeviceLocations.UNKNOWN) {
                unregistered.add(new WaitingRead(deviceId, key, enrichedRead.arrivalTime()));
            } else {
                arrived(
                        new Arrived(
                                enrichedRead.arrivalTime(),
                                key,
                                enrichedRead.read().deviceTime(),
                                device));
            }
        }
    }

    private void arrived(Arrived enrichedRead) {
        if (enrichedRead.arrivalTime() > passed) {
            arrived.add(enrichedRead);
            units.onUndo(() -> arrived.remove(enrichedRead));
            check.schedule();
        } else {
            apply(enrichedRead);
        }
    }

    /** Processes the reads that arrived by the watermark; must be called before the timers fire. */
    public void advanceTo(long watermark) throws Exception {
        passed = Math.max(passed, watermark);
        takeUntil(passed);
    }

    private void takeUntil(long arrival) throws Exception {
        arrived.release(
                arrival,
                next -> {
                    passed = Math.max(passed, next.arrivalTime());
                    units.run(next.key(), () -> apply(next));
                });
    }

    /** Resets the state of a plate. */
    public void evict(long key) {
        cases.clear();
        note(key, OpenClones.NONE);
        last.evict(key);
        pending.remove(key);
    }

    /**
     * Registers a timer for each new read at an unregistered device; must be called before a
     * barrier, because a checkpoint may miss later timers.
     */
    public void keepUnregistered() {
        for (WaitingRead each : unregistered.drainUnsaved()) {
            backend.setCurrentKey(each.key());
            unregisteredReads.registerEventTimeTimer(
                    each.deviceId(), each.arrivalTime() + CrossCheckFinding.KEEP_MS);
        }
    }

    /** Stores the reads in front of the watermark and the arrival time of the last read. */
    public void snapshot() throws Exception {
        long latest = Math.max(passed, latestBefore);
        List<ArrivedRead> reads = new ArrayList<>(arrived.size());
        for (Arrived each : arrived.items()) {
            reads.add(new ArrivedRead(each.key(), each.arrivalTime()));
            latest = Math.max(latest, each.arrivalTime());
        }
        arrivedState.update(List.of(new ArrivedReads(reads)));
        latestState.update(List.of(latest));
    }

    private void apply(Arrived next) {
        long key = next.key();
        boolean suspicious =
                !next.isRetraction() && last.isSuspicious(key, next.deviceTime(), next.device());
        if (next.isRetraction() && last.hasPlate(key)) {
            last.unsure(key);
        }
        if ((suspicious || open.contains(key)) && !muted.contains(key)) {
            backend.setCurrentKey(key);
            schedule(key, next.arrivalTime());
        }
    }

    /** Applies a registration and evaluates the plates that waited for it. */
    public void onEvent(DeviceChange change) throws Exception {
        DeviceHistory history = DeviceRegistrations.apply(change, devices, locations::evict);
        if (locations.put(change.deviceId(), history)) {
            for (Long2LongMap.Entry plate :
                    unregistered.remove(change.deviceId()).long2LongEntrySet()) {
                long key = plate.getLongKey();
                long due = plate.getLongValue();
                units.run(
                        key,
                        () -> {
                            backend.setCurrentKey(key);
                            schedule(key, due);
                        });
            }
        }
    }

    @Override
    public void onEventTime(InternalTimer<Long, VoidNamespace> timer) throws Exception {
        long key = timer.getKey();
        if (!units.run(key, () -> evaluateDue(key, timer.getTimestamp()))) {
            // Without this retry an open clone would never end.
            ends.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, timers.currentWatermark() + RETRY_MS);
        }
    }

    private void evaluateDue(long key, long at) throws Exception {
        if (!pending.containsKey(key) && !open.contains(key)) {
            // It was evaluated while the watermark was stalled.
            return;
        }
        if (pending.get(key) <= at) {
            pending.remove(key);
        }
        List<StoredRead> rows = past.of(key);
        long next = evaluate(key, rows, at - tagWaitMillis);
        while (next <= timers.currentWatermark() - tagWaitMillis) {
            next = evaluate(key, rows, next);
        }
        if (next != NOTHING) {
            schedule(key, next);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<Long, VoidNamespace> timer) {
        throw new IllegalStateException("the clone watch sets no keyed processing-time timers");
    }

    /**
     * Evaluates the current key once the watermark has passed {@code due} and the wait for tags,
     * because a covert entry known only by its tag must be restricted from the first message on.
     */
    private void schedule(long key, long due) {
        // An event behind the watermark is evaluated as of now, because earlier moments have
        // passed.
        long at = Math.max(due + tagWaitMillis, timers.currentWatermark() + 1);
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, at);
        boolean isNew = !pending.containsKey(key);
        long old = pending.get(key);
        pending.merge(key, at, Math::max);
        units.onUndo(
                () -> {
                    if (isNew) {
                        pending.remove(key);
                    } else {
                        pending.put(key, old);
                    }
                });
        check.schedule();
    }

    private void evaluateIfStalled(boolean isStalled) throws Exception {
        if (isStalled) {
            takeUntil(Long.MAX_VALUE);
            Long2LongMap due = new Long2LongOpenHashMap(pending);
            pending.clear();
            for (Long2LongMap.Entry entry : due.long2LongEntrySet()) {
                long key = entry.getLongKey();
                long at = entry.getLongValue();
                units.run(key, () -> evaluateFrom(key, at - tagWaitMillis));
            }
        }
    }

    private void evaluateFrom(long key, long due) throws Exception {
        List<StoredRead> rows = past.of(key);
        long next = due;
        while (next != NOTHING) {
            next = evaluate(key, rows, next);
        }
    }

    /**
     * Evaluates the current key as of {@code due}. Returns when the next stored event is due,
     * because that event may complete a pair although it was not suspicious on its own.
     */
    private long evaluate(long key, List<StoredRead> rows, long due) throws Exception {
        evaluations.inc();
        OpenClones known = cases.value();
        OpenClones old = known == null ? OpenClones.NONE : known;
        // Never uses fewer facts than an earlier emission.
        long until = Math.max(due, old.lastAt());
        long horizon = until + tagWaitMillis - CrossCheckFinding.KEEP_MS;
        OpenClones next = old;
        for (Map.Entry<Long, List<PassageEvent>> plate : byPlate(rows).entrySet()) {
            for (ClonedPlate found :
                    logic.derive(plate.getKey(), plate.getValue(), until, old.of(plate.getKey()))) {
                next = emit(found, next, horizon);
            }
        }
        next = next.since(horizon);
        if (!next.all().isEmpty()) {
            cases.update(next);
        } else if (known != null) {
            cases.clear();
        }
        note(key, next);
        findLast(key, rows);
        long following = NOTHING;
        if (muted.contains(key)) {
            return following;
        }
        for (StoredRead row : rows) {
            if (logic.releaseAt(row.event()) > until) {
                following = Math.min(following, logic.releaseAt(row.event()));
            }
        }
        return following;
    }

    private void note(long key, OpenClones known) {
        boolean wasOpen = open.contains(key);
        boolean wasMuted = muted.contains(key);
        units.onUndo(
                () -> {
                    set(open, key, wasOpen);
                    set(muted, key, wasMuted);
                });
        set(open, key, !known.all().isEmpty());
        set(muted, key, known.all().stream().anyMatch(each -> each.changeCount() >= MAX_CHANGES));
    }

    private static void set(LongSet keys, long key, boolean isIn) {
        if (isIn) {
            keys.add(key);
        } else {
            keys.remove(key);
        }
    }

    private OpenClones emit(ClonedPlate found, OpenClones known, long horizon) {
        OpenClones.Open before = known.of(found.identityKey());
        CrossCheckFinding crossCheckFinding =
                composer.compose(found).after(before == null ? 0 : before.revision());
        int digest = crossCheckFinding.digest();
        if (before == null ? found.changedAt() < horizon : digest == before.digest()) {
            return known;
        }
        // A finding that never reached review is not emitted. A clone with no pair left is always
        // emitted as retracted, so that every run emits the same.
        if (!crossCheckFinding.isCancelled()
                || found.isCancelled()
                || before != null && !before.isCancelled()) {
            clones.inc();
            out.accept(crossCheckFinding);
        }
        ends.registerEventTimeTimer(
                VoidNamespace.INSTANCE, found.changedAt() + CrossCheckFinding.KEEP_MS + 1);
        return known.with(
                new OpenClones.Open(
                        found.identityKey(),
                        crossCheckFinding.derivedAlert().revision(),
                        before == null ? 1 : before.changeCount() + 1,
                        crossCheckFinding.isCancelled(),
                        found.changedAt(),
                        digest,
                        found.tags()));
    }

    private static Map<Long, List<PassageEvent>> byPlate(List<StoredRead> rows) {
        Map<Long, List<PassageEvent>> byPlate = new HashMap<>();
        for (StoredRead row : rows) {
            byPlate.computeIfAbsent(row.plate(), plate -> new ArrayList<>()).add(row.event());
        }
        return byPlate;
    }

    /**
     * A retracted read is skipped, so that the read before it becomes the last one. If a read in
     * front of the watermark may have been processed before a restore, the last one is unknown.
     */
    private void findLast(long key, List<StoredRead> rows) {
        Set<String> retraction = new HashSet<>();
        for (StoredRead row : rows) {
            if (row.event() instanceof Retraction end && end.causedAt() <= passed) {
                retraction.add(end.readKey());
            }
        }
        EnrichedRead latest = null;
        for (StoredRead row : rows) {
            if (row.event() instanceof EnrichedRead enrichedRead
                    && !retraction.contains(enrichedRead.readKey())
                    && CloneLogic.isConfident(row.plate(), enrichedRead)
                    && locations.number(enrichedRead.read().deviceId())
                            != RegisteredDeviceLocations.UNKNOWN) {
                if (enrichedRead.arrivalTime() > passed) {
                    if (enrichedRead.arrivalTime() <= latestBefore) {
                        last.unsure(key);
                        return;
                    }
                } else if (latest == null || LATER.compare(enrichedRead, latest) > 0) {
                    latest = enrichedRead;
                }
            }
        }
        if (latest == null) {
            last.evict(key);
        } else {
            last.set(key, latest.read().deviceTime(), locations.number(latest.read().deviceId()));
        }
    }

    /** Drops a read whose device was not registered in time. */
    private static final class Expiry implements Triggerable<Long, String> {
        @Override
        public void onEventTime(InternalTimer<Long, String> timer) {
            // The timer itself was the state.
        }

        @Override
        public void onProcessingTime(InternalTimer<Long, String> timer) {
            throw new IllegalStateException("reads wait by event time only");
        }
    }
}
