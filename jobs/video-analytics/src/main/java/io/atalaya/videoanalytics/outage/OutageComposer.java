package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.alert.MeasureKind;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.util.List;

/** Composes the alert of an outage, which belongs to no single camera. */
final class OutageComposer {
    private final AlertPolicy.Triage urgency;

    OutageComposer(AlertPolicy.Triage urgency) {
        this.urgency = urgency;
    }

    /**
     * Composes one revision. The caller replaces {@code detectedAt} at emission.
     *
     * @param at arrival time of the cause, epoch ms
     */
    Alert compose(Outage outage, Alert.Status status, long at) {
        boolean over = status == Alert.Status.ENDED || status == Alert.Status.CANCELLED;
        return new Alert(
                new Alert.Identity(
                        AlertId.of(AlertType.CAMERA_SILENT, String.valueOf(outage.startedAt())),
                        AlertType.CAMERA_SILENT),
                new Alert.Emission(outage.revision(), at, at),
                new Alert.Lifecycle(
                        status, outage.startedAt(), outage.startedAt(), over ? at : null),
                Alert.Place.NONE,
                Alert.Subject.NONE,
                new Alert.Assessment(
                        urgency.action(),
                        (double) outage.maxQuiet()
                                / Math.max(1, Math.max(outage.maxQuiet(), outage.cameras())),
                        urgency.priority(),
                        Message.of(
                                over
                                        ? MessageCode.CAMERAS_SILENT_ENDED
                                        : MessageCode.CAMERAS_SILENT,
                                outage.maxQuiet(),
                                outage.cameras())),
                new CameraEvidence(
                        null,
                        null,
                        outage.maxQuiet(),
                        List.of(
                                MeasureKind.SILENT_CAMERAS.of(
                                        outage.maxQuiet(), (double) outage.limit()),
                                MeasureKind.OF_CAMERAS.of(outage.cameras()),
                                MeasureKind.SILENT.of((at - outage.startedAt()) / 1000.0))),
                null,
                Alert.Disclosure.EVERYONE);
    }
}
