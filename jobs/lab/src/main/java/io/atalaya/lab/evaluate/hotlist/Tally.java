package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what one way of matching finds, and what it finds wrongly. */
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

    /** An alert of the job's. */
    void alert(ScoredAlert alert) {
        alert(alert.entryId(), alert.reads());
    }

    /** An alert about these reads of one entry. */
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

    /** Alerts about something required. */
    int right() {
        return right;
    }

    /** Alerts about nothing in the truth. */
    int wrong() {
        return wrong;
    }

    /** 0..1; 1 if there are none at all. */
    double precision() {
        return right + wrong == 0 ? 1 : (double) right / (right + wrong);
    }

    /** 0..1; 1 if nothing is required. */
    double recall() {
        return required() == 0 ? 1 : (double) found() / required();
    }
}
