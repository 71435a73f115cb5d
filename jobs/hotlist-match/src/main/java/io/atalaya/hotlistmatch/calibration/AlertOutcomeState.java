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
 * @param answered the last disposition, or null
 * @param taught the subjects that received the last disposition
 */
record AlertOutcomeState(
        long revision,
        Prediction prediction,
        AlertFeedback.Disposed answered,
        List<CalibrationSubject> taught) {
    static final AlertOutcomeState UNKNOWN = new AlertOutcomeState(0, null, null, List.of());

    /** Applies feedback; returns this instance if nothing changes. */
    AlertOutcomeState with(AlertFeedback feedback) {
        if (feedback instanceof AlertFeedback.Disposed answer) {
            return answered == null || answer.isAfter(answered)
                    ? new AlertOutcomeState(revision, prediction, answer, taught)
                    : this;
        }
        AlertFeedback.Published published = (AlertFeedback.Published) feedback;
        // A disposition refers to the revisions published before it, so later ones do not change
        // its prediction.
        boolean isSettled = isPublished() && answered != null;
        return published.revision() > revision && !isSettled
                ? new AlertOutcomeState(
                        published.revision(), published.prediction(), answered, taught)
                : this;
    }

    boolean isPublished() {
        return revision > 0;
    }

    /** The updates to emit now, including retractions of those that no longer hold. */
    List<OutcomeUpdate> answers() {
        if (answered == null) {
            return List.of();
        }
        Prediction promised =
                isPublished()
                        ? prediction
                        : Prediction.unknown(answered.source(), answered.deviceId());
        List<OutcomeUpdate> answers = new ArrayList<>();
        if (promised != null && answered.outcome() != Outcome.NOT_ACTIONABLE) {
            if (promised.deviceId() != null) {
                // The device read correctly if the plate is another state's with the same
                // characters.
                boolean right = answered.outcome() != Outcome.WRONG_PLATE;
                answers.add(
                        answer(
                                new CalibrationSubject.Device(promised.deviceId()),
                                labelledPrediction(promised, right)));
            }
            if (promised.source() != null) {
                boolean right = answered.outcome() == Outcome.CORRECT;
                answers.add(
                        answer(
                                new CalibrationSubject.Source(promised.source()),
                                labelledPrediction(promised, right)));
            }
        }
        List<CalibrationSubject> due = subjects(answers);
        for (CalibrationSubject subject : taught) {
            if (!due.contains(subject)) {
                answers.add(answer(subject, null));
            }
        }
        return answers;
    }

    /** Returns the state after {@link #answers()} were emitted. */
    AlertOutcomeState emitted(List<OutcomeUpdate> answers) {
        return new AlertOutcomeState(
                revision,
                prediction,
                answered,
                subjects(
                        answers.stream()
                                .filter(answer -> answer.labelledPrediction() != null)
                                .toList()));
    }

    private static List<CalibrationSubject> subjects(List<OutcomeUpdate> answers) {
        return answers.stream().map(OutcomeUpdate::subject).toList();
    }

    private OutcomeUpdate answer(
            CalibrationSubject subject, LabelledPrediction labelledPrediction) {
        return new OutcomeUpdate(
                subject,
                answered.alertId(),
                answered.arrival(),
                labelledPrediction,
                answered.deviceId(),
                answered.position());
    }

    private LabelledPrediction labelledPrediction(Prediction promised, boolean right) {
        return new LabelledPrediction(
                answered.alertId(),
                promised.deviceId(),
                answered.arrival(),
                right,
                promised.logOdds());
    }
}
