package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.alert.Alert.Action;
import io.atalaya.contracts.alert.Alert.Status;
import io.atalaya.lab.evaluate.score.ScoredAlert;

import java.util.List;

/** Builds alerts for tests. */
final class Alerts {
    private Alerts() {}

    static ScoredAlert scored(String alertId, String entryId, double score, String... reads) {
        return scored(alertId, Status.NEW, Action.ALERT, entryId, score, reads);
    }

    /**
     * A match that waits for review.
     *
     * @param ocrLogOdds log-odds that OCR verification added to the score, or null
     */
    static ScoredAlert review(
            String alertId, String entryId, double score, Double ocrLogOdds, String read) {
        ScoredAlert alert = scored(alertId, Status.NEW, Action.REVIEW, entryId, score, read);
        return new ScoredAlert(
                alert.arrivalTime(),
                alert.alertId(),
                alert.revision(),
                alert.status(),
                alert.type(),
                alert.action(),
                alert.plate(),
                alert.entryId(),
                alert.deviceId(),
                alert.startedAt(),
                alert.endedAt(),
                alert.reads(),
                alert.trackIds(),
                alert.score(),
                alert.priority(),
                alert.read(),
                alert.listed(),
                ocrLogOdds);
    }

    static ScoredAlert scored(
            String alertId,
            Status status,
            Action action,
            String entryId,
            double score,
            String... reads) {
        return new ScoredAlert(
                1_772_542_800_000L,
                alertId,
                1,
                status,
                "hotlist-match",
                action,
                null,
                entryId,
                "A1",
                1_772_542_800_000L,
                null,
                List.of(reads),
                List.of(),
                score,
                80,
                "ABC1234",
                "ABC1234",
                null);
    }
}
