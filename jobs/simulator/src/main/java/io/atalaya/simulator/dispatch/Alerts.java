package io.atalaya.simulator.dispatch;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.text.Text;

import java.util.List;

/** Alerts as the other two jobs raise them. */
final class Alerts {
    /** Priority of a camera's alert. */
    private static final int CAMERA_PRIORITY = 50;

    private Alerts() {}

    /** A camera's alert at its detection. */
    static Alert camera(AlertType type, Device camera, long time, double score) {
        return new Alert(
                new Alert.Identity(AlertId.of(type, camera.deviceId(), Long.toString(time)), type),
                new Alert.Emission(time, time, time),
                new Alert.Lifecycle(Alert.Status.NEW, time, time, null),
                Alert.Place.of(camera.deviceId(), camera),
                Alert.Subject.ofTracks(List.of("t" + time % 1_000)),
                new Alert.Assessment(
                        Alert.Action.ALERT,
                        score,
                        CAMERA_PRIORITY,
                        new Text.Translation(type.wireName(), type.wireName())),
                new CameraEvidence(null, null, 1, List.of()),
                null,
                Alert.Disclosure.EVERYONE);
    }

    /**
     * A hot-list match of a read.
     *
     * @param time of the passage
     * @param isRetrospective the read arrived before the entry did
     */
    static Alert match(
            HotlistEntry entry, Device arch, long time, double score, boolean isRetrospective) {
        String readId = arch.deviceId() + "-" + time;
        return new Alert(
                new Alert.Identity(
                        AlertId.of(AlertType.HOTLIST_MATCH, entry.entryId(), readId),
                        AlertType.HOTLIST_MATCH),
                new Alert.Emission(time, time, time),
                new Alert.Lifecycle(Alert.Status.NEW, time, time, null),
                Alert.Place.of(arch.deviceId(), arch),
                new Alert.Subject(entry.plate(), entry.entryId(), List.of()),
                new Alert.Assessment(
                        isRetrospective ? Alert.Action.REVIEW : Alert.Action.ALERT,
                        score,
                        entry.priority(),
                        new Text.Translation(
                                "Placa " + entry.plate() + " en " + arch.deviceId(),
                                "Plate " + entry.plate() + " at " + arch.deviceId())),
                new HotlistEvidence(
                        List.of(readId),
                        List.of(),
                        new HotlistEvidence.Read(
                                readId, entry.plate(), 0.95, 1, null, null, null, false),
                        new HotlistEvidence.Comparison("EXACT", entry.plate(), entry.plate(), null),
                        List.of(),
                        1,
                        List.of(),
                        isRetrospective,
                        null),
                entry,
                new Alert.Disclosure(entry.covert(), entry.notified()));
    }

    /** The next message about an alert. */
    static Alert next(Alert alert, Alert.Status status, long time) {
        Alert changed = alert.withCausedAt(time).withDetectedAt(time);
        return status == Alert.Status.ENDED
                ? changed.ended(time).as(status, time)
                : changed.as(status, time);
    }
}
