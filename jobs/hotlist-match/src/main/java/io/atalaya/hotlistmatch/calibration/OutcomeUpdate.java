package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

/**
 * The outcome of an alert for a subject, by its last disposition.
 *
 * @param arrivalTime arrival time of the disposition, epoch ms
 * @param labelledPrediction null if a later disposition retracted it
 * @param deviceId of the disposition, or null
 * @param position of the disposition in topic {@code dispositions}
 */
public record OutcomeUpdate(
        CalibrationSubject subject,
        String alertId,
        long arrivalTime,
        LabelledPrediction labelledPrediction,
        String deviceId,
        RecordPosition position)
        implements Traceable {
    @Override
    public Origin origin() {
        return Origin.described(deviceId, position.in(Topics.DISPOSITIONS), this);
    }

    /**
     * The prediction of one alert with its outcome, for one subject.
     *
     * @param deviceId device that read the plate, or null
     * @param arrivalTime arrival time of the disposition, epoch ms
     * @param isCorrect whether the subject was right
     * @param logOdds predicted log-odds of being right
     */
    public record LabelledPrediction(
            String alertId, String deviceId, long arrivalTime, boolean isCorrect, double logOdds) {
        public LabelledPrediction {
            logOdds = Field.finite("logOdds", logOdds);
        }
    }
}
