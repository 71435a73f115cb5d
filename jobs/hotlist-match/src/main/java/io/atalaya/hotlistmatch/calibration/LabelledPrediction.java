package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.json.Field;

/**
 * What one answered alert says of one subject.
 *
 * @param deviceId that read, or null
 * @param arrival of the answer
 * @param right whether the subject did right
 * @param logOdds that the alert had promised for that
 */
public record LabelledPrediction(
        String alertId, String deviceId, long arrival, boolean right, double logOdds) {
    public LabelledPrediction {
        logOdds = Field.finite("logOdds", logOdds);
    }
}
