package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlertBudget;

import java.util.OptionalDouble;

/**
 * What a camera's past says of one observation.
 *
 * @param score the higher the more unusual, on the model's scale; empty while the model does not
 *     know the camera
 * @param usual what was expected at that hour; empty where the model expects no number
 * @param verdict by the alarm budget; null where the score was not put before it, for the model
 *     does not know the camera yet or the observation is explained
 * @param realisedPerDay alerts a day of this camera and model so far
 * @param days over which that is
 */
record AnomalyScore(
        OptionalDouble score,
        OptionalDouble usual,
        AlertBudget.Verdict verdict,
        double realisedPerDay,
        double days) {
    /** What comes more often than so many times a day would prolong incidents by chance. */
    private static final double RARE_PER_DAY = 12;

    boolean isAlert() {
        return verdict != null && verdict.alert();
    }

    /** Whether scores as high are rare here, whatever the budget. */
    boolean isRare() {
        return verdict != null
                && verdict.perDay().isPresent()
                && verdict.perDay().getAsDouble() < RARE_PER_DAY;
    }
}
