package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.hotlistmatch.score.Thresholds;
import io.atalaya.lab.evaluate.hotlist.HotlistEvaluator.EvaluatedAlert;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Effect of OCR verification at the thresholds in force. The score without it is that of the other
 * evidence.
 *
 * @param unseen required passages that would not be shown without it
 * @param recovered those of {@code unseen} that it makes visible
 * @param hidden number of required passages that are not shown because of it
 * @param falseWithout false alerts and needless reviews without it
 * @param falseWith false alerts and needless reviews with it
 */
record OcrEffect(
        List<WantedPassage> unseen,
        List<WantedPassage> recovered,
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
    static OcrEffect of(
            List<WantedPassage> wanted,
            Thresholds thresholds,
            List<EvaluatedAlert> shown,
            List<EvaluatedAlert> scored) {
        Predicate<EvaluatedAlert> isShownWithout =
                alert ->
                        thresholds.action(alert.alert().priority(), alert.alert().scoreWithoutOcr())
                                != null;
        Set<WantedPassage> seen = found(shown.stream());
        Set<WantedPassage> seenWithout =
                found(Stream.of(shown, scored).flatMap(Collection::stream).filter(isShownWithout));
        List<WantedPassage> required = PassageGroup.required(wanted);
        List<WantedPassage> unseen =
                required.stream().filter(passage -> !seenWithout.contains(passage)).toList();
        return new OcrEffect(
                unseen,
                unseen.stream().filter(seen::contains).toList(),
                (int)
                        required.stream()
                                .filter(seenWithout::contains)
                                .filter(passage -> !seen.contains(passage))
                                .count(),
                falseOnes(scored.stream().filter(isShownWithout)),
                falseOnes(shown.stream()));
    }

    private static Set<WantedPassage> found(Stream<EvaluatedAlert> alerts) {
        return alerts.flatMap(alert -> alert.found().stream()).collect(Collectors.toSet());
    }

    private static int falseOnes(Stream<EvaluatedAlert> alerts) {
        return (int) alerts.filter(EvaluatedAlert::isFalse).count();
    }

    int unseen(PassageGroup group) {
        return (int) unseen.stream().filter(group::contains).count();
    }

    int recovered(PassageGroup group) {
        return (int) recovered.stream().filter(group::contains).count();
    }
}
