package io.atalaya.lab.evaluate.score;

import io.atalaya.simulator.truth.GroundTruth;

import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Cloned plates: an alert must contain a read of each of the vehicles. */
final class CloneRule implements Rule {
    @Override
    public String type() {
        return "cloned-plate";
    }

    @Override
    public List<Expected> expected(GroundTruth truth) {
        return truth.clones().stream()
                .map(
                        clone ->
                                new Expected(
                                        null,
                                        clone.plate(),
                                        clone.reads().stream().flatMap(Collection::stream).toList(),
                                        clone.required(),
                                        truth.start(),
                                        truth.start(),
                                        clone.reads(),
                                        List.of(),
                                        List.of(),
                                        "plate " + clone.plate() + " reads " + clone.reads()))
                .toList();
    }

    @Override
    public boolean meets(ScoredAlert alert, Expected expected) {
        return expected.reads().stream().noneMatch(car -> Collections.disjoint(car, alert.reads()));
    }

    @Override
    public String delayClock() {
        return "the recording's start (the truth does not say which read proves it)";
    }
}
