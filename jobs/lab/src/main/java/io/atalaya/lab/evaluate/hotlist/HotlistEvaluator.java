package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.lab.evaluate.score.AlertHistory;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.lab.evaluate.score.ThresholdCurve;
import io.atalaya.lab.evaluate.score.Verdict;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides by the ground truth whether hot-list alerts are justified. */
final class HotlistEvaluator {
    private record Key(String entryId, String readId) {}

    private final Map<Key, WantedPassage> wanted = new HashMap<>();
    private final Map<String, String> vehicleOfEntry = new HashMap<>();
    private final Map<String, String> vehicleOfRead = new HashMap<>();

    /**
     * A hot-list alert and its verdict.
     *
     * @param alert its last revision
     * @param found required passages that it is about
     * @param isListedVehicle whether the vehicle is the listed one; null if the ground truth leaves
     *     it open
     */
    record EvaluatedAlert(
            ScoredAlert alert, Verdict verdict, Set<WantedPassage> found, Boolean isListedVehicle) {
        double score() {
            return alert.score();
        }

        boolean isFalse() {
            return verdict == Verdict.FALSE;
        }

        /** Whether it interrupts a person; otherwise it waits for review. */
        boolean isInterrupting() {
            return alert.action() == Alert.Action.ALERT;
        }
    }

    HotlistEvaluator(GroundTruth truth) {
        for (WantedPassage passage : truth.wantedPassages()) {
            passage.readIds().forEach(id -> wanted.put(new Key(passage.entryId(), id), passage));
        }
        truth.entries().forEach(entry -> vehicleOfEntry.put(entry.entryId(), entry.vehicle()));
        truth.passages().forEach(passage -> vehicleOfRead.put(passage.readId(), passage.vehicle()));
    }

    /** Evaluates all revisions of all alerts, in any order; cancelled alerts are left out. */
    List<EvaluatedAlert> evaluate(List<ScoredAlert> revisions) {
        return AlertHistory.of(revisions).stream()
                .map(AlertHistory::last)
                .filter(alert -> alert.type().equals(AlertType.HOTLIST_MATCH.wireName()))
                .filter(alert -> !alert.isCancelled())
                .map(alert -> evaluate(alert, alert.entryId(), alert.reads()))
                .toList();
    }

    /**
     * Evaluates one alert.
     *
     * @param alert null for the alert of a baseline
     */
    EvaluatedAlert evaluate(ScoredAlert alert, String entryId, List<String> reads) {
        Set<WantedPassage> found = new LinkedHashSet<>();
        boolean isWanted = false;
        boolean isSameVehicle = false;
        for (String read : reads) {
            WantedPassage passage = wanted.get(new Key(entryId, read));
            isWanted |= passage != null;
            if (passage != null && passage.required()) {
                found.add(passage);
            }
            String vehicle = vehicleOfRead.get(read);
            isSameVehicle |= vehicle != null && vehicle.equals(vehicleOfEntry.get(entryId));
        }
        if (!isWanted) {
            return new EvaluatedAlert(alert, Verdict.FALSE, found, false);
        }
        // A wanted passage of another vehicle is a clone or a wildcard match, so it has no outcome
        // for calibration.
        return found.isEmpty()
                ? new EvaluatedAlert(alert, Verdict.EXCUSED, found, isSameVehicle ? true : null)
                : new EvaluatedAlert(alert, Verdict.RIGHT, found, true);
    }

    /** Number of passages that must be found. */
    int required() {
        return (int) wanted.values().stream().filter(WantedPassage::required).distinct().count();
    }

    /** The alerts at each threshold of the score. */
    ThresholdCurve curve(List<EvaluatedAlert> alerts) {
        return ThresholdCurve.of(
                alerts.stream()
                        .map(a -> new ThresholdCurve.Scored(a.score(), a.verdict(), a.found()))
                        .toList(),
                required());
    }
}
