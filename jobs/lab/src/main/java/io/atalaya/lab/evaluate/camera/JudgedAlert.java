package io.atalaya.lab.evaluate.camera;

import io.atalaya.lab.evaluate.camera.CameraTruth.Verdict;
import io.atalaya.lab.evaluate.score.AlertHistory;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.List;

/** What an alert of a camera came to, and what the truth says of it. */
record JudgedAlert(ScoredAlert alert, Verdict verdict) {

    /** All alerts of cameras, in the order of their first revisions. */
    static List<JudgedAlert> of(GroundTruth truth, List<ScoredAlert> revisions) {
        CameraTruth known = new CameraTruth(truth);
        return AlertHistory.of(revisions).stream()
                .map(AlertHistory::last)
                .filter(CameraScorer::isOfCamera)
                .map(alert -> new JudgedAlert(alert, known.of(alert)))
                .toList();
    }

    double score() {
        return alert.score();
    }

    /** Whether a model has told it. */
    boolean isOfModel() {
        return CameraTruth.isUnusual(alert.type());
    }

    long until() {
        return alert.endedAt() == null ? alert.at() : alert.endedAt();
    }
}
