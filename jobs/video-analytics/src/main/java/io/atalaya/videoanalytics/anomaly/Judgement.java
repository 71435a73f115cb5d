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
 */
record Judgement(double score, double usual, AlarmBudget.Verdict verdict, double realisedPerDay) {
    boolean isAlert() {
        return verdict != null && verdict.alert();
    }

    /** Whether scores as high are rare here at all, whatever the budget. */
    boolean isRare() {
        return verdict != null && verdict.perDay() < Double.POSITIVE_INFINITY;
    }
}
