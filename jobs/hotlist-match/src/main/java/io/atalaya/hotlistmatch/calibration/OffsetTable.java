package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.alert.ScoreContribution;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.flink.serializer.BinaryTypeInfo;
import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;
import io.atalaya.hotlistmatch.event.ReferenceUpdate.CalibrationChanged;
import io.atalaya.hotlistmatch.metrics.HotlistMatchMetrics;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The calibration offsets of all subjects, as held by one scoring subtask. */
public final class OffsetTable {
    /** By the subject's key. Devices without an error have no entry. */
    public static final MapStateDescriptor<String, OffsetHistory> OFFSETS =
            new MapStateDescriptor<>(
                    "offsets", Types.STRING, BinaryTypeInfo.of(OffsetHistory.class));

    /**
     * Maximum number of subjects, twice the number of devices, so that dispositions about unknown
     * devices cannot fill the heap.
     */
    private static final int MAX_SUBJECTS = 50_000;

    private static final String DEVICE_PART = "device-record";
    private static final String SOURCE_PART = "source-record";

    private final Counter ignored;

    /** The current offset of each subject, for the metrics. */
    private final Map<String, CalibrationOffset> current = new ConcurrentHashMap<>();

    private boolean isRestored;

    public OffsetTable(MetricGroup metrics) {
        ignored = HotlistMatchMetrics.CALIBRATIONS_IGNORED.countIn(metrics);
        HotlistMatchMetrics.CALIBRATED_SUBJECTS.showIn(metrics, this::shifted);
        HotlistMatchMetrics.LARGEST_CALIBRATION_OFFSET.showIn(metrics, this::maxOffset);
    }

    /** Applies a change. */
    public void apply(CalibrationChanged change, BroadcastState<String, OffsetHistory> state)
            throws Exception {
        restore(state);
        String key = change.subject().key();
        if (change.offset() == null) {
            state.remove(key);
            current.remove(key);
        } else if (current.size() >= MAX_SUBJECTS && !current.containsKey(key)) {
            ignored.inc();
        } else {
            OffsetHistory old = state.get(key);
            OffsetHistory next =
                    (old == null ? OffsetHistory.EMPTY : old)
                            .with(change.inForceFrom(), change.offset());
            state.put(key, next);
            current.put(key, next.current());
        }
    }

    /**
     * The parts that offsets add to a score.
     *
     * @param source or null
     * @param deviceId or null
     * @param arrival arrival time at which the offsets hold
     */
    public List<ScoreContribution> parts(
            String source,
            String deviceId,
            long arrival,
            ReadOnlyBroadcastState<String, OffsetHistory> state)
            throws Exception {
        restore(state);
        if (current.isEmpty()) {
            return List.of();
        }
        List<ScoreContribution> parts = new ArrayList<>(2);
        if (deviceId != null) {
            add(new CalibrationSubject.Device(deviceId), arrival, state, parts);
        }
        if (source != null) {
            add(new CalibrationSubject.Source(source), arrival, state, parts);
        }
        return parts;
    }

    private static void add(
            CalibrationSubject subject,
            long arrival,
            ReadOnlyBroadcastState<String, OffsetHistory> state,
            List<ScoreContribution> parts)
            throws Exception {
        OffsetHistory history = state.get(subject.key());
        CalibrationOffset offset = history == null ? CalibrationOffset.NONE : history.at(arrival);
        if (!offset.isNone()) {
            parts.add(part(subject, offset));
        }
    }

    private static ScoreContribution part(CalibrationSubject subject, CalibrationOffset offset) {
        boolean isDevice = subject instanceof CalibrationSubject.Device;
        return new ScoreContribution(
                isDevice ? DEVICE_PART : SOURCE_PART,
                offset.logOdds(),
                Message.of(
                        isDevice ? MessageCode.DEVICE_RECORD : MessageCode.SOURCE_RECORD,
                        offset.wrong(),
                        offset.answered()));
    }

    /** Whether a part of a score is a calibration offset. */
    static boolean isOffset(ScoreContribution part) {
        return part.name().equals(DEVICE_PART) || part.name().equals(SOURCE_PART);
    }

    private void restore(ReadOnlyBroadcastState<String, OffsetHistory> state) throws Exception {
        if (!isRestored) {
            isRestored = true;
            for (Map.Entry<String, OffsetHistory> each : state.immutableEntries()) {
                current.put(each.getKey(), each.getValue().current());
            }
        }
    }

    private long shifted() {
        return current.values().stream().filter(offset -> !offset.isNone()).count();
    }

    /** The offset of the greatest absolute value, with its sign. */
    private double maxOffset() {
        return current.values().stream()
                .map(CalibrationOffset::logOdds)
                .max(Comparator.comparingDouble(Math::abs))
                .orElse(0.0);
    }
}
