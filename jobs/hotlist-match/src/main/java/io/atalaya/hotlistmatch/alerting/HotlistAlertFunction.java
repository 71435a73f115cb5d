package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.clock.WatermarkStallDetector;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.device.DeviceRegistrations;
import io.atalaya.flink.logging.DecisionLog;
import io.atalaya.flink.metrics.LatencyHistogram;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.flink.timer.EndedVersions;
import io.atalaya.hotlistmatch.alerting.AlertUpdater.AlertUpdates;
import io.atalaya.hotlistmatch.alerting.AlertUpdater.OpenAlert;
import io.atalaya.hotlistmatch.calibration.OffsetHistory;
import io.atalaya.hotlistmatch.calibration.OffsetTable;
import io.atalaya.hotlistmatch.event.EnrichedRead;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ListedPassages;
import io.atalaya.hotlistmatch.event.PassageEvent;
import io.atalaya.hotlistmatch.event.PassageRead;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.Retraction;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import static io.atalaya.flink.timer.TimerCoalescing.roundUp;

/**
 * Keeps the state of one entry per key: applies facts in any order, derives all alerts, and emits
 * those that changed. A live match is emitted at once. A burst of facts (catching up, past-read
 * matching, a revision with the retraction of its predecessor, a device that is not registered yet)
 * is debounced, so that its order has no effect.
 */
public final class HotlistAlertFunction extends BulkheadOperator<Alert>
        implements TwoInputStreamOperator<EntryEvent, ReferenceUpdate, Alert>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(HotlistAlertFunction.class);

    /** Updates of the passages of listed vehicles. */
    public static final OutputTag<ListedPassage> LISTED_PASSAGES =
            new OutputTag<>("listed-passages", BinaryTypeInfo.of(ListedPassage.class));

    /** Events that arrived longer ago than this, in ms, count as catch-up. */
    private static final long LIVE_MS = 5_000;

    private static final long DEBOUNCE_MS = 500;

    /** For the reads before an entry, which the read history finds one right after the other. */
    private static final long PAST_MS = 100;

    private static final long DEVICE_WAIT_MS = 2_000;
    private static final long DEVICE_RECHECK_MS = 5_000;

    /** Held alerts are re-checked at this interval in ms, because the watermark may stall. */
    private static final long HELD_RECHECK_MS = 1_000;

    /**
     * How long matches wait for an entry that has not arrived yet, and a retraction for its read,
     * in ms.
     */
    private static final long ORPHAN_MS = Duration.ofMinutes(10).toMillis();

    private static final long MINUTE_MS = 60_000;

    private final AlertingSettings settings;

    private transient BroadcastState<String, DeviceHistory> registered;
    private transient BroadcastState<String, OffsetHistory> histories;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient InternalTimerService<VoidNamespace> orphans;
    private transient EndedVersions<String> endedVersions;
    private transient ValueState<EntryState> state;
    private transient ValueState<ListedPassages> emittedPassages;
    private transient AlertContext devices;
    private transient AlertUpdater updater;
    private transient OffsetTable offsets;
    private transient WatermarkStallDetector stall;
    private transient Counter alerts;
    private transient Counter reviews;
    private transient Counter unregisteredDevices;
    private transient LatencyHistogram latency;

    public HotlistAlertFunction(BulkheadSettings bulkhead, AlertingSettings settings) {
        super(bulkhead, false);
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        registered = context.getOperatorStateStore().getBroadcastState(DeviceRegistrations.STATE);
        histories = context.getOperatorStateStore().getBroadcastState(OffsetTable.OFFSETS);
        state =
                valueState(
                        new ValueStateDescriptor<>("entry", BinaryTypeInfo.of(EntryState.class)));
        emittedPassages =
                valueState(
                        new ValueStateDescriptor<>(
                                "emitted-passages", BinaryTypeInfo.of(ListedPassages.class)));
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("alert-checks", VoidNamespaceSerializer.INSTANCE, this);
        orphans =
                getInternalTimerService(
                        "orphans", VoidNamespaceSerializer.INSTANCE, new OrphanTimers());
        endedVersions = new EndedVersions<>(settings.keepEnded(), RETRY_MS, this::evictVersions);
        endedVersions.open(
                getInternalTimerService("ended-versions", LongSerializer.INSTANCE, endedVersions));
        devices = new BroadcastContext();
        updater = new AlertUpdater(settings, restoredAt());
        stall = new WatermarkStallDetector();
        offsets = new OffsetTable(getMetricGroup());
        alerts = HotlistMatchMetrics.ALERTS.countIn(getMetricGroup());
        reviews = HotlistMatchMetrics.REVIEWS.countIn(getMetricGroup());
        unregisteredDevices = HotlistMatchMetrics.UNREGISTERED_DEVICES.countIn(getMetricGroup());
        latency = HotlistMatchMetrics.ARRIVAL_TO_ALERT.measureIn(getMetricGroup());
    }

    @Override
    public void processElement1(StreamRecord<EntryEvent> element) throws Exception {
        EntryEvent input = element.getValue();
        if (input instanceof EntryEvent.ReadMatched finding) {
            bulkhead.run(
                    input.entryId(),
                    finding.event().causedAt(),
                    input,
                    () -> applyAndEmit(finding));
            return;
        }
        // The version is stored even if its alerts cannot be derived.
        bulkhead.runUnpaused(input.entryId(), input, () -> applyVersion(input));
    }

    private void applyVersion(EntryEvent version) throws Exception {
        EntryState old = current();
        EntryState next = updater.apply(old, version);
        if (next == old) {
            return;
        }
        if (version instanceof EntryEvent.VersionEnded ended) {
            endedVersions.ended(ended.inForceTo());
        }
        state.update(next);
        if (!bulkhead.runUnpaused(
                version.entryId(),
                version,
                () -> {
                    EntryState emitted = emitOrSettle(version, old, next);
                    if (emitted != next) {
                        state.update(emitted);
                    }
                })) {
            retry();
        }
    }

    private void applyAndEmit(EntryEvent.ReadMatched finding) throws Exception {
        EntryState old = current();
        EntryState next = updater.apply(old, finding);
        if (next != old) {
            if (finding.event() instanceof Retraction retraction
                    && !old.hasPassage(retraction.passageId())) {
                // Its read may come later, by way of OCR or of a search of the past. Mostly none
                // comes: a camera may revise every read, and most reads are near to some entry.
                lookForOrphans();
            }
            state.update(emitOrSettle(finding, old, next));
        }
    }

    private void lookForOrphans() {
        orphans.registerProcessingTimeTimer(
                VoidNamespace.INSTANCE,
                roundUp(MINUTE_MS, timers.currentProcessingTime() + ORPHAN_MS));
    }

    private EntryState current() throws Exception {
        EntryState current = state.value();
        return current == null ? EntryState.EMPTY : current;
    }

    private EntryState emitOrSettle(EntryEvent input, EntryState old, EntryState next)
            throws Exception {
        long now = timers.currentProcessingTime();
        if (next.intervals().isEmpty()) {
            timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, now + ORPHAN_MS);
        } else if (!next.passages().isEmpty()) {
            if (input instanceof EntryEvent.ReadMatched) {
                // A registration that arrives later may assign the device to another site.
                timers.registerProcessingTimeTimer(
                        VoidNamespace.INSTANCE, roundUp(DEBOUNCE_MS, now + DEVICE_WAIT_MS));
            }
            long settle = settle(input, old, devices, now);
            if (settle == 0) {
                return emit(next, input::cause);
            }
            if (LOG.isDebugEnabled()) {
                LOG.debug(
                        "entry {} waits {} ms: by {}, because more may follow",
                        input.entryId(),
                        settle,
                        input.cause());
            }
            timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, now + settle);
        }
        return next;
    }

    /** Keeps the versions of the entry, because they are part of the list and must not be lost. */
    @Override
    protected void recover(Object key, boolean isRepeated) throws Exception {
        EntryState current = state.value();
        if (!isRepeated || current == null) {
            return;
        }
        emittedPassages.clear();
        if (current.intervals().isEmpty()) {
            state.clear();
        } else {
            state.update(current.withoutPassages());
        }
    }

    /**
     * Retries, so that held alerts, alerts that wait for a device and ended versions are not lost.
     */
    private void retry() {
        timers.registerProcessingTimeTimer(
                VoidNamespace.INSTANCE, timers.currentProcessingTime() + RETRY_MS);
    }

    @Override
    public void processElement2(StreamRecord<ReferenceUpdate> element) throws Exception {
        ReferenceUpdate referenceUpdate = element.getValue();
        bulkhead.runStateless("reference update", referenceUpdate, () -> apply(referenceUpdate));
    }

    private void apply(ReferenceUpdate referenceUpdate) throws Exception {
        if (referenceUpdate instanceof ReferenceUpdate.DeviceChanged device) {
            DeviceRegistrations.apply(device.change(), registered);
        } else if (referenceUpdate instanceof ReferenceUpdate.CalibrationChanged offset) {
            offsets.apply(offset, histories);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        onTimer(timer.getKey());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        onTimer(timer.getKey());
    }

    private void onTimer(String entryId) throws Exception {
        if (!bulkhead.runTimer(entryId, () -> current().lastFact(), this::emitDue)) {
            retry();
        }
    }

    private void emitDue() throws Exception {
        EntryState current = state.value();
        if (current != null) {
            emitOrEvict(current);
        }
    }

    private boolean evictVersions(String entryId, long end) throws Exception {
        return bulkhead.runTimer(
                entryId,
                () -> current().lastFact(),
                () -> {
                    EntryState current = state.value();
                    if (current != null) {
                        emitOrEvict(updater.prunedBefore(end + 1, current, devices));
                    }
                });
    }

    private void emitOrEvict(EntryState current) throws Exception {
        if (current.intervals().isEmpty()) {
            state.clear();
            emittedPassages.clear();
        } else {
            state.update(emit(current, () -> timerAfter(current.lastFact())));
        }
    }

    /** How long to debounce before deriving alerts, in ms. */
    private static long settle(EntryEvent input, EntryState old, AlertContext devices, long now) {
        if (input instanceof EntryEvent.VersionStarted started) {
            return settleCatchUp(started.version().inForceFrom(), now);
        }
        if (input instanceof EntryEvent.VersionEnded ended) {
            return settleCatchUp(ended.inForceTo(), now);
        }
        EntryEvent.ReadMatched finding = (EntryEvent.ReadMatched) input;
        if (finding.event() instanceof PassageRead read) {
            if (devices.at(read.deviceId(), read.arrivalTime()) == null) {
                return DEVICE_WAIT_MS;
            }
            boolean revises =
                    read instanceof EnrichedRead && old.emitted().containsKey(read.passageId());
            if (revises) {
                return DEBOUNCE_MS;
            }
            return read.arrivalTime() < finding.version()
                    ? PAST_MS
                    : settleCatchUp(read.causedAt(), now);
        }
        Retraction retraction = (Retraction) finding.event();
        return retraction.isRevised() ? DEBOUNCE_MS : settleCatchUp(retraction.causedAt(), now);
    }

    private static long settleCatchUp(long at, long now) {
        return now - at > LIVE_MS ? DEBOUNCE_MS : 0;
    }

    /** Emits the alerts that have changed since their last emission, and records that. */
    private EntryState emit(EntryState entryState, Supplier<String> cause) throws Exception {
        AlertUpdates alertUpdates =
                updater.update(entryState, devices, timers.currentWatermark(), isStalled());
        for (Alert alert : alertUpdates.due()) {
            (alert.assessment().action() == Alert.Action.ALERT ? alerts : reviews).inc();
            DecisionLog.emitted(LOG, alert, cause, reason(alert));
            long now = timers.currentProcessingTime();
            if (alert.status() == Alert.Status.NEW) {
                latency.update(now - alert.causedAt());
            }
            output.collect(new StreamRecord<>(alert.withDetectedAt(now)));
        }
        alertUpdates.open().forEach(this::registerTimers);
        if (settings.convoys()) {
            emitListedPassages(alertUpdates);
        }
        return alertUpdates.entryState();
    }

    private static String timerAfter(Traceable lastFact) {
        return lastFact instanceof PassageEvent event
                ? "timer after " + event.cause()
                : "timer after a change of the entry";
    }

    private static String reason(Alert alert) {
        return switch (alert.status()) {
            case NEW, UPDATED -> null;
            case CANCELLED -> "its read was retracted, no longer matches or repeats an earlier one";
            case ENDED -> "the entry expired or was removed";
        };
    }

    private void emitListedPassages(AlertUpdates alertUpdates) throws Exception {
        ListedPassages stored = emittedPassages.value();
        ListedPassages next = stored == null ? ListedPassages.NONE : stored;
        for (ListedPassage passage :
                ListedPassageUpdates.of(
                        alertUpdates.evaluated(), alertUpdates.entryState(), next)) {
            next = next.with(passage, EntryState.MAX_PASSAGES);
            output.collect(LISTED_PASSAGES, new StreamRecord<>(passage));
        }
        if (next != stored && !next.all().isEmpty()) {
            emittedPassages.update(next);
        }
    }

    /** Whether the watermark is stalled, so that no alert is held any longer. */
    private boolean isStalled() {
        return stall.isStalled(
                timers.currentWatermark(),
                timers.currentProcessingTime(),
                settings.tagWait().toMillis());
    }

    /**
     * Sets timers for the end of a hold, for the entry's expiry and for the registration of the
     * device.
     */
    private void registerTimers(OpenAlert open) {
        if (open.heldUntil() != null) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, open.heldUntil());
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE,
                    roundUp(HELD_RECHECK_MS, timers.currentProcessingTime() + 1));
        }
        long closes = open.closes();
        long watermark = timers.currentWatermark();
        if (watermark >= closes) {
            return;
        }
        Long until = open.validUntil();
        // A timer at or before the watermark would fire repeatedly within the same watermark.
        if (open.endedAt() == null && until != null && until < closes && until > watermark) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, until);
        }
        if (!open.isPlaced()) {
            unregisteredDevices.inc();
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE,
                    roundUp(DEVICE_RECHECK_MS, timers.currentProcessingTime() + 1));
        }
    }

    /** Removes retractions whose reads have not come. */
    private final class OrphanTimers implements Triggerable<String, VoidNamespace> {
        @Override
        public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
            bulkhead.runTimer(
                    timer.getKey(),
                    () -> current().lastFact(),
                    () -> {
                        EntryState current = current();
                        EntryState next = current.withoutOrphans(horizon());
                        if (next != current) {
                            state.update(next);
                        }
                        if (next.hasOrphans()) {
                            // The watermark is late.
                            lookForOrphans();
                        }
                    });
        }

        private long horizon() {
            return Math.max(timers.currentWatermark(), ORPHAN_MS) - ORPHAN_MS;
        }

        @Override
        public void onEventTime(InternalTimer<String, VoidNamespace> timer) {
            throw new IllegalStateException("orphans have no event-time timers");
        }
    }

    /** Devices and calibration records in broadcast state. */
    private final class BroadcastContext implements AlertContext {
        @Override
        public Device at(String deviceId, long arrival) {
            try {
                return DeviceRegistrations.at(deviceId, arrival, registered);
            } catch (Exception e) {
                throw new IllegalStateException("reading the broadcast devices", e);
            }
        }

        @Override
        public List<ScoreContribution> records(String source, String deviceId, long arrival) {
            try {
                return offsets.parts(source, deviceId, arrival, histories);
            } catch (Exception e) {
                throw new IllegalStateException("reading the broadcast records", e);
            }
        }
    }
}
