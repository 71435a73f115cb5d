package io.atalaya.contracts.plate.adapter;

import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.vocabulary.Vocabulary;

/**
 * Collects a camera's statements on a vehicle. A guess with a likelihood below 0.5 is left out,
 * because the score takes every attribute as right nine times out of ten.
 */
public final class VehicleDraft {
    private static final double MIN_CONFIDENCE = 0.5;
    private static final int MAX_NAME = 64;

    private String make;
    private String model;
    private String color;
    private String type;
    private Double confidence;

    /**
     * @param likelihood 0..1, or null where the camera states no likelihood
     */
    public VehicleDraft make(String text, Double likelihood) {
        if (isTaken(text, likelihood)) {
            make = Vocabulary.MAKES.code(text.strip());
        }
        return this;
    }

    public VehicleDraft model(String text, Double likelihood) {
        if (isTaken(text, likelihood)) {
            model = text.strip();
        }
        return this;
    }

    public VehicleDraft color(String text, Double likelihood) {
        if (isTaken(text, likelihood)) {
            color = Vocabulary.COLORS.code(text.strip());
        }
        return this;
    }

    public VehicleDraft type(String text, Double likelihood) {
        if (isTaken(text, likelihood)) {
            type = Vocabulary.TYPES.code(text.strip());
        }
        return this;
    }

    /** The vehicle, with the confidence of its least certain attribute; null without attributes. */
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
