package io.atalaya.hotlistmatch.calibration;

import io.atalaya.bulkhead.Traceable;

/**
 * What an alert's last answer says of a subject.
 *
 * @param arrival of the answer
 * @param lesson null: nothing any more, for a later answer took it back
 */
public record Answer(CalibrationSubject subject, String alertId, long arrival, Lesson lesson)
        implements Traceable {
    @Override
    public Origin origin() {
        return Origin.described(null, null, this);
    }
}
