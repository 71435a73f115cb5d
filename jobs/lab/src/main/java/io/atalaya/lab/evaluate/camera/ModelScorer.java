package io.atalaya.lab.evaluate.camera;

import io.atalaya.lab.evaluate.score.AlertHistory;
import io.atalaya.lab.evaluate.score.Figures.Delays;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.lab.evaluate.score.Verdict;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Scores the alerts of anomaly models. They spend a budget on the most unusual input, so no alert
 * within the budget is false; the figures show which anomalies they add to those of the rules.
 */
public final class ModelScorer {
    private static final String UNNAMED = "unusual";

    private static final class Counts {
        private int required;
        private int unknown;
        private int added;
        private final List<Long> delays = new ArrayList<>();

        private ModelFigures.Kind figures() {
            return new ModelFigures.Kind(
                    required, unknown, delays.size(), added, Delays.of(delays));
        }
    }

    private ModelScorer() {}

    /**
     * Scores all revisions of all alerts, in any order.
     *
     * @param budget alerts per camera and day for all types together
     */
    public static ModelFigures score(
            GroundTruth truth, List<ScoredAlert> revisions, double budget) {
        CameraTruth known = new CameraTruth(truth);
        List<AlertHistory> ofModels = new ArrayList<>();
        List<ScoredAlert> ofRules = new ArrayList<>();
        for (AlertHistory alert : AlertHistory.of(revisions)) {
            if (CameraTruth.isUnusual(alert.last().type())) {
                ofModels.add(alert);
            } else if (alert.last().deviceId() != null && !alert.last().isCancelled()) {
                ofRules.add(alert.last());
            }
        }
        List<AlertHistory> live =
                ofModels.stream().filter(alert -> !alert.last().isCancelled()).toList();
        Map<String, Counts> countsByKind = new TreeMap<>();
        List<String> missed = new ArrayList<>();
        for (CameraEpisode episode : known.forModels()) {
            String kind = episode.kind() == null ? UNNAMED : episode.kind();
            Counts counts = countsByKind.computeIfAbsent(kind, name -> new Counts());
            boolean isUnknown =
                    ofRules.stream().noneMatch(alert -> CameraTruth.explains(alert, episode));
            counts.required++;
            counts.unknown += isUnknown ? 1 : 0;
            OptionalLong delay = CameraScorer.delay(episode, live);
            if (delay.isPresent()) {
                counts.added += isUnknown ? 1 : 0;
                counts.delays.add(delay.getAsLong());
            } else {
                missed.add(kind + ": " + CameraScorer.describe(episode));
            }
        }
        Map<String, ModelFigures.Kind> kinds = new TreeMap<>();
        countsByKind.forEach((kind, counts) -> kinds.put(kind, counts.figures()));
        Map<String, ModelFigures.Type> types = new TreeMap<>();
        for (AlertHistory alert : ofModels) {
            Verdict verdict = known.of(alert.last());
            types.merge(
                    alert.last().type(),
                    new ModelFigures.Type(
                            1,
                            verdict == Verdict.RIGHT ? 1 : 0,
                            verdict == Verdict.EXCUSED ? 1 : 0),
                    ModelFigures.Type::plus);
        }
        int othersAdded =
                (int)
                        known.forRules().stream()
                                .filter(episode -> isMissed(episode, ofRules))
                                .filter(episode -> isCovered(episode, ofModels))
                                .count();
        return new ModelFigures(
                budget, truth.cameraHours() / 24, kinds, types, othersAdded, missed);
    }

    private static boolean isMissed(CameraEpisode episode, List<ScoredAlert> ofRules) {
        return ofRules.stream().noneMatch(alert -> CameraTruth.isAbout(alert, episode));
    }

    private static boolean isCovered(CameraEpisode episode, List<AlertHistory> ofModels) {
        return ofModels.stream().anyMatch(alert -> CameraTruth.isOfTheSame(alert.last(), episode));
    }
}
