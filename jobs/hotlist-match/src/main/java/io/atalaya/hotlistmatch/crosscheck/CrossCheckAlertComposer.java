package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.hotlistmatch.event.CovertVersion;

import java.util.List;
import java.util.TreeSet;

/** Writes an anomaly out as the alert that people and dispatch systems read. */
final class CrossCheckAlertComposer {
    private CrossCheckAlertComposer() {}

    /**
     * The alert, with {@code detectedAt} 0. In place of its revision stands the count of the
     * detector's facts, of the covert versions that touch it and of the device's registration.
     *
     * @param device where it is placed, as registered, or null
     * @param covert every covert version that touches the anomaly
     */
    static Alert compose(CrossCheckFinding anomaly, Device device, List<CovertVersion> covert) {
        Alert draft = anomaly.draft();
        TreeSet<String> notified = new TreeSet<>(draft.notified());
        long at = draft.at();
        for (CovertVersion version : covert) {
            HotlistEntry entry = version.entry();
            notified.addAll(entry.notified());
            at = Math.max(at, version.from());
        }
        long facts = draft.revision() + covert.size() + (device == null ? 0 : 1);
        Alert.Status status =
                draft.status() == Alert.Status.CANCELLED
                        ? Alert.Status.CANCELLED
                        : covert.isEmpty() ? draft.status() : Alert.Status.UPDATED;
        return new Alert(
                draft.alertId(),
                facts,
                status,
                draft.type(),
                draft.time(),
                0,
                draft.action(),
                draft.startedAt(),
                draft.endedAt(),
                device == null ? null : device.site(),
                device == null
                        ? draft.device()
                        : new Alert.Place(
                                draft.device().id(), device.latitude(), device.longitude()),
                draft.subject(),
                draft.score(),
                draft.priority(),
                draft.headline(),
                draft.evidence(),
                draft.entry(),
                draft.covert() || !covert.isEmpty(),
                List.copyOf(notified),
                at);
    }
}
