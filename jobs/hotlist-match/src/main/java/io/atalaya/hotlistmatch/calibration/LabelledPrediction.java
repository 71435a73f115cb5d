package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.json.Field;

/**
 * The prediction of one alert with its outcome, for one subject.
 *
 * @param deviceId device that read the plate, or null
 * @param arrival arrival time of the disposition, epoch ms
 * @param right whether the subject was right
 * @param logOdds predicted log-odds of being right
 */
public record LabelledPrediction(
        String alertId, String deviceId, long arrival, boolean right, double logOdds) {
    public LabelledPrediction {
        logOdds = Field.finite("logOdds", logOdds);
    }
}
