package io.atalaya.cli.evaluate.report;

import io.atalaya.alert.Alert.Action;
import io.atalaya.alert.Alert.Status;
import io.atalaya.cli.evaluate.ScoredAlert;

import java.util.List;

/** Alerts for tests. */
final class Alerts {
    private Alerts() {}

    static ScoredAlert scored(String alertId, String entryId, double score, String... reads) {
        return scored(alertId, Status.NEW, Action.ALERT, entryId, score, reads);
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
                "ABC1234");
    }
}
