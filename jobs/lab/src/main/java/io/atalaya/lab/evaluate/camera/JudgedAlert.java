package io.atalaya.lab.evaluate.camera;

import io.atalaya.lab.evaluate.camera.CameraTruth.Verdict;
import io.atalaya.lab.evaluate.score.AlertHistory;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.List;

/** The last revision of a camera alert with its verdict. */
record JudgedAlert(ScoredAlert alert, Verdict verdict) {

    /** All camera alerts, in the order of their first revisions. */
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

    /** Whether an anomaly model raised it. */
    boolean isOfModel() {
        return CameraTruth.isUnusual(alert.type());
    }

    long until() {
        return alert.endedAt() == null ? alert.at() : alert.endedAt();
    }
}
