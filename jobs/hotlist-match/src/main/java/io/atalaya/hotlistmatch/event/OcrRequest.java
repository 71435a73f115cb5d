package io.atalaya.hotlistmatch.event;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.json.Field;
import io.atalaya.hotlistmatch.score.OcrEvidence;
import io.atalaya.hotlistmatch.score.Score;
import io.atalaya.hotlistmatch.score.Thresholds;

/**
 * Request to check whether an image shows a listed plate.
 *
 * @param plate packed canonical listed plate
 * @param text packed canonical text that was read
 * @param another probability that the text, if it is not of the listed vehicle, is another
 *     vehicle's own plate
 * @param image base64
 * @param priority of the entry, 0..100
 * @param logOdds of the match without an OCR result
 */
public record OcrRequest(
        long plate, long text, double another, String image, int priority, double logOdds) {
    public OcrRequest {
        another = Field.number("another", another, 0, 1);
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
     * Whether the image is worth reading: if the result can change the action, and always if the
     * text is the listed plate, which may be a misread of another.
     */
    public boolean isOpen(Thresholds thresholds, OcrEvidence evidence) {
        double most = logOdds + evidence.most(plate, text, another);
        return text == plate
                || thresholds.action(priority, Score.posterior(most))
                        != thresholds.action(priority, Score.posterior(logOdds + evidence.least()));
    }

    /** The log-odds that an image adds in which the plate and the text have these margins. */
    public double evidence(OcrEvidence evidence, double margin, double textMargin) {
        return evidence.logOdds(plate, text, another, margin, textMargin);
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
