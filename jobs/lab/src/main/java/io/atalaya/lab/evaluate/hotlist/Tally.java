package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts the right and wrong alerts of one way of matching. */
final class Tally {
    private final WantedPassages wanted;
    private final Map<PassageGroup, Integer> required = new EnumMap<>(PassageGroup.class);
    private final Map<PassageGroup, Integer> found = new EnumMap<>(PassageGroup.class);
    private final Set<GroundTruth.WantedPassage> seen = new HashSet<>();
    private int right;
    private int wrong;

    Tally(GroundTruth truth) {
        wanted = new WantedPassages(truth);
        for (GroundTruth.WantedPassage passage : truth.wantedPassages()) {
            group(passage).ifPresent(g -> required.merge(g, 1, Integer::sum));
        }
    }

    /** Adds an alert of the job. */
    void alert(ScoredAlert alert) {
        alert(alert.entryId(), alert.reads());
    }

    /** Adds an alert about these reads of one entry. */
    void alert(String entryId, Iterable<String> reads) {
        boolean about = false;
        boolean isRight = false;
        for (String read : reads) {
            GroundTruth.WantedPassage passage = wanted.of(entryId, read);
            if (passage != null) {
                about = true;
                Optional<PassageGroup> group = group(passage);
                if (group.isPresent()) {
                    isRight = true;
                    if (seen.add(passage)) {
                        found.merge(group.get(), 1, Integer::sum);
                    }
                }
            }
        }
        right += isRight ? 1 : 0;
        wrong += about ? 0 : 1;
    }

    private static Optional<PassageGroup> group(GroundTruth.WantedPassage passage) {
        return passage.required() ? PassageGroup.of(passage) : Optional.empty();
    }

    int required(PassageGroup group) {
        return required.getOrDefault(group, 0);
    }

    int found(PassageGroup group) {
        return found.getOrDefault(group, 0);
    }

    int required() {
        return required.values().stream().mapToInt(Integer::intValue).sum();
    }

    int found() {
        return found.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Number of alerts about a required passage. */
    int right() {
        return right;
    }

    /** Number of alerts about no passage of the ground truth. */
    int wrong() {
        return wrong;
    }

    /** 0..1; 1 without right and wrong alerts. */
    double precision() {
        return right + wrong == 0 ? 1 : (double) right / (right + wrong);
    }

    /** 0..1; 1 if nothing is required. */
    double recall() {
        return required() == 0 ? 1 : (double) found() / required();
    }
}
