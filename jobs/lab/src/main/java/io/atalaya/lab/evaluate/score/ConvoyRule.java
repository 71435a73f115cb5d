package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.List;

/**
 * Each convoy, once for all its companions: an alert must show a read of the listed car, and name
 * one of them. Who merely drove the same way is none. Where the listed car has passed fewer arches
 * than prove company, none is asked for.
 */
final class ConvoyRule implements Rule {
    private static final int ARCHES = 3;

    @Override
    public String type() {
        return "convoy";
    }

    @Override
    public List<Expected> expected(GroundTruth truth) {
        return truth.convoys().stream()
                .map(
                        convoy ->
                                new Expected(
                                        null,
                                        convoy.plate(),
                                        convoy.reads(),
                                        convoy.reads().size() >= ARCHES,
                                        truth.start(),
                                        truth.start(),
                                        List.of(convoy.reads()),
                                        convoy.companions(),
                                        List.of(),
                                        "plate " + convoy.plate() + " with " + convoy.companions()))
                .toList();
    }

    @Override
    public boolean meets(ScoredAlert alert, Expected expected) {
        String plate = alert.plate();
        return plate == null
                || !CanonicalPlate.isPlate(plate)
                || expected.companions().stream()
                        .anyMatch(
                                companion ->
                                        OneEdit.isWithin(
                                                CanonicalPlate.pack(plate),
                                                CanonicalPlate.pack(companion)));
    }

    @Override
    public String says(ScoredAlert alert) {
        return alert.plate() == null ? "" : alert.plate();
    }

    @Override
    public String delayClock() {
        return "the recording's start (the truth does not say which arch proves it)";
    }
}
