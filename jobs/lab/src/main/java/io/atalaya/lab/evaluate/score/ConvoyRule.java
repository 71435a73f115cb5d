package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.simulator.truth.GroundTruth;

import java.util.List;

/**
 * Convoys, each once for all its companions: an alert must contain a read of the listed vehicle and
 * name a companion, not a vehicle that merely took the same road. A convoy is optional if the
 * listed vehicle passed fewer arches than a convoy alert needs.
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
