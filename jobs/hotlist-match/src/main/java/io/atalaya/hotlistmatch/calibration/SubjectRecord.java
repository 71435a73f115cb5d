package io.atalaya.hotlistmatch.calibration;

import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The last outcomes of one subject. A set up to its bound: the order of arrival does not change it.
 *
 * @param lessons by (arrival, alertId), one per alert
 * @param emitted the last emitted offset
 * @param touchedAt wall clock of the last update, epoch ms
 */
record SubjectRecord(
        CalibrationSubject subject,
        List<OutcomeUpdate.LabelledPrediction> lessons,
        CalibrationOffset emitted,
        long touchedAt) {
    /** Maximum for a device; by the fading, older outcomes weigh at most 3 %. */
    private static final int MAX_OF_DEVICE = 50;

    /** Maximum for a source, greater because its devices share the weight. */
    private static final int MAX_OF_SOURCE = 200;

    private static final Comparator<OutcomeUpdate.LabelledPrediction> ORDER =
            Comparator.comparingLong(OutcomeUpdate.LabelledPrediction::arrivalTime)
                    .thenComparing(OutcomeUpdate.LabelledPrediction::alertId);

    static SubjectRecord of(CalibrationSubject subject) {
        return new SubjectRecord(subject, List.of(), CalibrationOffset.NONE, Long.MIN_VALUE);
    }

    /**
     * Replaces an alert's earlier outcome with its last one.
     *
     * @param memory how long outcomes count, in arrival time, ms
     * @param now wall clock, epoch ms
     */
    SubjectRecord with(OutcomeUpdate answer, long memory, long now) {
        List<OutcomeUpdate.LabelledPrediction> all = new ArrayList<>(lessons);
        all.removeIf(labelledPrediction -> labelledPrediction.alertId().equals(answer.alertId()));
        if (answer.labelledPrediction() != null) {
            all.add(answer.labelledPrediction());
            all.sort(ORDER);
        }
        if (!all.isEmpty()) {
            long horizon = all.get(all.size() - 1).arrivalTime() - memory;
            all.removeIf(labelledPrediction -> labelledPrediction.arrivalTime() < horizon);
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
