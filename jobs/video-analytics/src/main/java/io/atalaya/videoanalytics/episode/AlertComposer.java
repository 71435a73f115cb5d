package io.atalaya.videoanalytics.episode;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertId;
import io.atalaya.contracts.alert.CameraEvidence;
import io.atalaya.contracts.device.Device;

import java.util.List;

/** Turns news of an incident into the alert that leaves the job. */
public final class AlertComposer {
    private final AlertPolicy policy;

    public AlertComposer(AlertPolicy policy) {
        this.policy = policy;
    }

    /**
     * One revision of an alert.
     *
     * @param device the camera as registered, or null: no site, so both
     * @param detectedAt wall clock, epoch ms
     */
    public Alert compose(EpisodeUpdate news, String deviceId, Device device, long detectedAt) {
        AlertPolicy.Urgency urgency = policy.of(news.type());
        return new Alert(
                AlertId.of(news.type(), deviceId, news.anchor()),
                news.revision(),
                news.status(),
                news.type(),
                news.since(),
                detectedAt,
                urgency.action(),
                news.since(),
                news.ended() ? news.until() : null,
                device == null ? null : device.site(),
                new Alert.Place(
                        deviceId,
                        device == null ? null : device.latitude(),
                        device == null ? null : device.longitude()),
                new Alert.Subject(null, null, news.trackIds()),
                score(news),
                urgency.priority(),
                Headlines.of(news),
                new CameraEvidence(news.zoneId(), news.region(), news.objects(), Measures.of(news)),
                null,
                false,
                List.of(),
                news.at());
    }

    /** Half at the bound that decided, and the more the farther beyond it. */
    private static double score(EpisodeUpdate news) {
        double over =
                switch (news.type()) {
                    // What decides there is a chance, and its bound is long passed.
                    case WRONG_WAY, LINE_CROSSING, ZONE_INTRUSION -> 9;
                    case CRAWLING -> news.limit() / Math.max(news.value(), 1e-3);
                    default -> news.value() / Math.max(news.limit(), 1e-3);
                };
        return Math.max(0, over) / (1 + Math.max(0, over));
    }
}
