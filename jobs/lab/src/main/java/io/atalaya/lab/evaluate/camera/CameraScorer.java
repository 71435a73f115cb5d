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
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Scores the camera alerts of rule detectors. An alert is right if it has the type and camera of an
 * episode and overlaps it in time. Another event there can excuse it. Any other alert is false,
 * including a cancelled one, because an operator has seen it. {@link ModelScorer} scores the alerts
 * of models.
 */
public final class CameraScorer {
    private static final Set<String> TYPES =
            Arrays.stream(AlertType.values())
                    .filter(AlertType::isCamera)
                    .map(AlertType::wireName)
                    .collect(Collectors.toSet());

    private final Map<String, Counts> countsByType = new TreeMap<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> falseOnes = new ArrayList<>();
    private int episodes;
    private int alerts;
    private int excused;
    private int cancelled;
    private double cameraHours;

    private static final class Counts {
        private int required;
        private int alerts;
        private int wrong;
        private final List<Long> delays = new ArrayList<>();

        private CameraFigures.Kind figures() {
            return new CameraFigures.Kind(
                    required, delays.size(), alerts, wrong, Delays.of(delays));
        }
    }

    /** Scores all revisions of all alerts, in any order; other types are skipped. */
    public static CameraFigures score(GroundTruth truth, List<ScoredAlert> revisions) {
        CameraScorer scorer = new CameraScorer();
        scorer.add("", truth, revisions);
        return scorer.figures();
    }

    /**
     * Adds all revisions of one recording, in any order; other types are skipped.
     *
     * @param name goes before what was missed or false in it
     */
    public void add(String name, GroundTruth truth, List<ScoredAlert> revisions) {
        CameraTruth known = new CameraTruth(truth);
        Map<Boolean, List<AlertHistory>> byCancelled =
                AlertHistory.of(revisions).stream()
                        .filter(alert -> isOfCamera(alert.last()))
                        .filter(alert -> !CameraTruth.isUnusual(alert.last().type()))
                        .collect(Collectors.partitioningBy(alert -> alert.last().isCancelled()));
        List<AlertHistory> live = byCancelled.get(false);
        cameraHours += truth.cameraHours();
        cancelled += byCancelled.get(true).size();
        for (CameraEpisode episode : known.forRules()) {
            episodes++;
            Counts counts = counts(episode.type());
            counts.required++;
            delay(episode, live)
                    .ifPresentOrElse(
                            counts.delays::add, () -> missed.add(name + describe(episode)));
        }
        for (AlertHistory history : live) {
            ScoredAlert alert = history.last();
            Verdict verdict = known.of(alert);
            counts(alert.type()).alerts++;
            alerts += verdict == Verdict.EXCUSED ? 0 : 1;
            excused += verdict == Verdict.EXCUSED ? 1 : 0;
            if (verdict == Verdict.FALSE) {
                counts(alert.type()).wrong++;
                falseOnes.add(name + describe(alert));
            }
        }
        for (AlertHistory history : byCancelled.get(true)) {
            ScoredAlert alert = history.last();
            if (known.of(alert) == Verdict.FALSE) {
                counts(alert.type()).alerts++;
                counts(alert.type()).wrong++;
                alerts++;
                falseOnes.add(name + describe(alert) + ", cancelled");
            }
        }
    }

    /** The figures of all recordings added. */
    public CameraFigures figures() {
        Map<String, CameraFigures.Kind> kinds = new TreeMap<>();
        countsByType.forEach((type, counts) -> kinds.put(type, counts.figures()));
        return new CameraFigures(
                episodes,
                alerts,
                excused,
                cancelled,
                cameraHours,
                kinds,
                List.copyOf(missed),
                List.copyOf(falseOnes));
    }

    private Counts counts(String type) {
        return countsByType.computeIfAbsent(type, t -> new Counts());
    }

    static boolean isOfCamera(ScoredAlert alert) {
        return TYPES.contains(alert.type());
    }

    /** Time from the start of an episode to the first alert about it; empty if it was missed. */
    static OptionalLong delay(CameraEpisode episode, List<AlertHistory> live) {
        return live.stream()
                .filter(alert -> CameraTruth.isAbout(alert.last(), episode))
                .mapToLong(alert -> alert.knownAt(List.of()) - episode.start())
                .min();
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
                        alert.endedAt() == null ? "open" : Instant.ofEpochMilli(alert.endedAt()),
                        alert.trackIds());
    }
}
