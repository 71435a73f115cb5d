package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlertBudget;

import java.util.Arrays;

/**
 * Learned state of one camera for one version of a model. It gets all observations of its kind in
 * order: first {@link #features}, and after the model was run on them, {@link #evaluate}. Bounded
 * in memory; not thread-safe.
 */
interface CameraAnomalyModel {
    /** Input of the model for this observation. */
    float[] features(Observation observation);

    /**
     * Scores an observation, and learns from it.
     *
     * @param output of the model for the observation's features
     * @param mayAlert false if the observation belongs to an alert that was already emitted
     * @param share multiple of the model's configured share of the alert budget: see {@link
     *     CameraModels#share}
     */
    AnomalyScore evaluate(Observation observation, float[] output, boolean mayAlert, double share);

    /** Whether the camera is known well enough to alert. */
    boolean isKnown();

    /** The state to keep between observations; it starts with that of the {@link AlertBudget}. */
    byte[] toBytes();

    /**
     * Whether the camera is known well enough to alert in a kept state.
     *
     * @param perDay alerts per day
     */
    static boolean isKnown(byte[] kept, double perDay) {
        return AlertBudget.fromBytes(perDay, Arrays.copyOf(kept, AlertBudget.BYTES)).isKnown();
    }
}
