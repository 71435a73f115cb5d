package io.atalaya.hotlistmatch.calibration;

import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The last answered alerts of one subject. A set: no order in which answers come changes it, up to
 * its bound.
 *
 * @param lessons by (arrival, alertId), one an alert
 * @param emitted the shift that others know
 * @param touchedAt wall clock of the last answer
 */
record SubjectRecord(
        CalibrationSubject subject,
        List<LabelledPrediction> lessons,
        CalibrationOffset emitted,
        long touchedAt) {
    /** With the fading, what is older than 50 answers weighs 3 %. */
    private static final int MAX_OF_DEVICE = 50;

    /** Of more devices, one voice each. */
    private static final int MAX_OF_SOURCE = 200;

    private static final Comparator<LabelledPrediction> ORDER =
            Comparator.comparingLong(LabelledPrediction::arrival)
                    .thenComparing(LabelledPrediction::alertId);

    static SubjectRecord of(CalibrationSubject subject) {
        return new SubjectRecord(subject, List.of(), CalibrationOffset.NONE, Long.MIN_VALUE);
    }

    /**
     * With what an alert's last answer says, in the place of what an earlier one said.
     *
     * @param memory how long answers count, in ms, on the arrival clock
     * @param now wall clock
     */
    SubjectRecord with(OutcomeUpdate answer, long memory, long now) {
        List<LabelledPrediction> all = new ArrayList<>(lessons);
        all.removeIf(labelledPrediction -> labelledPrediction.alertId().equals(answer.alertId()));
        if (answer.labelledPrediction() != null) {
            all.add(answer.labelledPrediction());
            all.sort(ORDER);
        }
        if (!all.isEmpty()) {
            long horizon = all.get(all.size() - 1).arrival() - memory;
            all.removeIf(labelledPrediction -> labelledPrediction.arrival() < horizon);
        }
        int max = subject instanceof CalibrationSubject.Device ? MAX_OF_DEVICE : MAX_OF_SOURCE;
        return new SubjectRecord(
                subject,
                List.copyOf(all.subList(Math.max(0, all.size() - max), all.size())),
                emitted,
                now);
    }

    CalibrationOffset offset(CalibrationSettings rules) {
        return OffsetEstimator.of(subject, lessons, rules);
    }

    SubjectRecord emitted(CalibrationOffset offset) {
        return new SubjectRecord(subject, lessons, offset, touchedAt);
    }
}
