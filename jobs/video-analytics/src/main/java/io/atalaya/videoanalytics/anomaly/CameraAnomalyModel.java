package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlertBudget;

import java.util.Arrays;

/**
 * What one camera's own past says of what is observed there, by one version of a model. It is told
 * all observations of its kind, in their order: first {@link #features}, and once the network was
 * run on those, {@link #judge}. Bounded in memory; for one thread.
 */
interface CameraAnomalyModel {
    /** What the network is asked with. */
    float[] features(Observation observation);

    /**
     * Judges an observation, and learns from it.
     *
     * @param output of the network, for the observation's features
     * @param mayAlert false if what goes on was told already
     * @param share of the alarm budget, in its usual ones: see {@link CameraModels#share}
     */
    AnomalyScore judge(Observation observation, float[] output, boolean mayAlert, double share);

    /** Whether the camera is known well enough to alert. */
    boolean isKnown();

    /** What is kept of it, between observations: its {@link AlertBudget} first. */
    byte[] toBytes();

    /**
     * Whether the one that was kept knows the camera well enough to alert.
     *
     * @param perDay alerts a day
     */
    static boolean isKnown(byte[] kept, double perDay) {
        return AlertBudget.fromBytes(perDay, Arrays.copyOf(kept, AlertBudget.BYTES)).isKnown();
    }
}
