package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.json.Field;

/**
 * The score of an alert about a listed vehicle, to be compared with its disposition.
 *
 * @param source the list of its entry, or null
 * @param deviceId device that read the plate, or null
 * @param logOdds of its score without calibration offsets
 */
public record Prediction(String source, String deviceId, double logOdds) {
    public Prediction {
        logOdds = Field.finite("logOdds", logOdds);
    }

    /** The prediction of an alert that is not known yet or any more: a score of 0.95 (assumed). */
    static Prediction unknown(String source, String deviceId) {
        return new Prediction(source, deviceId, Math.log(0.95 / 0.05));
    }
}
