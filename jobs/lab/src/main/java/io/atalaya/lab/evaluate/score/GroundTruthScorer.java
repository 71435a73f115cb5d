package io.atalaya.lab.evaluate.score;

import io.atalaya.simulator.truth.GroundTruth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares the alerts of a recording with its ground truth. Deterministic. */
public final class GroundTruthScorer {
    private GroundTruthScorer() {}

    /**
     * Scores all revisions of all alerts, in any order.
     *
     * @param truth of the same recording
     */
    public static Figures score(GroundTruth truth, List<ScoredAlert> revisions) {
        Map<String, List<AlertHistory>> byType =
                AlertHistory.of(revisions).stream()
                        .collect(
                                Collectors.groupingBy(
                                        alert -> alert.last().type(),
                                        TreeMap::new,
                                        Collectors.toList()));
        Set<String> passages =
                truth.passages().stream()
                        .map(GroundTruth.Passage::readId)
                        .collect(Collectors.toSet());
        List<Figures.TypeFigures> types = new ArrayList<>();
        for (AlertRule rule : AlertRule.of(truth)) {
            List<AlertHistory> alerts = byType.remove(rule.type());
            if (!rule.expected().isEmpty() || alerts != null) {
                types.add(
                        new TypeScorer(rule, alerts == null ? List.of() : alerts, passages)
                                .figures());
            }
        }
        Map<String, Integer> unjudged = new LinkedHashMap<>();
        byType.forEach((type, alerts) -> unjudged.put(type, alerts.size()));
        return new Figures(types, unjudged);
    }
}
