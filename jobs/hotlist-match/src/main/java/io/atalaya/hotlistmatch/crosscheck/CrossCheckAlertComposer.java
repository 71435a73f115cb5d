package io.atalaya.hotlistmatch.crosscheck;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.hotlistmatch.event.CovertVersion;

import java.util.List;
import java.util.TreeSet;

/** Composes the alert of a finding. */
final class CrossCheckAlertComposer {
    private CrossCheckAlertComposer() {}

    /**
     * The alert, with {@code detectedAt} 0. Its revision field holds a count instead: the finding's
     * revision, plus one per covert version that touches it, plus one if the device is registered.
     *
     * @param device the registered device at which the alert is placed, or null
     * @param covert every covert version that touches the finding
     */
    static Alert compose(
            CrossCheckFinding crossCheckFinding, Device device, List<CovertVersion> covert) {
        Alert derivedAlert = crossCheckFinding.derivedAlert();
        TreeSet<String> notified = new TreeSet<>(derivedAlert.notified());
        long at = derivedAlert.at();
        for (CovertVersion version : covert) {
            HotlistEntry entry = version.entry();
            notified.addAll(entry.notified());
            at = Math.max(at, version.from());
        }
        long facts = derivedAlert.revision() + covert.size() + (device == null ? 0 : 1);
        Alert.Status status =
                derivedAlert.status() == Alert.Status.CANCELLED
                        ? Alert.Status.CANCELLED
                        : covert.isEmpty() ? derivedAlert.status() : Alert.Status.UPDATED;
        return new Alert(
                derivedAlert.alertId(),
                facts,
                status,
                derivedAlert.type(),
                derivedAlert.time(),
                0,
                derivedAlert.action(),
                derivedAlert.startedAt(),
                derivedAlert.endedAt(),
                device == null ? null : device.site(),
                device == null
                        ? derivedAlert.device()
                        : new Alert.Place(
                                derivedAlert.device().id(), device.latitude(), device.longitude()),
                derivedAlert.subject(),
                derivedAlert.score(),
                derivedAlert.priority(),
                derivedAlert.headline(),
                derivedAlert.evidence(),
                derivedAlert.entry(),
                derivedAlert.covert() || !covert.isEmpty(),
                List.copyOf(notified),
                at);
    }
}
