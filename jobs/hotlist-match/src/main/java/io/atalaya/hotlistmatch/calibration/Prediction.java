package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.json.Field;

/**
 * What an alert about a listed vehicle promised.
 *
 * @param source the list that its entry came with, or null
 * @param deviceId that read the plate, or null
 * @param logOdds of its score, without what earlier answers had taught
 */
public record Prediction(String source, String deviceId, double logOdds) {
    public Prediction {
        logOdds = Field.finite("logOdds", logOdds);
    }

    /** Of an alert that is not known any more, or not yet: a score of 0.95 (assumed). */
    static Prediction unknown(String source, String deviceId) {
        return new Prediction(source, deviceId, Math.log(0.95 / 0.05));
    }
}
