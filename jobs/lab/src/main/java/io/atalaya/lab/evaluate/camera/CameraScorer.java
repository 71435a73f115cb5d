package io.atalaya.lab.evaluate.camera;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.lab.evaluate.camera.CameraTruth.Verdict;
import io.atalaya.lab.evaluate.score.AlertHistory;
import io.atalaya.lab.evaluate.score.CameraFigures;
import io.atalaya.lab.evaluate.score.Delays;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraAnomaly;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Scores the camera alerts of rule detectors. An alert is right if it has the type and camera of an
 * anomaly and overlaps it in time. Another event there can excuse it. Any other alert is false,
 * including a cancelled one, because an operator has seen it. {@link UnusualScorer} scores the
 * alerts of models.
 */
public final class CameraScorer {
    private static final Set<String> TYPES =
            Arrays.stream(AlertType.values())
                    .filter(AlertType::isCamera)
                    .map(AlertType::wireName)
                    .collect(Collectors.toSet());

    private final CameraTruth truth;
    private final double cameraHours;
    private final Map<String, Tally> tallies = new TreeMap<>();
    private final List<AlertHistory> live = new ArrayList<>();
    private final List<AlertHistory> cancelled = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> falseOnes = new ArrayList<>();
    private int excused;
    private int alerts;

    private static final class Tally {
        private int required;
        private int found;
        private int alerts;
        private int wrong;
        private final List<Long> delays = new ArrayList<>();
    }

    private CameraScorer(GroundTruth truth) {
        this.truth = new CameraTruth(truth);
        this.cameraHours = truth.cameraHours();
    }

    /** Scores all revisions of all alerts, in any order; other types are skipped. */
    public static CameraFigures score(GroundTruth truth, List<ScoredAlert> revisions) {
        CameraScorer scorer = new CameraScorer(truth);
        for (AlertHistory alert : AlertHistory.of(revisions)) {
            if (!isOfCamera(alert.last()) || CameraTruth.isUnusual(alert.last().type())) {
                continue;
            }
            (alert.last().isCancelled() ? scorer.cancelled : scorer.live).add(alert);
        }
        scorer.truth.forRules().forEach(scorer::find);
        scorer.live.forEach(scorer::judge);
        scorer.cancelled.forEach(scorer::judgeTakenBack);
        return scorer.figures();
    }

    static boolean isOfCamera(ScoredAlert alert) {
        return TYPES.contains(alert.type());
    }

    private Tally tally(String type) {
        return tallies.computeIfAbsent(type, t -> new Tally());
    }

    private void find(CameraAnomaly anomaly) {
        Tally tally = tally(anomaly.type());
        tally.required++;
        live.stream()
                .filter(alert -> CameraTruth.isAbout(alert.last(), anomaly))
                .mapToLong(alert -> alert.knownAt(List.of()) - anomaly.start())
                .min()
                .ifPresentOrElse(
                        delay -> {
                            tally.found++;
                            tally.delays.add(delay);
                        },
                        () -> missed.add(describe(anomaly)));
    }

    private void judge(AlertHistory history) {
        ScoredAlert alert = history.last();
        Tally tally = tally(alert.type());
        tally.alerts++;
        Verdict verdict = truth.of(alert);
        if (verdict == Verdict.EXCUSED) {
            excused++;
            return;
        }
        alerts++;
        if (verdict == Verdict.FALSE) {
            tally.wrong++;
            falseOnes.add(describe(alert));
        }
    }

    private void judgeTakenBack(AlertHistory history) {
        ScoredAlert alert = history.last();
        if (truth.of(alert) == Verdict.FALSE) {
            Tally tally = tally(alert.type());
            tally.alerts++;
            tally.wrong++;
            alerts++;
            falseOnes.add(describe(alert));
        }
    }

    private CameraFigures figures() {
        Map<String, CameraFigures.Kind> kinds = new TreeMap<>();
        tallies.forEach(
                (type, tally) ->
                        kinds.put(
                                type,
                                new CameraFigures.Kind(
                                        tally.required,
                                        tally.found,
                                        tally.alerts,
                                        tally.wrong,
                                        Delays.of(tally.delays))));
        return new CameraFigures(
                truth.forRules().size(),
                alerts,
                excused,
                cancelled.size(),
                cameraHours,
                kinds,
                missed,
                falseOnes);
    }

    static String describe(CameraAnomaly anomaly) {
        return "%s at %s from %s to %s, tracks %s"
                .formatted(
                        anomaly.type(),
                        anomaly.deviceId(),
                        Instant.ofEpochMilli(anomaly.start()),
                        Instant.ofEpochMilli(anomaly.end()),
                        anomaly.trackIds());
    }

    private static String describe(ScoredAlert alert) {
        return "%s %s at %s from %s to %s, tracks %s"
                .formatted(
                        alert.type(),
                        alert.alertId(),
                        alert.deviceId(),
                        Instant.ofEpochMilli(alert.startedAt()),
                        alert.endedAt() == null
                                ? "open"
                                : Instant.ofEpochMilli(alert.endedAt()).toString(),
                        alert.trackIds());
    }
}
