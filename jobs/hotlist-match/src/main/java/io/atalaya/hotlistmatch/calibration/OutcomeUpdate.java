package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

/**
 * What an alert's last answer says of a subject.
 *
 * @param arrival of the answer
 * @param labelledPrediction null: nothing any more, for a later answer took it back
 * @param deviceId that the answer is about, or null
 * @param position of the answer in topic {@code dispositions}
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
