package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.json.Field;
import io.atalaya.hotlistmatch.score.Score;
import io.atalaya.hotlistmatch.score.Thresholds;

/**
 * Whether an image shows a listed plate.
 *
 * @param plate packed canonical listed plate
 * @param image base64
 * @param priority of the entry, 0..100
 * @param logOdds of the match without an opinion
 */
public record OcrRequest(long plate, String image, int priority, double logOdds) {
    public OcrRequest {
        logOdds = Field.finite("logOdds", logOdds);
    }

    /** What is done without an opinion; null: nothing. */
    public Alert.Action action(Thresholds thresholds) {
        return thresholds.action(priority, Score.posterior(logOdds));
    }

    /** What an opinion makes of it. */
    public Alert.Action action(Thresholds thresholds, OcrResult ocrResult) {
        return thresholds.action(priority, Score.posterior(logOdds + ocrResult.logOdds()));
    }

    /**
     * Whether an opinion can change what is done.
     *
     * @param most that it adds or takes away
     */
    public boolean isOpen(Thresholds thresholds, double most) {
        return thresholds.action(priority, Score.posterior(logOdds + most))
                != thresholds.action(priority, Score.posterior(logOdds - most));
    }

    /**
     * How likely the image changes what is done: it confirms the unlikely, or denies the likely.
     */
    public double gain(Thresholds thresholds) {
        double posterior = Score.posterior(logOdds);
        return action(thresholds) == Alert.Action.ALERT ? 1 - posterior : posterior;
    }
}
