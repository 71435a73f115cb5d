package io.atalaya.simulator;

import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.ReadClass;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads plates with realistic errors: at the {@link Roadside}'s rates, or otherwise at the fixed
 * shares here.
 */
final class PlateCamera {
    static final double EXACT = 0.92;
    static final double LOOK_ALIKE = 0.04;
    static final double ONE_EDIT = 0.025;
    static final double TRUTH_AMONG_CANDIDATES = 0.60;

    /** A plate as read. */
    record Reading(
            String text, double confidence, List<Candidate> candidates, ReadClass readClass) {}

    private final SeededRandom random;
    private final CharacterRates rates;
    private final Misreads misreads;
    private final Confidences confidences;
    private final AppearanceErrors appearance;

    PlateCamera(SeededRandom random, Fleet fleet, Roadside roadside) {
        this.random = random;
        this.rates = roadside.characters();
        this.misreads = new Misreads(random);
        this.confidences = rates == null ? Confidences.DEMONSTRATION : Confidences.MEASURED;
        this.appearance = new AppearanceErrors(random, fleet, rates != null);
    }

    /** A read with typical errors. */
    Reading read(String plate) {
        if (rates != null) {
            return reading(plate, rates.read(plate, random));
        }
        double draw = random.between(0, 1);
        if (draw < EXACT) {
            return reading(plate, plate);
        }
        if (draw < EXACT + LOOK_ALIKE) {
            return misread(plate, ReadClass.LOOK_ALIKE);
        }
        return misread(
                plate, draw < EXACT + LOOK_ALIKE + ONE_EDIT ? ReadClass.ONE_EDIT : ReadClass.WORSE);
    }

    /** A read with an error of that class; one edit if the plate has no look-alikes. */
    Reading misread(String plate, ReadClass wanted) {
        return reading(plate, misreads.of(plate, wanted));
    }

    /** The read of {@code plate} as {@code text}, with a confidence that fits the error. */
    Reading reading(String plate, String text) {
        ReadClass readClass = ReadClass.of(plate, text);
        double confidence = milli(confidences.draw(readClass, random));
        List<Candidate> candidates = new ArrayList<>(2);
        candidates.add(new Candidate(text, confidence));
        if (readClass != ReadClass.EXACT && random.happens(TRUTH_AMONG_CANDIDATES)) {
            candidates.add(new Candidate(plate, milli(confidence * random.between(0.55, 0.95))));
        }
        return new Reading(text, confidence, List.copyOf(candidates), readClass);
    }

    /** The appearance that the camera reports. */
    Vehicle appearanceOf(Vehicle vehicle) {
        return appearance.of(vehicle);
    }

    private static double milli(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
