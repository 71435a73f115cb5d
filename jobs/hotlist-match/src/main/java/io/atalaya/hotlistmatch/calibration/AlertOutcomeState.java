package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

import java.util.ArrayList;
import java.util.List;

/**
 * One alert's prediction and its last disposition. The later of two dispositions counts, so order
 * and repetition have no effect.
 *
 * @param revision last published; 0 if unknown
 * @param prediction of that revision; null if the alert has no list entry or is unknown
 * @param disposition the last disposition, or null
 * @param informed the subjects that received the last disposition
 */
record AlertOutcomeState(
        long revision,
        AlertFeedback.Prediction prediction,
        AlertFeedback.Disposed disposition,
        List<CalibrationSubject> informed) {
    static final AlertOutcomeState UNKNOWN = new AlertOutcomeState(0, null, null, List.of());

    /** Applies feedback; returns this instance if nothing changes. */
    AlertOutcomeState with(AlertFeedback feedback) {
        if (feedback instanceof AlertFeedback.Disposed answer) {
            return disposition == null || answer.isAfter(disposition)
                    ? new AlertOutcomeState(revision, prediction, answer, informed)
                    : this;
        }
        AlertFeedback.Published published = (AlertFeedback.Published) feedback;
        // A disposition refers to the revisions published before it, so later ones do not change
        // its prediction.
        boolean isSettled = isPublished() && disposition != null;
        return published.revision() > revision && !isSettled
                ? new AlertOutcomeState(
                        published.revision(), published.prediction(), disposition, informed)
                : this;
    }

    boolean isPublished() {
        return revision > 0;
    }

    /** The updates to emit now, including retractions of those that no longer hold. */
    List<OutcomeUpdate> updates() {
        if (disposition == null) {
            return List.of();
        }
        AlertFeedback.Prediction expected =
                isPublished()
                        ? prediction
                        : AlertFeedback.Prediction.unknown(
                                disposition.source(), disposition.deviceId());
        List<OutcomeUpdate> updates = new ArrayList<>();
        if (expected != null && disposition.outcome() != Outcome.NOT_ACTIONABLE) {
            if (expected.deviceId() != null) {
                // The device read correctly if the plate is another state's with the same
                // characters.
                boolean right = disposition.outcome() != Outcome.WRONG_PLATE;
                updates.add(
                        outcomeUpdate(
                                new CalibrationSubject.Device(expected.deviceId()),
                                labelledPrediction(expected, right)));
            }
            if (expected.source() != null) {
                boolean right = disposition.outcome() == Outcome.CORRECT;
                updates.add(
                        outcomeUpdate(
                                new CalibrationSubject.Source(expected.source()),
                                labelledPrediction(expected, right)));
            }
        }
        List<CalibrationSubject> due = subjects(updates);
        for (CalibrationSubject subject : informed) {
            if (!due.contains(subject)) {
                updates.add(outcomeUpdate(subject, null));
            }
        }
        return updates;
    }

    /** Returns the state after {@link #updates()} were emitted. */
    AlertOutcomeState emitted(List<OutcomeUpdate> updates) {
        return new AlertOutcomeState(
                revision,
                prediction,
                disposition,
                subjects(
                        updates.stream()
                                .filter(answer -> answer.labelledPrediction() != null)
                                .toList()));
    }

    private static List<CalibrationSubject> subjects(List<OutcomeUpdate> updates) {
        return updates.stream().map(OutcomeUpdate::subject).toList();
    }

    private OutcomeUpdate outcomeUpdate(
            CalibrationSubject subject, OutcomeUpdate.LabelledPrediction labelledPrediction) {
        return new OutcomeUpdate(
                subject,
                disposition.alertId(),
                disposition.arrivalTime(),
                labelledPrediction,
                disposition.deviceId(),
                disposition.position());
    }

    private OutcomeUpdate.LabelledPrediction labelledPrediction(
            AlertFeedback.Prediction expected, boolean right) {
        return new OutcomeUpdate.LabelledPrediction(
                disposition.alertId(),
                expected.deviceId(),
                disposition.arrivalTime(),
                right,
                expected.logOdds());
    }
}
