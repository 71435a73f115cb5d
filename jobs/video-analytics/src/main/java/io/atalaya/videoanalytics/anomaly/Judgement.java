package io.atalaya.videoanalytics.anomaly;

import io.atalaya.anomaly.budget.AlarmBudget;

/**
 * What a camera's past says of one observation.
 *
 * @param score the higher the more unusual; its scale is the model's
 * @param usual what was expected at that hour, where the model expects a number
 * @param verdict by the alarm budget; null where the score was not put before it, for the model
 *     does not know the camera yet or the observation is explained
 * @param realisedPerDay alerts a day of this camera and model so far
 * @param days over which that is
 */
record Judgement(
        double score,
        double usual,
        AlarmBudget.Verdict verdict,
        double realisedPerDay,
        double days) {
    /** What comes more often than so many times a day would prolong incidents by chance. */
    private static final double RARE_PER_DAY = 12;

    boolean isAlert() {
        return verdict != null && verdict.alert();
    }

    /** Whether scores as high are rare here, whatever the budget. */
    boolean isRare() {
        return verdict != null && verdict.perDay() < RARE_PER_DAY;
    }
}
