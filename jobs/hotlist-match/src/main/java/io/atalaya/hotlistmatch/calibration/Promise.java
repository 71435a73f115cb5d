package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.json.Field;

/**
 * What an alert about a listed vehicle promised.
 *
 * @param source the list that its entry came with, or null
 * @param deviceId that read the plate, or null
 * @param logOdds of its score, without what earlier answers had taught
 */
public record Promise(String source, String deviceId, double logOdds) {
    public Promise {
        logOdds = Field.finite("logOdds", logOdds);
    }

    /** Of an alert that is not known any more, or not yet: a score of 0.95 (assumed). */
    static Promise unknown(String source, String deviceId) {
        return new Promise(source, deviceId, Math.log(0.95 / 0.05));
    }
}
