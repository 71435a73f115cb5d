package io.atalaya.lab.evaluate.score;

import io.atalaya.simulator.truth.GroundTruth;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the alerts of a recording with its ground truth. Deterministic. */
public final class GroundTruthScorer {
    private static final List<Rule> PLATE_RULES =
            List.of(new HotlistRule(), new CloneRule(), new MismatchRule(), new ConvoyRule());

    private GroundTruthScorer() {}

    /**
     * Scores all revisions of all alerts, in any order.
     *
     * @param truth of the same recording
     */
    public static Figures score(GroundTruth truth, List<ScoredAlert> revisions) {
        Map<String, List<AlertHistory>> byType = new TreeMap<>();
        for (AlertHistory alert : AlertHistory.of(revisions)) {
            byType.computeIfAbsent(alert.last().type(), type -> new ArrayList<>()).add(alert);
        }
        Set<String> passages =
                truth.passages().stream()
                        .map(GroundTruth.Passage::readId)
                        .collect(Collectors.toSet());
        List<Figures.TypeFigures> types = new ArrayList<>();
        for (Rule rule : rules(truth)) {
            List<Expected> expected = rule.expected(truth);
            List<AlertHistory> alerts = byType.remove(rule.type());
            if (!expected.isEmpty() || alerts != null) {
                types.add(
                        new TypeScorer(
                                        rule,
                                        expected,
                                        alerts == null ? List.of() : alerts,
                                        passages)
                                .figures());
            }
        }
        Map<String, Integer> unjudged = new LinkedHashMap<>();
        byType.forEach((type, alerts) -> unjudged.put(type, alerts.size()));
        return new Figures(types, unjudged);
    }

    private static Collection<Rule> rules(GroundTruth truth) {
        List<Rule> rules = new ArrayList<>(PLATE_RULES);
        TreeSet<String> cameraTypes = new TreeSet<>();
        truth.cameraAnomalies().forEach(anomaly -> cameraTypes.add(anomaly.type()));
        cameraTypes.forEach(type -> rules.add(new CameraRule(type)));
        return rules;
    }
}
