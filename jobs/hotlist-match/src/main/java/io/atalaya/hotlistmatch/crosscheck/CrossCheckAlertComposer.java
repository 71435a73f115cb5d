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
     * The alert, with {@code detectedAt} 0 and a revision that does not follow the last emission
     * yet.
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
            at = Math.max(at, version.inForceFrom());
        }
        return new Alert(
                derivedAlert.identity(),
                new Alert.Emission(at, at, 0),
                derivedAlert.lifecycle(),
                Alert.Place.of(derivedAlert.deviceId(), device),
                derivedAlert.subject(),
                derivedAlert.assessment(),
                derivedAlert.evidence(),
                derivedAlert.entry(),
                new Alert.Disclosure(
                        derivedAlert.disclosure().isCovert() || !covert.isEmpty(),
                        List.copyOf(notified)));
    }
}
