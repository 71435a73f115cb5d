package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlertBudget;

import java.util.OptionalDouble;

/**
 * Score of one observation against the camera's past.
 *
 * @param score the higher the more unusual, on the model's scale; empty while the camera is unknown
 *     to the model
 * @param typical number expected at that hour; empty if the model expects no number
 * @param verdict of the alert budget; null if the score was not offered to it, because the camera
 *     is unknown to the model or the observation is explained
 * @param realisedPerDay alerts per day of this camera and model so far
 * @param days number of days behind that rate
 */
record AnomalyScore(
        OptionalDouble score,
        OptionalDouble typical,
        AlertBudget.Verdict verdict,
        double realisedPerDay,
        double days) {
    /** Scores that occur more often than this per day would prolong episodes by chance. */
    private static final double RARE_PER_DAY = 12;

    boolean isAlert() {
        return verdict != null && verdict.isAlert();
    }

    /** Whether scores as high are rare at this camera, whatever the budget. */
    boolean isRare() {
        return verdict != null
                && verdict.perDay().isPresent()
                && verdict.perDay().getAsDouble() < RARE_PER_DAY;
    }
}
