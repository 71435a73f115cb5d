package io.atalaya.videoanalytics.outage;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.videoanalytics.episode.AlertPolicy;

import java.util.List;

/** Composes the alert of an outage, which belongs to no single camera. */
final class OutageComposer {
    private final AlertPolicy.Urgency urgency;

    OutageComposer(AlertPolicy.Urgency urgency) {
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
                        AlertId.of(AlertType.CAMERA_SILENT, String.valueOf(outage.since())),
                        AlertType.CAMERA_SILENT),
                new Alert.Emission(outage.revision(), at, at),
                new Alert.Lifecycle(status, outage.since(), outage.since(), over ? at : null),
                Alert.Place.NONE,
                Alert.Subject.NONE,
                new Alert.Assessment(
                        urgency.action(),
                        (double) outage.most()
                                / Math.max(1, Math.max(outage.most(), outage.cameras())),
                        urgency.priority(),
                        headline(outage, over)),
                new CameraEvidence(
                        null,
                        null,
                        outage.most(),
                        List.of(
                                new CameraEvidence.Measure(
                                        "silentCameras",
                                        outage.most(),
                                        (double) outage.limit(),
                                        null),
                                new CameraEvidence.Measure(
                                        "ofCameras", outage.cameras(), null, null),
                                new CameraEvidence.Measure(
                                        "silent", (at - outage.since()) / 1000.0, null, "s"))),
                null,
                Alert.Disclosure.EVERYONE);
    }

    private static Alert.Headline headline(Outage outage, boolean over) {
        int most = outage.most();
        int cameras = outage.cameras();
        return over
                ? new Alert.Headline(
                        "Volvió la señal: callaron a la vez %d de %d cámaras"
                                .formatted(most, cameras),
                        "The input is back: %d of %d cameras were silent at once"
                                .formatted(most, cameras))
                : new Alert.Headline(
                        "Sin señal: callan a la vez %d de %d cámaras".formatted(most, cameras),
                        "The input is silent: %d of %d cameras at once".formatted(most, cameras));
    }
}
