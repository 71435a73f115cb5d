package io.atalaya.hotlistmatch.alerting;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.flink.device.DeviceHistory;
import io.atalaya.hotlistmatch.alerting.AlertUpdater.AlertUpdates;
import io.atalaya.hotlistmatch.event.EntryEvent;
import io.atalaya.hotlistmatch.score.Thresholds;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state of an entry without a cluster, and a consumer that keeps the last revision of each
 * alert.
 */
final class CaseListener {
    static final AlertingSettings RULES =
            new AlertingSettings(
                    Thresholds.parse("80:0.70:0.05, 40:0.80:0.08, 0:0.90:0.15"),
                    Duration.ofMinutes(10),
                    3,
                    Duration.ofHours(24),
                    Duration.ofHours(1),
                    Duration.ofMillis(2500),
                    Duration.ofMinutes(30),
                    true);

    private AlertUpdater updater = new AlertUpdater(RULES, 0);
    private final Map<String, DeviceHistory> registered = new HashMap<>();
    private final Map<String, Alert> held = new LinkedHashMap<>();
    private EntryState entryState = EntryState.EMPTY;

    /** Applies an {@link EntryEvent}, or the registration of a device. */
    void take(Object fact) {
        if (fact instanceof CaseStory.Registered device) {
            registered.put(
                    device.deviceId(),
                    DeviceHistory.with(registered.get(device.deviceId()), device.registration()));
        } else {
            entryState = updater.apply(entryState, (EntryEvent) fact);
        }
    }

    /** Emits the due alerts. */
    void evaluate(long watermark) {
        if (entryState.intervals().isEmpty()) {
            return;
        }
        AlertUpdates alertUpdates = updater.update(entryState, this::device, watermark, true);
        entryState = alertUpdates.entryState();
        for (Alert alert : alertUpdates.due()) {
            Alert before = held.put(alert.alertId(), alert);
            if (before != null) {
                assertThat(alert.revision()).isGreaterThan(before.revision());
            }
        }
    }

    /** What a snapshot holds. */
    record Snapshot(EntryState entryState, Map<String, DeviceHistory> registered) {}

    Snapshot snapshot() {
        return new Snapshot(entryState, Map.copyOf(registered));
    }

    /** Continues from a snapshot; the consumer keeps what was sent after it. */
    void recover(Snapshot snapshot, long now) {
        entryState = snapshot.entryState();
        registered.clear();
        registered.putAll(snapshot.registered());
        updater = new AlertUpdater(RULES, now);
    }

    /** The last revisions, by alertId. */
    Map<String, Alert> held() {
        return held;
    }

    private Device device(String deviceId, long arrival) {
        DeviceHistory history = registered.get(deviceId);
        return history == null ? null : history.at(arrival);
    }
}
