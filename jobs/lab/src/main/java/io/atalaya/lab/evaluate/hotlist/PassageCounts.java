package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.hotlist.HotlistEvaluator.EvaluatedAlert;
import io.atalaya.lab.evaluate.score.Verdict;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts the right and wrong alerts of one matching method, and the passages that they find. */
final class PassageCounts {
    private final List<WantedPassage> required;
    private final Set<WantedPassage> found = new HashSet<>();
    private int right;
    private int wrong;

    /** Counts only the given passages as found. */
    PassageCounts(Collection<WantedPassage> wanted) {
        required = PassageGroup.required(wanted);
    }

    PassageCounts add(EvaluatedAlert alert) {
        found.addAll(alert.found());
        right += alert.verdict() == Verdict.RIGHT ? 1 : 0;
        wrong += alert.isFalse() ? 1 : 0;
        return this;
    }

    PassageCounts addAll(Collection<EvaluatedAlert> alerts) {
        alerts.forEach(this::add);
        return this;
    }

    int required(PassageGroup group) {
        return (int) required.stream().filter(group::contains).count();
    }

    int found(PassageGroup group) {
        return (int) required.stream().filter(group::contains).filter(found::contains).count();
    }

    int found() {
        return (int) required.stream().filter(found::contains).count();
    }

    /** Number of alerts about a required passage. */
    int right() {
        return right;
    }

    /** Number of alerts about no passage of the ground truth. */
    public int wrong() {
        return wrong;
    }

    /** 0..1; 1 without right and wrong alerts. */
    double precision() {
        return right + wrong == 0 ? 1 : (double) right / (right + wrong);
    }

    /** 0..1; 1 if nothing is required. */
    double recall() {
        return required.isEmpty() ? 1 : (double) found() / required.size();
    }
}
