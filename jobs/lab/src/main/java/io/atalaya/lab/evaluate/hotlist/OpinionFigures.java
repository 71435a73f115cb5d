package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.lab.evaluate.hotlist.JudgedAlert.RequiredPassage;
import io.atalaya.lab.evaluate.hotlist.JudgedAlert.Verdict;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Effect of OCR verification at the thresholds in force. The score without it is that of the other
 * evidence.
 *
 * @param unseen required passages that would not be shown without it
 * @param recovered those of {@code unseen} that it makes visible
 * @param hidden required passages that are not shown because of it
 * @param falseWithout false alerts and needless reviews without it
 * @param falseWith false alerts and needless reviews with it
 */
record OpinionFigures(
        Map<PassageGroup, Integer> unseen,
        Map<PassageGroup, Integer> recovered,
        int hidden,
        int falseWithout,
        int falseWith) {

    /**
     * Compares results with and without OCR verification.
     *
     * @param wanted wanted passages
     * @param shown alerts at the thresholds in force
     * @param scored alerts of almost every score, which include the hidden ones
     */
    static OpinionFigures of(
            List<GroundTruth.WantedPassage> wanted,
            Thresholds thresholds,
            List<JudgedAlert> shown,
            List<JudgedAlert> scored) {
        Set<RequiredPassage> seen = new HashSet<>();
        shown.forEach(alert -> seen.addAll(alert.found()));
        Set<RequiredPassage> seenWithout = new HashSet<>();
        for (List<JudgedAlert> run : List.of(shown, scored)) {
            run.stream()
                    .filter(alert -> isShownWithout(alert.alert(), thresholds))
                    .forEach(alert -> seenWithout.addAll(alert.found()));
        }
        Map<PassageGroup, Integer> unseen = new EnumMap<>(PassageGroup.class);
        Map<PassageGroup, Integer> recovered = new EnumMap<>(PassageGroup.class);
        int hidden = 0;
        for (GroundTruth.WantedPassage passage : wanted) {
            RequiredPassage one = new RequiredPassage(passage.entryId(), passage.readId());
            PassageGroup group = PassageGroup.of(passage).orElse(null);
            if (!passage.required() || group == null) {
                continue;
            }
            if (seenWithout.contains(one)) {
                hidden += seen.contains(one) ? 0 : 1;
            } else {
                unseen.merge(group, 1, Integer::sum);
                recovered.merge(group, seen.contains(one) ? 1 : 0, Integer::sum);
            }
        }
        return new OpinionFigures(
                unseen,
                recovered,
                hidden,
                falseOnes(
                        scored.stream()
                                .filter(alert -> isShownWithout(alert.alert(), thresholds))
                                .toList()),
                falseOnes(shown));
    }

    private static boolean isShownWithout(ScoredAlert alert, Thresholds thresholds) {
        return thresholds.action(alert.priority(), alert.scoreWithoutOpinion()) != null;
    }

    private static int falseOnes(List<JudgedAlert> alerts) {
        return (int) alerts.stream().filter(alert -> alert.verdict() == Verdict.FALSE).count();
    }

    int unseen(PassageGroup group) {
        return unseen.getOrDefault(group, 0);
    }

    int recovered(PassageGroup group) {
        return recovered.getOrDefault(group, 0);
    }
}
