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
import java.util.TreeMap;

/**
 * Scores the alerts of anomaly models. They spend a budget on the most unusual input, so no alert
 * within the budget is false; the figures show which anomalies they add to those of the rules.
 */
public final class ModelScorer {
    private static final String UNNAMED = "unusual";

    private final CameraTruth truth;
    private final List<AlertHistory> ofModels = new ArrayList<>();
    private final List<ScoredAlert> ofRules = new ArrayList<>();
    private final Map<String, Counts> kinds = new TreeMap<>();
    private final List<String> missed = new ArrayList<>();

    private static final class Counts {
        private int required;
        private int unknown;
        private int found;
        private int added;
        private final List<Long> delays = new ArrayList<>();
    }

    private ModelScorer(CameraTruth truth) {
        this.truth = truth;
    }

    /**
     * Scores all revisions of all alerts, in any order.
     *
     * @param budget alerts per camera and day for all types together
     */
    public static ModelFigures score(
            GroundTruth truth, List<ScoredAlert> revisions, double budget) {
        ModelScorer scorer = new ModelScorer(new CameraTruth(truth));
        for (AlertHistory alert : AlertHistory.of(revisions)) {
            if (CameraTruth.isUnusual(alert.last().type())) {
                scorer.ofModels.add(alert);
            } else if (alert.last().deviceId() != null && !alert.last().isCancelled()) {
                scorer.ofRules.add(alert.last());
            }
        }
        scorer.truth.forModels().forEach(scorer::find);
        return scorer.figures(budget, truth.cameraHours() / 24);
    }

    private void find(CameraEpisode episode) {
        String kind = episode.kind() == null ? UNNAMED : episode.kind();
        Counts counts = kinds.computeIfAbsent(kind, name -> new Counts());
        boolean unknown = ofRules.stream().noneMatch(alert -> CameraTruth.explains(alert, episode));
        counts.required++;
        counts.unknown += unknown ? 1 : 0;
        ofModels.stream()
                .filter(alert -> !alert.last().isCancelled())
                .filter(alert -> CameraTruth.isAbout(alert.last(), episode))
                .mapToLong(alert -> alert.knownAt(List.of()) - episode.start())
                .min()
                .ifPresentOrElse(
                        delay -> {
                            counts.found++;
                            counts.added += unknown ? 1 : 0;
                            counts.delays.add(delay);
                        },
                        () -> missed.add(kind + ": " + CameraScorer.describe(episode)));
    }

    private ModelFigures figures(double budget, double cameraDays) {
        Map<String, ModelFigures.Kind> named = new TreeMap<>();
        kinds.forEach(
                (kind, counts) ->
                        named.put(
                                kind,
                                new ModelFigures.Kind(
                                        counts.required,
                                        counts.unknown,
                                        counts.found,
                                        counts.added,
                                        Delays.of(counts.delays))));
        return new ModelFigures(budget, cameraDays, named, types(), othersAdded(), missed);
    }

    private Map<String, ModelFigures.Type> types() {
        Map<String, ModelFigures.Type> types = new TreeMap<>();
        for (AlertHistory alert : ofModels) {
            Verdict verdict = truth.of(alert.last());
            types.merge(
                    alert.last().type(),
                    new ModelFigures.Type(
                            1,
                            verdict == Verdict.RIGHT ? 1 : 0,
                            verdict == Verdict.EXCUSED ? 1 : 0),
                    ModelFigures.Type::plus);
        }
        return types;
    }

    private int othersAdded() {
        return (int)
                truth.forRules().stream()
                        .filter(
                                episode ->
                                        ofRules.stream()
                                                .noneMatch(
                                                        alert ->
                                                                CameraTruth.isAbout(
                                                                        alert, episode)))
                        .filter(
                                episode ->
                                        ofModels.stream()
                                                .anyMatch(
                                                        alert ->
                                                                CameraTruth.isOfTheSame(
                                                                        alert.last(), episode)))
                        .count();
    }
}
