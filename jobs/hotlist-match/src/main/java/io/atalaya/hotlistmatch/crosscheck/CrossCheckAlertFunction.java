package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertCodec;
import io.atalaya.contracts.device.Device;
import io.atalaya.flink.bulkhead.BulkheadOperator;
import io.atalaya.flink.bulkhead.BulkheadSettings;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.flink.device.DeviceRegistrations;
import io.atalaya.flink.logging.DecisionLog;
import io.atalaya.flink.metrics.LatencyHistogram;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.event.CovertVersion;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.function.ThrowingConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Maintains the alert of a cross-check finding, keyed by alertId: places it at its device,
 * restricts it if it touches a covert entry's vehicle, revises it with new facts and cancels it
 * when its detector retracts the finding.
 *
 * <p>Each finding is debounced for {@code DEBOUNCE_MS}, because an earlier covert entry or
 * registration may still arrive from another topic. If one arrives after that, the alert is
 * revised, but its first revision was visible.
 */
public final class CrossCheckAlertFunction extends BulkheadOperator<Alert>
        implements TwoInputStreamOperator<CrossCheckFinding, ReferenceUpdate, Alert>,
                Triggerable<String, VoidNamespace> {
    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(CrossCheckAlertFunction.class);

    /** Covert entries by id, in broadcast state; there are few. */
    public static final MapStateDescriptor<String, CovertHistory> COVERT =
            new MapStateDescriptor<>(
                    "covert-entries", Types.STRING, BinaryTypeInfo.of(CovertHistory.class));

    private static final long DEBOUNCE_MS = 1_000;
    private static final long DEVICE_RECHECK_MS = 5_000;

    private static final ValueStateDescriptor<CrossCheckAlertState> CASE =
            new ValueStateDescriptor<>(
                    "cross-check-alert", BinaryTypeInfo.of(CrossCheckAlertState.class));

    private transient BroadcastState<String, DeviceHistory> devices;
    private transient BroadcastState<String, CovertHistory> entries;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient ValueState<CrossCheckAlertState> state;

    /**
     * Unregistered devices for which alerts were emitted; null after a start until first needed.
     */
    private transient Set<String> awaited;

    /** Changes of covert entries since the alerts that they touch were last emitted. */
    private transient List<CovertVersion> covertChanges;

    private transient Counter alerts;
    private transient Counter reviews;
    private transient LatencyHistogram latency;

    public CrossCheckAlertFunction(BulkheadSettings bulkhead) {
        super(bulkhead, false);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        devices = context.getOperatorStateStore().getBroadcastState(DeviceRegistrations.STATE);
        entries = context.getOperatorStateStore().getBroadcastState(COVERT);
        state = valueState(CASE);
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("alert-checks", VoidNamespaceSerializer.INSTANCE, this);
        covertChanges = new ArrayList<>();
        alerts = HotlistMatchMetrics.ALERTS.countIn(getMetricGroup());
        reviews = HotlistMatchMetrics.REVIEWS.countIn(getMetricGroup());
        latency = HotlistMatchMetrics.ARRIVAL_TO_ALERT.measureIn(getMetricGroup());
    }

    @Override
    public void processElement1(StreamRecord<CrossCheckFinding> element) throws Exception {
        CrossCheckFinding crossCheckFinding = element.getValue();
        bulkhead.run(
                crossCheckFinding.alertId(),
                crossCheckFinding.derivedAlert().causedAt(),
                crossCheckFinding,
                () -> process(crossCheckFinding));
    }

    private void process(CrossCheckFinding crossCheckFinding) throws Exception {
        // The newest finding is valid: those of one alert come from one subtask, in order.
        state.update(CrossCheckAlertState.of(crossCheckFinding, state.value(), restoredAt()));
        timers.registerProcessingTimeTimer(
                VoidNamespace.INSTANCE, timers.currentProcessingTime() + DEBOUNCE_MS);
        timers.registerEventTimeTimer(
                VoidNamespace.INSTANCE,
                crossCheckFinding.derivedAlert().causedAt() + CrossCheckFinding.KEEP_MS);
    }

    @Override
    public void processElement2(StreamRecord<ReferenceUpdate> element) throws Exception {
        ReferenceUpdate referenceUpdate = element.getValue();
        bulkhead.runStateless("reference update", referenceUpdate, () -> process(referenceUpdate));
    }

    private void process(ReferenceUpdate referenceUpdate) throws Exception {
        if (referenceUpdate instanceof ReferenceUpdate.DeviceChanged device) {
            if (awaited == null) {
                awaited = awaited();
            }
            DeviceRegistrations.apply(device.change(), devices);
            if (awaited.remove(device.change().deviceId())) {
                emitAll(
                        open -> isAt(open.latest(), device.change().deviceId()),
                        "its device is registered");
            }
        } else if (referenceUpdate instanceof ReferenceUpdate.CovertEntryChanged covert) {
            keepCovert(covert.version(), entries);
            if (covertChanges.isEmpty()) {
                getProcessingTimeService()
                        .registerTimer(
                                timers.currentProcessingTime() + DEBOUNCE_MS, at -> emitTouched());
            }
            covertChanges.add(covert.version());
        }
    }

    /**
     * Emits the alerts that changed covert entries touch. At most once a second, because it reads
     * all of them, and a list may change a thousand entries at once.
     */
    private void emitTouched() throws Exception {
        List<CovertVersion> changed = List.copyOf(covertChanges);
        covertChanges.clear();
        if (!changed.isEmpty()) {
            emitAll(
                    open ->
                            changed.stream()
                                    .anyMatch(
                                            version ->
                                                    CovertHistory.touches(version, open.latest())),
                    "a covert entry touches it");
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        emitTouched();
    }

    private void emitAll(Predicate<CrossCheckAlertState> concerned, String reason)
            throws Exception {
        forEachCase(
                alertId ->
                        bulkhead.runTimer(
                                alertId,
                                this::latest,
                                () -> {
                                    CrossCheckAlertState open = state.value();
                                    if (open.isEmitted() && concerned.test(open)) {
                                        state.update(emit(open, reason));
                                    }
                                }));
    }

    private Set<String> awaited() throws Exception {
        Set<String> found = new HashSet<>();
        forEachCase(
                alertId -> {
                    CrossCheckFinding crossCheckFinding = state.value().latest();
                    if (device(crossCheckFinding, devices) == null) {
                        found.add(crossCheckFinding.derivedAlert().deviceId());
                    }
                });
        return found;
    }

    /** Calls {@code each} for every stored alert, with its alertId as the current key. */
    private void forEachCase(ThrowingConsumer<String, Exception> each) throws Exception {
        this.<String>getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        CASE,
                        (alertId, keyed) -> each.accept(alertId));
    }

    private static boolean isAt(CrossCheckFinding crossCheckFinding, String deviceId) {
        return crossCheckFinding.derivedAlert().deviceId().equals(deviceId);
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        onTimer(timer.getKey());
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        onTimer(timer.getKey());
    }

    private void onTimer(String alertId) throws Exception {
        if (!bulkhead.runTimer(alertId, this::latest, this::emitOrEvict)) {
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, timers.currentProcessingTime() + RETRY_MS);
        }
    }

    private CrossCheckFinding latest() throws Exception {
        CrossCheckAlertState current = state.value();
        return current == null ? null : current.latest();
    }

    private void emitOrEvict() throws Exception {
        CrossCheckAlertState current = state.value();
        if (current == null) {
            return;
        }
        CrossCheckAlertState emitted = emit(current, null);
        if (timers.currentWatermark() >= emitted.keptUntil()) {
            state.clear();
            return;
        }
        state.update(emitted);
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, emitted.keptUntil());
        if (!current.isEmitted() && device(current.latest(), devices) == null) {
            // Rechecks once, because the device's registration is probably on its way.
            timers.registerProcessingTimeTimer(
                    VoidNamespace.INSTANCE, timers.currentProcessingTime() + DEVICE_RECHECK_MS);
        }
    }

    private CrossCheckAlertState emit(CrossCheckAlertState old, String reason) throws Exception {
        long now = timers.currentProcessingTime();
        CrossCheckFinding crossCheckFinding = old.latest();
        Device device = device(crossCheckFinding, devices);
        if (device == null && awaited != null) {
            awaited.add(crossCheckFinding.derivedAlert().deviceId());
        }
        Alert alert =
                CrossCheckAlertComposer.compose(
                        crossCheckFinding, device, touching(crossCheckFinding, entries));
        // Emits a finding even if it was retracted before its first emission: which changes one
        // debounce absorbs is accidental, and every run must end in the same state.
        int digest = AlertCodec.digest(alert);
        if (old.digest() != null && old.digest() == digest) {
            return old;
        }
        alert = alert.following(Math.max(restoredAt(), lastRevision(old)), !old.isEmitted());
        DecisionLog.emitted(LOG, alert, crossCheckFinding::cause, reason);
        (alert.assessment().action() == Alert.Action.ALERT ? alerts : reviews).inc();
        if (alert.status() == Alert.Status.NEW) {
            latency.update(now - alert.causedAt());
        }
        output.collect(new StreamRecord<>(alert.withDetectedAt(now)));
        return new CrossCheckAlertState(crossCheckFinding, alert.revision(), digest);
    }

    /**
     * The last emitted revision. Without one, a lower bound for the next revision: every revision
     * of this alert that was dropped from state is at most the watermark less {@link
     * CrossCheckFinding#KEEP_MS}.
     */
    private long lastRevision(CrossCheckAlertState open) {
        long watermark = timers.currentWatermark();
        if (open.isEmitted() || watermark == Watermark.MAX_WATERMARK.getTimestamp()) {
            return open.revision();
        }
        return Math.max(watermark, CrossCheckFinding.KEEP_MS) - CrossCheckFinding.KEEP_MS;
    }

    private static Device device(
            CrossCheckFinding crossCheckFinding,
            ReadOnlyBroadcastState<String, DeviceHistory> devices)
            throws Exception {
        return DeviceRegistrations.at(
                crossCheckFinding.derivedAlert().deviceId(),
                crossCheckFinding.arrivalTime(),
                devices);
    }

    private static List<CovertVersion> touching(
            CrossCheckFinding crossCheckFinding,
            ReadOnlyBroadcastState<String, CovertHistory> covert)
            throws Exception {
        List<CovertVersion> touching = new ArrayList<>();
        for (Map.Entry<String, CovertHistory> entry : covert.immutableEntries()) {
            for (CovertVersion version : entry.getValue().versions()) {
                if (CovertHistory.touches(version, crossCheckFinding)) {
                    touching.add(version);
                }
            }
        }
        touching.sort(
                Comparator.comparing((CovertVersion version) -> version.entry().entryId())
                        .thenComparingLong(CovertVersion::inForceFrom));
        return touching;
    }

    /**
     * Every subtask receives the covert changes in the same order and prunes by them alone, so all
     * copies of the broadcast state stay equal. A version stays as long as any alert that it
     * restricts, because its loss would lift the restriction.
     */
    private static void keepCovert(
            CovertVersion version, BroadcastState<String, CovertHistory> entries) throws Exception {
        String entryId = version.entry().entryId();
        entries.put(entryId, CovertHistory.with(entries.get(entryId), version));
        if (version.inForceTo() != CovertVersion.IN_FORCE) {
            List<String> over = new ArrayList<>();
            for (Map.Entry<String, CovertHistory> entry : entries.entries()) {
                if (entry.getValue()
                        .since(version.inForceTo() - 2 * CrossCheckFinding.KEEP_MS)
                        .versions()
                        .isEmpty()) {
                    over.add(entry.getKey());
                }
            }
            for (String id : over) {
                entries.remove(id);
            }
        }
    }

    /**
     * One cross-check finding and what was last emitted of it.
     *
     * @param revision last emitted; 0 before the first emission
     * @param digest {@link io.atalaya.contracts.alert.AlertCodec#digest} of the last emitted
     *     contents, before the status became UPDATED; null before the first emission, and if they
     *     are unknown, because the job has recovered since
     */
    public record CrossCheckAlertState(CrossCheckFinding latest, long revision, Integer digest) {

        boolean isEmitted() {
            return revision > 0;
        }

        /** The watermark at which the state is dropped. */
        long keptUntil() {
            return Math.max(latest.derivedAlert().causedAt(), revision) + CrossCheckFinding.KEEP_MS;
        }

        /**
         * The state with the detector's next version of the finding.
         *
         * @param restoredAt time of the last recovery: messages up to then may be unknown
         */
        static CrossCheckAlertState of(
                CrossCheckFinding next, CrossCheckAlertState old, long restoredAt) {
            if (old == null) {
                return new CrossCheckAlertState(next, 0, null);
            }
            Integer digest = old.revision > restoredAt ? old.digest : null;
            return new CrossCheckAlertState(next, old.revision, digest);
        }
    }
}
