package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

/**
 * The outcome of an alert for a subject, by its last disposition.
 *
 * @param arrival arrival time of the disposition, epoch ms
 * @param labelledPrediction null if a later disposition retracted it
 * @param deviceId of the disposition, or null
 * @param position of the disposition in topic {@code dispositions}
 */
public record OutcomeUpdate(
        CalibrationSubject subject,
        String alertId,
        long arrival,
        LabelledPrediction labelledPrediction,
        String deviceId,
        RecordPosition position)
        implements Traceable {
    @Override
    public Origin origin() {
        return Origin.described(deviceId, position.in(Topics.DISPOSITIONS), this);
    }
}
