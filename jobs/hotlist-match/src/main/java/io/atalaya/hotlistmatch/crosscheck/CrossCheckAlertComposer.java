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
        TreeSet<String> notified = new TreeSet<>(derivedAlert.disclosure().notified());
        long at = derivedAlert.causedAt();
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
                derivedAlert.identity(),
                new Alert.Emission(facts, at, 0),
                derivedAlert.lifecycle().with(status),
                Alert.Place.of(derivedAlert.deviceId(), device),
                derivedAlert.subject(),
                derivedAlert.assessment(),
                derivedAlert.evidence(),
                derivedAlert.entry(),
                new Alert.Disclosure(
                        derivedAlert.disclosure().covert() || !covert.isEmpty(),
                        List.copyOf(notified)));
    }
}
