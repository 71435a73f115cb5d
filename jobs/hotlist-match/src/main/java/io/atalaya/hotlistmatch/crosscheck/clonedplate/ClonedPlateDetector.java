package io.atalaya.hotlistmatch.crosscheck.clonedplate;

import io.atalaya.contracts.rfid.TagKey;
import io.atalaya.flink.bulkhead.Bulkhead.Work;
import io.atalaya.flink.clock.WatermarkStallDetector;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.device.DeviceRegistrations;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.crosscheck.clonedplate.ArrivalOrder.Arrived;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import it.unimi.dsi.fastutil.longs.Long2LongMap;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
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
import java.util.stream.Stream;

/**
 * Watches the sightings of one subtask for cloned plates, in the order of their arrival: each waits
 * until the watermark says that what arrived before it is all there. The common one then costs a
 * look into a map; for a suspicious one the plate's sightings are read and judged as of its
 * arrival. So it is judged on the same facts in every run, whichever device was read from first.
 */
public final class ClonedPlateDetector
        implements Triggerable<Long, VoidNamespace>, ReadHistoryListener {
    private static final String CASES = "open-clones";

    private static final Comparator<EnrichedRead> LATER =
            Comparator.comparingLong((EnrichedRead enrichedRead) -> enrichedRead.read().time())
                    .thenComparing(EnrichedRead::readKey);

    private static final long NOTHING = Long.MAX_VALUE;

    /**
     * A text that is everywhere at once is no plate but a sign, or a flood: after so many changes
     * in a day it is no longer looked at.
     */
    private static final int MAX_REVISIONS = 64;

    private static final long RETRY_MS = 60_000;

    /** What the watch asks of the sightings. */
    @FunctionalInterface
    public interface Past {
        /** All that is kept of a folded plate, which becomes the current key. */
        List<StoredRead> of(long key) throws Exception;
    }

    /** What the watch asks of its operator, whose bulkheads a failure has to stay in. */
    public interface Units {
        /** Works on what is due for a plate; false if it failed. */
        boolean run(Object key, Work work) throws Exception;

        /** Takes the inverse of a change. */
        void onUndo(Work undo);

        /** A state whose changes a failed unit takes back. */
        <T> ValueState<T> state(ValueStateDescriptor<T> descriptor) throws Exception;
    }

    private final Units units;
    private final RegisteredDeviceLocations places = new RegisteredDeviceLocations();
    private final LastSightings last;
    private final CloneLogic logic;
    private final long tagWait;
    private final CloneComposer composer;
    private final Past past;
    private final Consumer<CrossCheckFinding> out;
    private final KeyedStateBackend<Long> backend;
    private final ValueState<OpenClones> cases;
    private final BroadcastState<String, DeviceHistory> devices;

    /** Folded plates with an open clone: every sighting of them is looked at. */
    private final LongOpenHashSet open = new LongOpenHashSet();

    /** Those of them that have changed too often. */
    private final LongOpenHashSet muted = new LongOpenHashSet();

    /** Folded plates that wait for the watermark, with where it has to be. */
    private final Long2LongOpenHashMap pending = new Long2LongOpenHashMap();

    private final ArrivalOrder arrived = new ArrivalOrder();
    private final UnregisteredDevices unregistered;

    private InternalTimerService<VoidNamespace> timers;
    private InternalTimerService<VoidNamespace> ends;
    private ProcessingTimeService clock;
    private final WatermarkStallDetector stall = new WatermarkStallDetector();
    private boolean checkDue;
    private Counter looks;
    private Counter clones;

    /**
     * To be made where the operator initializes its state.
     *
     * @param out takes what was found
     */
    public ClonedPlateDetector(
            CloneSettings rules,
            Units units,
            KeyedStateBackend<Long> backend,
            OperatorStateStore operatorState,
            Past past,
            Consumer<CrossCheckFinding> out)
            throws Exception {
        this.units = units;
        this.last = new LastSightings(places, rules.maxSpeedKmh(), units::onUndo);
        this.unregistered = new UnregisteredDevices(units::onUndo);
        this.tagWait = rules.tagWait().toMillis();
        this.logic = new CloneLogic(rules.maxSpeedKmh(), tagWait, places);
        this.composer = new CloneComposer(rules);
        this.past = past;
        this.out = out;
        this.backend = backend;
        this.cases =
                units.state(
                        new ValueStateDescriptor<>(
                                CASES, OpenClonesSerializer.INSTANCE.typeInfo()));
        this.devices = operatorState.getBroadcastState(DeviceRegistrations.STATE);
        for (Map.Entry<String, DeviceHistory> entry : devices.immutableEntries()) {
            places.put(entry.getKey(), entry.getValue());
        }
        try (Stream<Long> keys = backend.getKeys(CASES, VoidNamespace.INSTANCE)) {
            for (Long key : (Iterable<Long>) keys::iterator) {
                backend.setCurrentKey(key);
                note(key, cases.value());
            }
        }
    }

    /** Begins to watch: timers and metrics are there. */
    public void open(
            AbstractStreamOperator<?> operator, ProcessingTimeService service, MetricGroup metrics)
            throws Exception {
        clock = service;
        looks = HotlistMatchMetrics.CLONE_LOOKS.countIn(metrics);
        clones = HotlistMatchMetrics.CLONES.countIn(metrics);
        HotlistMatchMetrics.OPEN_CLONES.showIn(metrics, open::size);
        HotlistMatchMetrics.PENDING_CLONES.showIn(metrics, () -> pending.size() + arrived.size());
        timers = operator.getInternalTimerService("clones", VoidNamespaceSerializer.INSTANCE, this);
        ends =
                operator.getInternalTimerService(
                        "clone-ends", VoidNamespaceSerializer.INSTANCE, this);
        timers.forEachEventTimeTimer(
                (namespace, at) ->
                        pending.merge((long) backend.getCurrentKey(), (long) at, Math::max));
        scheduleCheck();
    }

    /** The next sighting looks at what is kept: to read all of it now would hold up the start. */
    @Override
    public void restored(long key) {
        if (!TagKey.isTag(key)) {
            last.unsure(key);
        }
    }

    @Override
    public void kept(long key, List<StoredRead> rows) {
        findLast(key, rows);
    }

    /** Notes an event that was appended under the current key. */
    public void seen(long key, long plate, PassageEvent event) {
        if (event.isOfTag()) {
            if (open.contains(key) && !muted.contains(key)) {
                judge(key, logic.due(event));
            }
        } else if (event instanceof Retraction retraction) {
            arrived(new Arrived(retraction.at(), key, 0, RegisteredDeviceLocations.UNKNOWN));
        } else if (event instanceof EnrichedRead enrichedRead
                && CloneLogic.isConfident(plate, enrichedRead)) {
            String deviceId = enrichedRead.read().deviceId();
            int device = places.number(deviceId);
            if (device == RegisteredDeviceLocations.UNKNOWN) {
                unregistered.saw(deviceId, key, enrichedRead.arrival());
            } else {
                arrived(
                        new Arrived(
                                enrichedRead.arrival(), key, enrichedRead.read().time(), device));
            }
        }
    }

    private void arrived(Arrived enrichedRead) {
        if (arrived.holds(enrichedRead)) {
            units.onUndo(() -> arrived.drop(enrichedRead));
            scheduleCheck();
        } else {
            take(enrichedRead);
        }
    }

    /** Takes up what has arrived by the watermark; to be called before the timers fire. */
    public void advanceTo(long watermark) throws Exception {
        arrived.passTo(watermark);
        for (Arrived next = arrived.take(); next != null; next = arrived.take()) {
            takeUnit(next);
        }
    }

    private void takeUnit(Arrived next) throws Exception {
        units.run(next.key(), () -> take(next));
    }

    /** Makes the state of a plate a new one. */
    public void forget(long key) {
        cases.clear();
        note(key, OpenClones.NONE);
        last.forget(key);
        pending.remove(key);
    }

    /**
     * Before a checkpoint: what has not been taken up is in no state, so it gets a timer. Without a
     * restore it fires in vain.
     */
    public void keepArrived() {
        arrived.forEach(
                each -> {
                    backend.setCurrentKey(each.key());
                    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, each.arrival() + tagWait);
                });
    }

    private void take(Arrived next) {
        long key = next.key();
        boolean suspicious = !next.ends() && last.isSuspicious(key, next.time(), next.device());
        if (next.ends() && last.knows(key)) {
            last.unsure(key);
        }
        if ((suspicious || open.contains(key)) && !muted.contains(key)) {
            backend.setCurrentKey(key);
            judge(key, next.arrival());
        }
    }

    /** Takes in a registration; sightings that waited for it are looked at. */
    public void seen(DeviceChange change) throws Exception {
        DeviceHistory history = DeviceRegistrations.take(change, devices, places::forget);
        if (places.put(change.deviceId(), history)) {
            for (Long2LongMap.Entry plate :
                    unregistered.remove(change.deviceId()).long2LongEntrySet()) {
                long key = plate.getLongKey();
                long due = plate.getLongValue();
                units.run(
                        key,
                        () -> {
                            backend.setCurrentKey(key);
                            judge(key, due);
                        });
            }
        }
    }

    @Override
    public void onEventTime(InternalTimer<Long, VoidNamespace> timer) throws Exception {
        long key = timer.getKey();
        if (!units.run(key, () -> judgeDue(key, timer.getTimestamp()))) {
            // Else an open clone would never end.
            ends.registerEventTimeTimer(
                    VoidNamespace.INSTANCE, timers.currentWatermark() + RETRY_MS);
        }
    }

    private void judgeDue(long key, long at) throws Exception {
        if (!pending.containsKey(key) && !open.contains(key)) {
            // Judged while the clock stood still, or only kept for a restore.
            return;
        }
        if (pending.get(key) <= at) {
            pending.remove(key);
        }
        long next = look(key, at - tagWait);
        while (next <= timers.currentWatermark() - tagWait) {
            next = look(key, next);
        }
        if (next != NOTHING) {
            judge(key, next);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<Long, VoidNamespace> timer) {
        throw new IllegalStateException("the clone watch sets no keyed processing-time timers");
    }

    /**
     * Looks at the current key once the watermark has passed {@code due}, and the wait for the tags
     * of what arrived then: what a covert entry knows by its tag must be kept from others from the
     * first message on.
     */
    private void judge(long key, long due) {
        // What comes behind the watermark is judged as of now: earlier moments are over.
        long at = Math.max(due + tagWait, timers.currentWatermark() + 1);
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
        scheduleCheck();
    }

    private void scheduleCheck() {
        if (!checkDue && (!pending.isEmpty() || arrived.size() > 0)) {
            checkDue = true;
            long now = clock.getCurrentProcessingTime();
            stall.see(timers.currentWatermark(), now);
            clock.registerTimer(now + WatermarkStallDetector.STALLED_MS, this::check);
        }
    }

    /** While the watermark stands still: judge on what is there. */
    private void check(long now) throws Exception {
        checkDue = false;
        if (stall.isStalled(timers.currentWatermark(), now, tagWait)) {
            for (Arrived next = arrived.takeAny(); next != null; next = arrived.takeAny()) {
                takeUnit(next);
            }
            Long2LongMap due = new Long2LongOpenHashMap(pending);
            pending.clear();
            for (Long2LongMap.Entry entry : due.long2LongEntrySet()) {
                long key = entry.getLongKey();
                long at = entry.getLongValue();
                units.run(key, () -> lookFrom(key, at - tagWait));
            }
        }
        scheduleCheck();
    }

    private void lookFrom(long key, long due) throws Exception {
        long next = due;
        while (next != NOTHING) {
            next = look(key, next);
        }
    }

    /**
     * Judges a plate as of {@code due}; returns when what comes next is due among what is kept
     * already: it may be the other half of a pair, and was not suspicious when it was alone.
     */
    private long look(long key, long due) throws Exception {
        looks.inc();
        List<StoredRead> rows = past.of(key);
        OpenClones known = cases.value();
        OpenClones old = known == null ? OpenClones.NONE : known;
        // Never on less than was told of before.
        long until = Math.max(due, old.lastAt());
        long horizon = until + tagWait - CrossCheckFinding.KEEP_MS;
        OpenClones next = old;
        for (Map.Entry<Long, List<PassageEvent>> plate : byPlate(rows).entrySet()) {
            for (ClonedPlate found :
                    logic.derive(plate.getKey(), plate.getValue(), until, old.of(plate.getKey()))) {
                next = emit(found, next, horizon);
            }
        }
        next = next.since(horizon);
        if (next.all().isEmpty()) {
            cases.clear();
        } else {
            cases.update(next);
        }
        note(key, next);
        findLast(key, rows);
        long following = NOTHING;
        if (muted.contains(key)) {
            return following;
        }
        for (StoredRead row : rows) {
            if (logic.due(row.event()) > until) {
                following = Math.min(following, logic.due(row.event()));
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
        set(muted, key, known.all().stream().anyMatch(each -> each.revision() >= MAX_REVISIONS));
    }

    private static void set(LongSet keys, long key, boolean isIn) {
        if (isIn) {
            keys.add(key);
        } else {
            keys.remove(key);
        }
    }

    private OpenClones emit(ClonedPlate found, OpenClones known, long horizon) {
        OpenClones.Open before = known.of(found.anchor());
        if (before == null ? found.at() < horizon : !isNews(found, before)) {
            return known;
        }
        // What was told before all was known may have had more revisions than there are now.
        long revision =
                before == null
                        ? found.revision()
                        : Math.max(found.revision(), before.revision() + 1);
        // Its status is told by its facts: the same in every run, whatever number it has come to.
        CrossCheckFinding crossCheckFinding = composer.compose(found).revised(revision);
        // What never reached review is not spoken of; what was taken back is, in every run alike.
        if (!crossCheckFinding.isTakenBack()
                || found.takenBack()
                || before != null && !before.takenBack()) {
            clones.inc();
            out.accept(crossCheckFinding);
        }
        ends.registerEventTimeTimer(
                VoidNamespace.INSTANCE, found.at() + CrossCheckFinding.KEEP_MS + 1);
        return known.with(
                new OpenClones.Open(
                        found.anchor(),
                        revision,
                        crossCheckFinding.isTakenBack(),
                        found.at(),
                        found.digest(),
                        found.tags()));
    }

    private static boolean isNews(ClonedPlate found, OpenClones.Open before) {
        return before.digest() == 0
                ? found.revision() > before.revision()
                : found.digest() != before.digest();
    }

    private static Map<Long, List<PassageEvent>> byPlate(List<StoredRead> rows) {
        Map<Long, List<PassageEvent>> byPlate = new HashMap<>();
        for (StoredRead row : rows) {
            byPlate.computeIfAbsent(row.plate(), plate -> new ArrayList<>()).add(row.event());
        }
        return byPlate;
    }

    /** A read that is gone hides nothing: what came before it is the last. */
    private void findLast(long key, List<StoredRead> rows) {
        Set<String> retraction = new HashSet<>();
        for (StoredRead row : rows) {
            if (row.event() instanceof Retraction end && end.at() <= arrived.passed()) {
                retraction.add(end.readKey());
            }
        }
        EnrichedRead latest = null;
        for (StoredRead row : rows) {
            if (row.event() instanceof EnrichedRead enrichedRead
                    && !retraction.contains(enrichedRead.readKey())
                    && CloneLogic.isConfident(row.plate(), enrichedRead)
                    && enrichedRead.arrival() <= arrived.passed()
                    && places.number(enrichedRead.read().deviceId())
                            != RegisteredDeviceLocations.UNKNOWN
                    && (latest == null || LATER.compare(enrichedRead, latest) > 0)) {
                latest = enrichedRead;
            }
        }
        if (latest == null) {
            last.forget(key);
        } else {
            last.set(key, latest.read().time(), places.number(latest.read().deviceId()));
        }
    }
}
