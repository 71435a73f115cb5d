package io.atalaya.lab.evaluate.camera;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.lab.evaluate.score.AlertHistory;
import io.atalaya.lab.evaluate.score.Figures.Delays;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.lab.evaluate.score.Verdict;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

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
 * including a cancelled one, because an operator has seen it. {@link ModelScorer} scores the alerts
 * of models.
 */
public final class CameraScorer {
    private static final Set<String> TYPES =
            Arrays.stream(AlertType.values())
                    .filter(AlertType::isCamera)
                    .map(AlertType::wireName)
                    .collect(Collectors.toSet());

    private final CameraTruth truth;
    private final double cameraHours;
    private final Map<String, Counts> countsByType = new TreeMap<>();
    private final List<AlertHistory> live = new ArrayList<>();
    private final List<AlertHistory> cancelled = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> falseOnes = new ArrayList<>();
    private int excused;
    private int alerts;

    private static final class Counts {
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
        scorer.live.forEach(scorer::evaluate);
        scorer.cancelled.forEach(scorer::evaluateCancelled);
        return scorer.figures();
    }

    static boolean isOfCamera(ScoredAlert alert) {
        return TYPES.contains(alert.type());
    }

    private Counts counts(String type) {
        return countsByType.computeIfAbsent(type, t -> new Counts());
    }

    private void find(CameraEpisode episode) {
        Counts counts = counts(episode.type());
        counts.required++;
        live.stream()
                .filter(alert -> CameraTruth.isAbout(alert.last(), episode))
                .mapToLong(alert -> alert.knownAt(List.of()) - episode.start())
                .min()
                .ifPresentOrElse(
                        delay -> {
                            counts.found++;
                            counts.delays.add(delay);
                        },
                        () -> missed.add(describe(episode)));
    }

    private void evaluate(AlertHistory history) {
        ScoredAlert alert = history.last();
        Counts counts = counts(alert.type());
        counts.alerts++;
        Verdict verdict = truth.of(alert);
        if (verdict == Verdict.EXCUSED) {
            excused++;
            return;
        }
        alerts++;
        if (verdict == Verdict.FALSE) {
            counts.wrong++;
            falseOnes.add(describe(alert));
        }
    }

    private void evaluateCancelled(AlertHistory history) {
        ScoredAlert alert = history.last();
        if (truth.of(alert) == Verdict.FALSE) {
            Counts counts = counts(alert.type());
            counts.alerts++;
            counts.wrong++;
            alerts++;
            falseOnes.add(describe(alert));
        }
    }

    private CameraFigures figures() {
        Map<String, CameraFigures.Kind> kinds = new TreeMap<>();
        countsByType.forEach(
                (type, counts) ->
                        kinds.put(
                                type,
                                new CameraFigures.Kind(
                                        counts.required,
                                        counts.found,
                                        counts.alerts,
                                        counts.wrong,
                                        Delays.of(counts.delays))));
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

    static String describe(CameraEpisode episode) {
        return "%s at %s from %s to %s, tracks %s"
                .formatted(
                        episode.type(),
                        episode.deviceId(),
                        Instant.ofEpochMilli(episode.start()),
                        Instant.ofEpochMilli(episode.end()),
                        episode.trackIds());
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
