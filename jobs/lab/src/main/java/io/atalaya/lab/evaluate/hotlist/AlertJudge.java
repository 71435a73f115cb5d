package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.hotlist.JudgedAlert.RequiredPassage;
import io.atalaya.lab.evaluate.hotlist.JudgedAlert.Verdict;
import io.atalaya.lab.evaluate.score.AlertHistory;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates hot-list alerts one by one. Cancelled alerts are skipped. */
final class AlertJudge {
    private static final String HOTLIST_MATCH = "hotlist-match";

    private final WantedPassages wanted;
    private final Map<String, String> vehicleOfEntry = new HashMap<>();
    private final Map<String, String> vehicleOfRead = new HashMap<>();

    AlertJudge(GroundTruth truth) {
        wanted = new WantedPassages(truth);
        truth.entries().forEach(entry -> vehicleOfEntry.put(entry.entryId(), entry.vehicle()));
        truth.passages().forEach(passage -> vehicleOfRead.put(passage.readId(), passage.vehicle()));
    }

    /** Number of passages that must be found. */
    int required() {
        return wanted.required();
    }

    /** Evaluates all revisions of all alerts, in any order. */
    List<JudgedAlert> judge(List<ScoredAlert> revisions) {
        List<JudgedAlert> judged = new ArrayList<>();
        for (AlertHistory history : AlertHistory.of(revisions)) {
            ScoredAlert alert = history.last();
            if (alert.type().equals(HOTLIST_MATCH) && !alert.isCancelled()) {
                judged.add(judge(alert));
            }
        }
        return judged;
    }

    private JudgedAlert judge(ScoredAlert alert) {
        Set<RequiredPassage> found = new LinkedHashSet<>();
        boolean about = false;
        boolean sameVehicle = false;
        for (String read : alert.reads()) {
            GroundTruth.WantedPassage passage = wanted.of(alert.entryId(), read);
            if (passage != null) {
                about = true;
                if (passage.required()) {
                    found.add(new RequiredPassage(passage.entryId(), passage.readId()));
                }
            }
            String vehicle = vehicleOfRead.get(read);
            sameVehicle |= vehicle != null && vehicle.equals(vehicleOfEntry.get(alert.entryId()));
        }
        Verdict verdict =
                !found.isEmpty() ? Verdict.RIGHT : about ? Verdict.OPTIONAL : Verdict.FALSE;
        // A wanted passage of another vehicle is a clone or a wildcard match, so it has no outcome
        // for calibration.
        Boolean isListed = sameVehicle || verdict == Verdict.RIGHT ? Boolean.TRUE : null;
        return new JudgedAlert(
                alert,
                verdict,
                List.copyOf(found),
                verdict == Verdict.FALSE ? Boolean.FALSE : isListed);
    }
}
