package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.vocabulary.Vocabulary;

/**
 * Collects what a camera says of a vehicle. A guess that the camera itself holds for more likely
 * wrong than right is left out: the score takes what it gets as right nine times out of ten.
 */
public final class SeenVehicle {
    private static final double MIN_CONFIDENCE = 0.5;
    private static final int MAX_NAME = 64;

    private String make;
    private String model;
    private String color;
    private String type;
    private Double confidence;

    /**
     * @param likelihood 0..1, or null where the camera does not say
     */
    public SeenVehicle make(String text, Double likelihood) {
        if (isTaken(text, likelihood)) {
            make = Vocabulary.MAKES.code(text.strip());
        }
        return this;
    }

    public SeenVehicle model(String text, Double likelihood) {
        if (isTaken(text, likelihood)) {
            model = text.strip();
        }
        return this;
    }

    public SeenVehicle color(String text, Double likelihood) {
        if (isTaken(text, likelihood)) {
            color = Vocabulary.COLORS.code(text.strip());
        }
        return this;
    }

    public SeenVehicle type(String text, Double likelihood) {
        if (isTaken(text, likelihood)) {
            type = Vocabulary.TYPES.code(text.strip());
        }
        return this;
    }

    /** The vehicle, its confidence that of its least certain part; null if nothing was taken. */
    public Vehicle vehicle() {
        return make == null && model == null && color == null && type == null
                ? null
                : new Vehicle(make, model, color, type, confidence);
    }

    private boolean isTaken(String text, Double likelihood) {
        if (PlateText.isUnknown(text)
                || text.length() > MAX_NAME
                || likelihood != null && !(likelihood >= MIN_CONFIDENCE && likelihood <= 1)) {
            return false;
        }
        if (likelihood != null) {
            confidence = confidence == null ? likelihood : Math.min(confidence, likelihood);
        }
        return true;
    }
}
