package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.device.Device;

/** Composes the alert that the job emits from an {@link EpisodeUpdate}. */
public final class EpisodeAlertComposer {
    private final AlertPolicy policy;

    public EpisodeAlertComposer(AlertPolicy policy) {
        this.policy = policy;
    }

    /**
     * Composes one revision of an alert.
     *
     * @param device the registered camera, or null; then the alert has no site and goes to both
     *     command centres
     * @param detectedAt wall clock, epoch ms
     */
    public Alert compose(EpisodeUpdate update, String deviceId, Device device, long detectedAt) {
        AlertPolicy.Triage urgency = policy.of(update.type());
        return new Alert(
                new Alert.Identity(
                        AlertId.of(update.type(), deviceId, update.identityKey()), update.type()),
                new Alert.Emission(update.revision(), update.causedAt(), detectedAt),
                new Alert.Lifecycle(
                        update.status(),
                        update.startedAt(),
                        update.startedAt(),
                        update.isEnded() ? update.lastObservedAt() : null),
                Alert.Place.of(deviceId, device),
                Alert.Subject.ofTracks(update.trackIds()),
                new Alert.Assessment(
                        urgency.action(),
                        score(update),
                        urgency.priority(),
                        EpisodeHeadlines.of(update)),
                new CameraEvidence(
                        update.zoneId(),
                        update.region(),
                        update.objects(),
                        update.boxes(),
                        Measures.of(update),
                        null),
                null,
                Alert.Disclosure.EVERYONE);
    }

    /** Score of 0 to 1: 0.5 at the limit of the detector, and higher the further beyond it. */
    private static double score(EpisodeUpdate update) {
        double over =
                switch (update.type()) {
                    // Fixed, because value and limit do not show how certain these types are.
                    case WRONG_WAY, LINE_CROSSING, ZONE_INTRUSION -> 9;
                    case CRAWLING -> update.limit() / Math.max(update.value(), 1e-3);
                    default -> update.value() / Math.max(update.limit(), 1e-3);
                };
        return Math.max(0, over) / (1 + Math.max(0, over));
    }
}
