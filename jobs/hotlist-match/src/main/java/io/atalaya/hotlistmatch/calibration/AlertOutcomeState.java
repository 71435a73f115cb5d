package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of one alert: what it promised, and what was answered last. Of two answers the
 * later one counts, so that their order and their repetition leave no trace.
 *
 * @param revision that was published; 0: none has been seen
 * @param prediction of that revision; null where the alert is about no entry, or unknown
 * @param answered the last answer, or null
 * @param taught to whom the last answer was told
 */
record AlertOutcomeState(
        long revision,
        Prediction prediction,
        AlertFeedback.Disposed answered,
        List<CalibrationSubject> taught) {
    static final AlertOutcomeState UNKNOWN = new AlertOutcomeState(0, null, null, List.of());

    /** With news of it; this one itself where they change nothing. */
    AlertOutcomeState with(AlertFeedback referenceUpdate) {
        if (referenceUpdate instanceof AlertFeedback.Disposed answer) {
            return answered == null || answer.isAfter(answered)
                    ? new AlertOutcomeState(revision, prediction, answer, taught)
                    : this;
        }
        AlertFeedback.Published published = (AlertFeedback.Published) referenceUpdate;
        // Who answers has seen what was published until then: later revisions promised them
        // nothing.
        boolean isSettled = isPublished() && answered != null;
        return published.revision() > revision && !isSettled
                ? new AlertOutcomeState(
                        published.revision(), published.prediction(), answered, taught)
                : this;
    }

    boolean isPublished() {
        return revision > 0;
    }

    /** What there is to tell now, what was told and no longer holds included. */
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
                // Another state's plate with the same characters was read well.
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

    /** After {@link #answers()} were told. */
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
