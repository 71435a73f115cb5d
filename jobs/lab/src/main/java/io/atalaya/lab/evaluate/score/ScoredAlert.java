package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.HotlistEvidence;
import io.atalaya.contracts.alert.ScoreContribution;

import java.util.Collections;
import java.util.List;

/**
 * The fields of an alert revision that scoring needs, for alert types known or unknown to this
 * build.
 *
 * @param arrivalTime arrival time of the Kafka record, epoch ms
 * @param type name on the wire
 * @param plate of the subject, or null
 * @param entryId or null
 * @param deviceId or null
 * @param startedAt epoch ms
 * @param endedAt epoch ms or null
 * @param reads readIds of the evidence
 * @param trackIds of the subject
 * @param score 0..1
 * @param priority 0..100
 * @param read the text that matched, or null
 * @param listed the text that it matched, or null
 * @param ocrLogOdds log odds that OCR verification added to the score; null without it
 */
public record ScoredAlert(
        long arrivalTime,
        String alertId,
        long revision,
        Alert.Status status,
        String type,
        Alert.Action action,
        String plate,
        String entryId,
        String deviceId,
        long startedAt,
        Long endedAt,
        List<String> reads,
        List<String> trackIds,
        double score,
        int priority,
        String read,
        String listed,
        Double ocrLogOdds) {

    /** Name of the score contribution of OCR verification. */
    public static final String OCR_VERIFICATION = "second-opinion";

    private static final long TRACK_SLACK_MILLIS = 1_000;

    /** The fields of an alert of this build. */
    public static ScoredAlert of(Alert alert) {
        HotlistEvidence hotlist = alert.hotlistEvidence();
        HotlistEvidence.Comparison comparison = hotlist == null ? null : hotlist.comparison();
        return new ScoredAlert(
                alert.causedAt(),
                alert.alertId(),
                alert.revision(),
                alert.status(),
                alert.type().wireName(),
                alert.assessment().action(),
                alert.subject().plate(),
                alert.subject().entryId(),
                alert.deviceId(),
                alert.lifecycle().startedAt(),
                alert.lifecycle().endedAt(),
                alert.evidence() == null ? List.of() : alert.evidence().reads(),
                alert.subject().trackIds(),
                alert.assessment().score(),
                alert.assessment().priority(),
                comparison == null ? null : comparison.read(),
                comparison == null ? null : comparison.listed(),
                hotlist == null ? null : ocrLogOdds(hotlist.parts()));
    }

    private static Double ocrLogOdds(List<ScoreContribution> parts) {
        return parts.stream()
                .filter(part -> part.name().equals(OCR_VERIFICATION))
                .map(ScoreContribution::logOdds)
                .findFirst()
                .orElse(null);
    }

    /** The score without OCR verification. */
    public double scoreWithoutOcr() {
        return ocrLogOdds == null ? score : 1 / (1 + (1 - score) / score * Math.exp(ocrLogOdds));
    }

    /**
     * Whether the alert was open during the interval. An alert without an end lasts at least until
     * its last revision. If the alert shares a track, 1 s of slack applies, because an unsteady box
     * crosses a line earlier or later than its object.
     *
     * @param since epoch ms
     * @param until epoch ms
     * @param tracks trackIds that take part
     */
    public boolean overlaps(long since, long until, List<String> tracks) {
        long slack = Collections.disjoint(trackIds, tracks) ? 0 : TRACK_SLACK_MILLIS;
        long lastSeenAt = endedAt == null ? arrivalTime : endedAt;
        return startedAt - slack <= until && lastSeenAt + slack >= since;
    }

    /** Whether it was cancelled. */
    public boolean isCancelled() {
        return status == Alert.Status.CANCELLED;
    }
}
