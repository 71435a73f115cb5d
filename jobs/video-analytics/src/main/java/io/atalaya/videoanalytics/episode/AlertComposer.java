package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.device.Device;

/** Composes the alert that the job emits from an {@link EpisodeUpdate}. */
public final class AlertComposer {
    private final AlertPolicy policy;

    public AlertComposer(AlertPolicy policy) {
        this.policy = policy;
    }

    /**
     * Composes one revision of an alert.
     *
     * @param device the registered camera, or null; then the alert has no site and goes to both
     *     command centres
     * @param detectedAt wall clock, epoch ms
     */
    public Alert compose(EpisodeUpdate news, String deviceId, Device device, long detectedAt) {
        AlertPolicy.Urgency urgency = policy.of(news.type());
        return new Alert(
                new Alert.Identity(AlertId.of(news.type(), deviceId, news.anchor()), news.type()),
                new Alert.Emission(news.revision(), news.at(), detectedAt),
                new Alert.Lifecycle(
                        news.status(),
                        news.since(),
                        news.since(),
                        news.ended() ? news.until() : null),
                Alert.Place.of(deviceId, device),
                Alert.Subject.ofTracks(news.trackIds()),
                new Alert.Assessment(
                        urgency.action(), score(news), urgency.priority(), Headlines.of(news)),
                new CameraEvidence(news.zoneId(), news.region(), news.objects(), Measures.of(news)),
                null,
                Alert.Disclosure.EVERYONE);
    }

    /** Score of 0 to 1: 0.5 at the limit of the detector, and higher the further beyond it. */
    private static double score(EpisodeUpdate news) {
        double over =
                switch (news.type()) {
                    // Fixed, because value and limit do not show how certain these types are.
                    case WRONG_WAY, LINE_CROSSING, ZONE_INTRUSION -> 9;
                    case CRAWLING -> news.limit() / Math.max(news.value(), 1e-3);
                    default -> news.value() / Math.max(news.limit(), 1e-3);
                };
        return Math.max(0, over) / (1 + Math.max(0, over));
    }
}
