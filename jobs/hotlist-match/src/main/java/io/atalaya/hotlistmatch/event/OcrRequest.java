package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.json.Field;
import io.atalaya.hotlistmatch.score.Score;
import io.atalaya.hotlistmatch.score.Thresholds;

/**
 * Request to check whether an image shows a listed plate.
 *
 * @param plate packed canonical listed plate
 * @param image base64
 * @param priority of the entry, 0..100
 * @param logOdds of the match without an OCR result
 */
public record OcrRequest(long plate, String image, int priority, double logOdds) {
    public OcrRequest {
        logOdds = Field.finite("logOdds", logOdds);
    }

    /** The action without an OCR result; null: no alert. */
    public Alert.Action action(Thresholds thresholds) {
        return thresholds.action(priority, Score.posterior(logOdds));
    }

    /** The action with that OCR result; null: no alert. */
    public Alert.Action action(Thresholds thresholds, OcrResult ocrResult) {
        return thresholds.action(priority, Score.posterior(logOdds + ocrResult.logOdds()));
    }

    /**
     * Whether an OCR result can change the action.
     *
     * @param most upper bound of what the result adds to or subtracts from the log-odds
     */
    public boolean isOpen(Thresholds thresholds, double most) {
        return thresholds.action(priority, Score.posterior(logOdds + most))
                != thresholds.action(priority, Score.posterior(logOdds - most));
    }

    /**
     * Probability that the image changes the action, by confirming an unlikely match or refuting a
     * likely one.
     */
    public double gain(Thresholds thresholds) {
        double posterior = Score.posterior(logOdds);
        return action(thresholds) == Alert.Action.ALERT ? 1 - posterior : posterior;
    }
}
