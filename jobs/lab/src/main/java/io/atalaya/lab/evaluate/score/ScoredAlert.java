package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.HotlistEvidence;

import java.util.Collections;
import java.util.List;

/**
 * What scoring needs of one revision of an alert, of whatever type: this build's jobs need not know
 * the type.
 *
 * @param at the Kafka record's timestamp, epoch ms
 * @param type by its name on the wire
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
 * @param modelRun what a second opinion of the plate's image has added to the logarithm of the
 *     score's odds; null without one
 */
public record ScoredAlert(
        long at,
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
        Double modelRun) {

    /** The part of the evidence that a second opinion is. */
    static final String OCR_VERIFICATION = "second-opinion";

    private static final long TREMBLING_MILLIS = 1_000;

    /** What scoring needs of an alert of this build's. */
    public static ScoredAlert of(Alert alert) {
        HotlistEvidence hotlist = alert.hotlistEvidence();
        HotlistEvidence.Comparison comparison = hotlist == null ? null : hotlist.comparison();
        return new ScoredAlert(
                alert.at(),
                alert.alertId(),
                alert.revision(),
                alert.status(),
                alert.type().wireName(),
                alert.action(),
                alert.subject().plate(),
                alert.subject().entryId(),
                alert.device() == null ? null : alert.device().id(),
                alert.startedAt(),
                alert.endedAt(),
                alert.evidence() == null ? List.of() : alert.evidence().reads(),
                alert.subject().trackIds(),
                alert.score(),
                alert.priority(),
                comparison == null ? null : comparison.read(),
                comparison == null ? null : comparison.listed(),
                hotlist == null ? null : modelRun(hotlist.parts()));
    }

    private static Double modelRun(List<HotlistEvidence.Part> parts) {
        return parts.stream()
                .filter(part -> part.name().equals(OCR_VERIFICATION))
                .map(HotlistEvidence.Part::logOdds)
                .findFirst()
                .orElse(null);
    }

    /** The score as it would be had nobody read the plate's image again. */
    public double scoreWithoutOpinion() {
        return modelRun == null ? score : 1 / (1 + (1 - score) / score * Math.exp(modelRun));
    }

    /**
     * Whether it was up while something happened. One that has not ended goes on at least until it
     * was last told. One that names a thing that takes part may miss it by a little: a box
     * trembles, and is over a line sooner or later than what is in it.
     *
     * @param since epoch ms
     * @param until epoch ms
     * @param things that take part, by their trackIds
     */
    public boolean overlaps(long since, long until, List<String> things) {
        long slack = Collections.disjoint(trackIds, things) ? 0 : TREMBLING_MILLIS;
        long upUntil = endedAt == null ? at : endedAt;
        return startedAt - slack <= until && upUntil + slack >= since;
    }

    /** Whether it was taken back. */
    public boolean isCancelled() {
        return status == Alert.Status.CANCELLED;
    }
}
