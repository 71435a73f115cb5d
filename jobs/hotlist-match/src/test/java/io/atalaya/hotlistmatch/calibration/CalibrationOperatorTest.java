package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.bulkhead.Bulkhead;
import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.harness.Faults;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.hotlistmatch.harness.Scenario;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests what the two calibration operators keep, for how long, and through a restore. */
class CalibrationOperatorTest {
    private static final long MEMORY = Operators.CALIBRATION.memory().toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** How long a disposition waits for its alert, ms. */
    private static final long WAIT = 10_000;

    private static final AlertFeedback.Prediction PROMISE =
            new AlertFeedback.Prediction("daily", "ARCO-1", 5.1);
    private static final CalibrationSubject DEVICE = new CalibrationSubject.Device("ARCO-1");

    @ParameterizedTest
    @EnumSource
    void answersAreTheSameThroughARestore(Backend backend) throws Exception {
        Scenario<AlertFeedback, Void, OutcomeUpdate> scenario =
                new Scenario<AlertFeedback, Void, OutcomeUpdate>(
                                Operators.dispositionJoin(), NOON, Subtask::drain)
                        .first(new AlertFeedback.Published("A", 1, PROMISE, RecordPosition.UNKNOWN))
                        .first(disposition("A", "X1", Outcome.WRONG_PLATE, NOON))
                        // A repeated disposition, and one that precedes its alert.
                        .first(disposition("A", "X1", Outcome.WRONG_PLATE, NOON))
                        .first(disposition("B", "X2", Outcome.CORRECT, NOON + 1))
                        .first(new AlertFeedback.Published("B", 2, PROMISE, RecordPosition.UNKNOWN))
                        .first(disposition("C", "X3", Outcome.WRONG_PLATE, NOON + 2))
                        .now(NOON + WAIT)
                        .first(disposition("A", "X4", Outcome.NOT_ACTIONABLE, NOON + 3));

        List<Object> plainly = scenario.plainly(backend);
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
        assertThat(plainly)
                .extracting(each -> summary((OutcomeUpdate) each))
                .containsExactly(
                        "A device/ARCO-1 wrong 5.1",
                        "A source/daily wrong 5.1",
                        "B device/ARCO-1 right 5.1",
                        "B source/daily right 5.1",
                        "C device/said wrong 2.9",
                        "A device/ARCO-1 nothing",
                        "A source/daily nothing");
    }

    @Test
    void anAlertThatBecomesKnownTooLateCorrectsWhatWasAssumed() throws Exception {
        try (Subtask<AlertFeedback, Void, OutcomeUpdate> step =
                Subtask.start(Operators.dispositionJoin(), Backend.HEAP, NOON)) {
            step.first(disposition("A", "X1", Outcome.WRONG_PLATE, NOON));
            step.now(NOON + WAIT);
            step.drain();
            step.first(new AlertFeedback.Published("A", 1, PROMISE, RecordPosition.UNKNOWN));
            assertThat(step.drain())
                    .extracting(CalibrationOperatorTest::summary)
                    .containsExactly(
                            "A device/ARCO-1 wrong 5.1",
                            "A source/daily wrong 5.1",
                            "A device/said nothing");
        }
    }

    @Test
    void anErrorAboutOneAlertReachesNoOther() throws Exception {
        try (Faults faults =
                        Faults.in(
                                List.of(AlertOutcomeState.class),
                                (method, arguments) ->
                                        method.endsWith(".with")
                                                && arguments[0].toString().contains("X1"));
                Subtask<AlertFeedback, Void, OutcomeUpdate> step =
                        Subtask.start(Operators.dispositionJoin(), Backend.HEAP, NOON)) {
            step.first(
                    new AlertFeedback.Disposed(
                            "A",
                            "X1",
                            "daily",
                            "ARCO-1",
                            Outcome.CORRECT,
                            NOON,
                            NOON,
                            new RecordPosition(2, 77)));
            step.first(new AlertFeedback.Published("B", 1, PROMISE, RecordPosition.UNKNOWN));
            step.first(disposition("B", "X2", Outcome.CORRECT, NOON));
            assertThat(step.drain()).hasSize(2).allMatch(answer -> answer.alertId().equals("B"));
            assertThat(step.drain(Bulkhead.DEAD_LETTERS))
                    .singleElement()
                    .satisfies(
                            letter -> {
                                assertThat(letter.address()).hasToString("dispositions-2-77");
                                assertThat(letter.error().deviceId()).isEqualTo("ARCO-1");
                            });
            assertThat(faults.thrown()).hasSize(1);
            assertThat(step.keyedTimers()).isZero();
            assertThat(step.keyedStateEntries()).isEqualTo(1);
        }
    }

    @Test
    void anErrorAboutOneSubjectReachesNoOther() throws Exception {
        CalibrationSubject broken = new CalibrationSubject.Device("ARCO-9");
        try (Faults faults =
                        Faults.in(
                                List.of(SubjectRecord.class),
                                (method, arguments) ->
                                        method.endsWith(".with")
                                                && ((OutcomeUpdate) arguments[0])
                                                        .subject()
                                                        .equals(broken));
                Subtask<OutcomeUpdate, Void, ReferenceUpdate> step =
                        Subtask.start(Operators.calibration(), Backend.HEAP, NOON)) {
            step.first(
                    new OutcomeUpdate(
                            broken,
                            "A",
                            NOON,
                            new OutcomeUpdate.LabelledPrediction("A", "ARCO-9", NOON, true, 5),
                            "ARCO-9",
                            new RecordPosition(2, 77)));
            step.first(
                    new OutcomeUpdate(
                            DEVICE,
                            "B",
                            NOON,
                            new OutcomeUpdate.LabelledPrediction("B", "ARCO-1", NOON, true, 5),
                            "ARCO-1",
                            RecordPosition.UNKNOWN));
            assertThat(step.drain(Bulkhead.DEAD_LETTERS))
                    .singleElement()
                    .satisfies(
                            letter -> {
                                assertThat(letter.address()).hasToString("dispositions-2-77");
                                assertThat(letter.error().deviceId()).isEqualTo("ARCO-9");
                            });
            assertThat(faults.thrown()).hasSize(1);
            assertThat(step.keyedStateEntries()).isEqualTo(1);
            assertThat(step.keyedTimers()).isEqualTo(1);
        }
    }

    @Test
    void anAlertAboutNoEntryTeachesNothing() throws Exception {
        try (Subtask<AlertFeedback, Void, OutcomeUpdate> step =
                Subtask.start(Operators.dispositionJoin(), Backend.HEAP, NOON)) {
            step.first(new AlertFeedback.Published("A", 1, null, RecordPosition.UNKNOWN));
            step.first(disposition("A", "X1", Outcome.WRONG_PLATE, NOON));
            step.now(NOON + 2 * WAIT);
            assertThat(step.drain()).isEmpty();
        }
    }

    /** After the memory has expired, a repeated disposition counts as one of an unknown alert. */
    @ParameterizedTest
    @EnumSource
    void anAlertIsForgotten(Backend backend) throws Exception {
        try (Subtask<AlertFeedback, Void, OutcomeUpdate> step =
                Subtask.start(Operators.dispositionJoin(), backend, NOON)) {
            step.first(new AlertFeedback.Published("A", 1, PROMISE, RecordPosition.UNKNOWN));
            step.now(NOON + MEMORY + 1);
            step.first(disposition("A", "X1", Outcome.WRONG_PLATE, NOON));
            assertThat(step.drain()).isEmpty();
            step.now(NOON + MEMORY + 1 + WAIT);
            assertThat(step.drain())
                    .extracting(CalibrationOperatorTest::summary)
                    .containsExactly("A device/said wrong 2.9");
            assertThat(step.keyedTimers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void recordsAreTheSameThroughARestore(Backend backend) throws Exception {
        Scenario<OutcomeUpdate, Void, ReferenceUpdate> scenario =
                new Scenario<>(Operators.calibration(), NOON, Subtask::drain);
        for (int i = 0; i < 4; i++) {
            scenario.first(labelledPrediction("A" + i, NOON + i, false));
        }
        scenario.first(
                new OutcomeUpdate(DEVICE, "A0", NOON + 5, null, "ARCO-1", RecordPosition.UNKNOWN));
        for (int i = 4; i < 24; i++) {
            scenario.first(labelledPrediction("A" + i, NOON + 10 + i, true));
        }
        scenario.now(NOON + MEMORY + DAY);

        List<Object> plainly = scenario.plainly(backend);
        assertThat(scenario.restarting(backend)).isEqualTo(plainly);
        assertThat(plainly)
                .extracting(each -> summary((ReferenceUpdate) each))
                .startsWith(
                        "-10 of 1 wrong of 1",
                        "-19 of 2 wrong of 2",
                        "-26 of 3 wrong of 3",
                        "-32 of 4 wrong of 4",
                        "-26 of 3 wrong of 3")
                .endsWith("forgotten");
    }

    /** For devices without an error nothing is broadcast. */
    @Test
    void correctPredictionsEmitNoOffset() throws Exception {
        try (Subtask<OutcomeUpdate, Void, ReferenceUpdate> step =
                Subtask.start(Operators.calibration(), Backend.HEAP, NOON)) {
            for (int i = 0; i < 5; i++) {
                step.first(labelledPrediction("A" + i, NOON + i, true));
            }
            assertThat(step.drain()).isEmpty();
        }
    }

    @Test
    void evictsARecordWithoutNewOutcomes() throws Exception {
        try (Subtask<OutcomeUpdate, Void, ReferenceUpdate> step =
                Subtask.start(Operators.calibration(), Backend.HEAP, NOON)) {
            step.first(labelledPrediction("A1", NOON, false));
            step.now(NOON + MEMORY / 2);
            step.first(labelledPrediction("A2", NOON + 1, false));
            step.drain();
            step.now(NOON + MEMORY + 2 * DAY);
            assertThat(step.drain()).isEmpty();
            assertThat(step.keyedStateEntries()).isEqualTo(1);
            step.now(NOON + MEMORY + MEMORY / 2 + DAY);
            assertThat(step.drain())
                    .extracting(CalibrationOperatorTest::summary)
                    .containsExactly("forgotten");
            assertThat(step.keyedStateEntries()).isZero();
            assertThat(step.keyedTimers()).isZero();
        }
    }

    private static AlertFeedback disposition(
            String alertId, String id, Outcome outcome, long time) {
        return new AlertFeedback.Disposed(
                alertId, id, null, "said", outcome, time, time, RecordPosition.UNKNOWN);
    }

    private static OutcomeUpdate labelledPrediction(String alertId, long arrival, boolean right) {
        return new OutcomeUpdate(
                DEVICE,
                alertId,
                arrival,
                new OutcomeUpdate.LabelledPrediction(alertId, "ARCO-1", arrival, right, 5.1),
                "ARCO-1",
                RecordPosition.UNKNOWN);
    }

    private static String summary(OutcomeUpdate answer) {
        String says =
                answer.labelledPrediction() == null ? "nothing" : says(answer.labelledPrediction());
        return answer.alertId() + " " + answer.subject().key() + " " + says;
    }

    private static String says(OutcomeUpdate.LabelledPrediction labelledPrediction) {
        return (labelledPrediction.isCorrect() ? "right " : "wrong ")
                + Math.round(labelledPrediction.logOdds() * 10) / 10.0;
    }

    private static String summary(ReferenceUpdate referenceUpdate) {
        CalibrationOffset offset = ((ReferenceUpdate.CalibrationChanged) referenceUpdate).offset();
        return offset == null
                ? "forgotten"
                : offset.tenths() + " of " + offset.wrong() + " wrong of " + offset.answered();
    }
}
