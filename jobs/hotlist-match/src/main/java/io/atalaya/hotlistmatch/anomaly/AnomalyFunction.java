package io.atalaya.hotlistmatch.anomaly;

import io.atalaya.alert.Alert;
import io.atalaya.device.Device;
import io.atalaya.device.DeviceHistory;
import io.atalaya.device.DeviceRegistrations;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;
import io.atalaya.hotlistmatch.news.CovertVersion;
import io.atalaya.hotlistmatch.news.News;
import io.atalaya.metrics.LatencyHistogram;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The life of an anomaly's alert, by alertId: placed at its device, kept from others where it
 * touches a covert entry's vehicle, revised as facts come, taken back when its detector does.
 *
 * <p>Every fact settles for a moment, so that a covert entry or a registration that was sent before
 * it, by another topic, is mostly known. It may still come later; then the alert is revised, but
 * its first revision was seen.
 */
public final class AnomalyFunction
        extends KeyedBroadcastProcessFunction<String, Anomaly, News, Alert> {
    private static final long serialVersionUID = 1L;

    /** Covert entries by id, broadcast: few. */
    public static final MapStateDescriptor<String, CovertHistory> COVERT =
            new MapStateDescriptor<>(
                    "covert-entries", Types.STRING, CovertHistoryFormat.INSTANCE.typeInfo());

    private static final long SETTLE_MS = 1_000;
    private static final long DEVICE_RECHECK_MS = 5_000;

    private static final ValueStateDescriptor<AnomalyCase> CASE =
            new ValueStateDescriptor<>("anomaly", AnomalyCaseFormat.INSTANCE.typeInfo());

    private transient ValueState<AnomalyCase> state;

    /**
     * Devices that alerts were sent about while they were not registered; null after a start, until
     * it is first asked for.
     */
    private transient Set<String> awaited;

    private transient Counter alerts;
    private transient Counter reviews;
    private transient LatencyHistogram latency;

    @Override
    public void open(OpenContext context) {
        state = getRuntimeContext().getState(CASE);
        alerts = HotlistMatchMetrics.ALERTS.countIn(getRuntimeContext().getMetricGroup());
        reviews = HotlistMatchMetrics.REVIEWS.countIn(getRuntimeContext().getMetricGroup());
        latency =
                HotlistMatchMetrics.ARRIVAL_TO_ALERT.measureIn(
                        getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(Anomaly anomaly, ReadOnlyContext context, Collector<Alert> out)
            throws Exception {
        AnomalyCase old = state.value();
        if (old != null && old.latest().draft().revision() > anomaly.draft().revision()) {
            return;
        }
        state.update(AnomalyCase.of(anomaly, old));
        var timers = context.timerService();
        timers.registerProcessingTimeTimer(timers.currentProcessingTime() + SETTLE_MS);
        timers.registerEventTimeTimer(anomaly.draft().at() + Anomaly.KEEP_MS);
    }

    @Override
    public void processBroadcastElement(News news, Context context, Collector<Alert> out)
            throws Exception {
        if (news instanceof News.OfDevice device) {
            BroadcastState<String, DeviceHistory> devices =
                    context.getBroadcastState(DeviceRegistrations.STATE);
            if (awaited == null) {
                awaited = awaited(context, devices);
            }
            DeviceRegistrations.take(device.change(), devices);
            if (awaited.remove(device.change().deviceId())) {
                emitAll(context, out, open -> isAt(open.latest(), device.change().deviceId()));
            }
        } else if (news instanceof News.OfCovert covert) {
            BroadcastState<String, CovertHistory> entries = context.getBroadcastState(COVERT);
            keepCovert(covert.version(), entries);
            emitAll(context, out, open -> CovertMatch.touches(covert.version(), open.latest()));
        }
    }

    private void emitAll(Context context, Collector<Alert> out, Predicate<AnomalyCase> concerned)
            throws Exception {
        BroadcastState<String, DeviceHistory> devices =
                context.getBroadcastState(DeviceRegistrations.STATE);
        BroadcastState<String, CovertHistory> entries = context.getBroadcastState(COVERT);
        long now = context.currentProcessingTime();
        context.applyToKeyedState(
                CASE,
                (alertId, keyed) -> {
                    AnomalyCase open = keyed.value();
                    if (open.isEmitted() && concerned.test(open)) {
                        keyed.update(emit(open, devices, entries, now, out));
                    }
                });
    }

    private static Set<String> awaited(
            Context context, ReadOnlyBroadcastState<String, DeviceHistory> devices)
            throws Exception {
        Set<String> awaited = new HashSet<>();
        context.applyToKeyedState(
                CASE,
                (alertId, keyed) -> {
                    Anomaly anomaly = keyed.value().latest();
                    if (device(anomaly, devices) == null) {
                        awaited.add(anomaly.draft().device().id());
                    }
                });
        return awaited;
    }

    private static boolean isAt(Anomaly anomaly, String deviceId) {
        return anomaly.draft().device().id().equals(deviceId);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
            throws Exception {
        AnomalyCase current = state.value();
        if (current == null) {
            return;
        }
        if (context.timerService().currentWatermark()
                >= current.latest().draft().at() + Anomaly.KEEP_MS) {
            state.clear();
            return;
        }
        ReadOnlyBroadcastState<String, DeviceHistory> devices =
                context.getBroadcastState(DeviceRegistrations.STATE);
        long now = context.timerService().currentProcessingTime();
        boolean first = !current.isEmitted();
        state.update(emit(current, devices, context.getBroadcastState(COVERT), now, out));
        if (first && device(current.latest(), devices) == null) {
            // Once: most likely its registration is on the way.
            context.timerService().registerProcessingTimeTimer(now + DEVICE_RECHECK_MS);
        }
    }

    private AnomalyCase emit(
            AnomalyCase old,
            ReadOnlyBroadcastState<String, DeviceHistory> devices,
            ReadOnlyBroadcastState<String, CovertHistory> covert,
            long now,
            Collector<Alert> out)
            throws Exception {
        Anomaly anomaly = old.latest();
        Device device = device(anomaly, devices);
        if (device == null && awaited != null) {
            awaited.add(anomaly.draft().device().id());
        }
        Alert alert = AnomalyComposer.compose(anomaly, device, touching(anomaly, covert));
        boolean cancelled = alert.status() == Alert.Status.CANCELLED;
        // Also what was taken back before it was said: how much settles together is chance, and
        // every run has to end alike.
        if (alert.revision() <= old.revision() && cancelled == old.cancelled() && !old.isNews()) {
            return old;
        }
        // Of what was told too early more covert entries may have been touched than really are.
        if (alert.revision() <= old.revision()) {
            alert = alert.as(alert.status(), old.revision() + 1);
        }
        (alert.action() == Alert.Action.ALERT ? alerts : reviews).inc();
        if (alert.status() == Alert.Status.NEW) {
            latency.update(now - alert.at());
        }
        out.collect(alert.detectedAt(now));
        return new AnomalyCase(anomaly, alert.revision(), cancelled, false);
    }

    private static Device device(
            Anomaly anomaly, ReadOnlyBroadcastState<String, DeviceHistory> devices)
            throws Exception {
        return DeviceRegistrations.at(anomaly.draft().device().id(), anomaly.arrival(), devices);
    }

    private static List<CovertVersion> touching(
            Anomaly anomaly, ReadOnlyBroadcastState<String, CovertHistory> covert)
            throws Exception {
        List<CovertVersion> touching = new ArrayList<>();
        for (Map.Entry<String, CovertHistory> entry : covert.immutableEntries()) {
            for (CovertVersion version : entry.getValue().versions()) {
                if (CovertMatch.touches(version, anomaly)) {
                    touching.add(version);
                }
            }
        }
        touching.sort(
                Comparator.comparing((CovertVersion version) -> version.entry().entryId())
                        .thenComparingLong(CovertVersion::from));
        return touching;
    }

    /**
     * Every subtask sees the covert changes in one order and prunes by them alone, so all copies
     * stay the same.
     */
    private static void keepCovert(
            CovertVersion version, BroadcastState<String, CovertHistory> entries) throws Exception {
        String entryId = version.entry().entryId();
        entries.put(entryId, CovertHistory.with(entries.get(entryId), version));
        if (version.to() != CovertVersion.IN_FORCE) {
            List<String> over = new ArrayList<>();
            for (Map.Entry<String, CovertHistory> entry : entries.entries()) {
                if (entry.getValue().since(version.to() - Anomaly.KEEP_MS).versions().isEmpty()) {
                    over.add(entry.getKey());
                }
            }
            for (String id : over) {
                entries.remove(id);
            }
        }
    }
}
