package io.atalaya.hotlistmatch.calibration;

import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.hotlistmatch.event.CalibrationOffset;
import io.atalaya.hotlistmatch.event.CalibrationSubject;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static io.atalaya.contracts.disposition.Disposition.Outcome.CORRECT;
import static io.atalaya.contracts.disposition.Disposition.Outcome.NOT_ACTIONABLE;
import static io.atalaya.contracts.disposition.Disposition.Outcome.WRONG_PLATE;
import static io.atalaya.contracts.disposition.Disposition.Outcome.WRONG_STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests what is learned from dispositions, for any content and order. */
class CalibrationTest {
    private static final CalibrationSettings RULES =
            new CalibrationSettings(12, 2, Duration.ofDays(30));
    private static final String LIST = "daily";

    /** The log-odds of a plain exact match, a score of 0.994. */
    private static final double EXACT = 5.1;

    private final Learning learning = new Learning(RULES);
    private int said;

    /** One published alert and its disposition. */
    private record Case(int alert, int device, int source, double logOdds, Outcome outcome) {}

    @Provide
    Arbitrary<List<Case>> cases() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 150),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.doubles().between(-3, 15),
                        Arbitraries.of(Outcome.class))
                .as(Case::new)
                .list()
                .ofMaxSize(200);
    }

    /**
     * Several dispositions of one alert share its prediction, that of the first case with this
     * alert.
     */
    private static List<AlertFeedback> referenceUpdate(List<Case> cases) {
        List<AlertFeedback> referenceUpdate = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Case each = cases.get(i);
            String alertId = "A" + each.alert();
            if (cases.stream().limit(i).noneMatch(other -> other.alert() == each.alert())) {
                referenceUpdate.add(
                        new AlertFeedback.Published(
                                alertId,
                                1,
                                new AlertFeedback.Prediction(
                                        "S" + each.source(), "D" + each.device(), each.logOdds()),
                                RecordPosition.UNKNOWN));
            }
            referenceUpdate.add(
                    new AlertFeedback.Disposed(
                            alertId,
                            "X" + i,
                            null,
                            null,
                            each.outcome(),
                            i,
                            i,
                            RecordPosition.UNKNOWN));
        }
        return referenceUpdate;
    }

    private static List<CalibrationOffset> learned(List<AlertFeedback> referenceUpdate) {
        Learning learning = new Learning(RULES);
        referenceUpdate.forEach(learning::take);
        return List.of(
                learning.device("D0"),
                learning.device("D1"),
                learning.device("D2"),
                learning.source("S0"),
                learning.source("S1"));
    }

    @Property(tries = 300)
    void neitherOrderNorRepetitionMatters(
            @ForAll("cases") List<Case> cases, @ForAll Random random) {
        List<AlertFeedback> referenceUpdate = referenceUpdate(cases);
        List<AlertFeedback> shuffled = new ArrayList<>(referenceUpdate);
        shuffled.addAll(referenceUpdate.subList(0, referenceUpdate.size() / 3));
        Collections.shuffle(shuffled, random);

        assertThat(learned(shuffled)).isEqualTo(learned(referenceUpdate));
    }

    @Property(tries = 300)
    void aShiftStaysWithinItsBounds(@ForAll("cases") List<Case> cases) {
        assertThat(learned(referenceUpdate(cases)))
                .allSatisfy(offset -> assertThat(offset.logOdds()).isBetween(-12.0, 2.0));
    }

    @Property(tries = 200)
    void correctOutcomesRestoreALoweredOffset(
            @ForAll @IntRange(min = 1, max = 60) int wrong,
            @ForAll @IntRange(min = 2, max = 12) int expected) {
        Learning learning = new Learning(RULES);
        int said = 0;
        double last = 0;
        for (int i = 0; i < wrong; i++) {
            answer(learning, "D", expected, WRONG_PLATE, said++);
            assertThat(learning.device("D").logOdds()).isLessThanOrEqualTo(last);
            last = learning.device("D").logOdds();
        }
        assertThat(last).isNegative();
        for (int i = 0; i < 60; i++) {
            answer(learning, "D", expected, CORRECT, said++);
            assertThat(learning.device("D").logOdds()).isGreaterThanOrEqualTo(last);
            last = learning.device("D").logOdds();
        }
        assertThat(learning.device("D").tenths()).isNotNegative();
    }

    @Property(tries = 100)
    void aDeviceThatIsAsRightAsPromisedIsLeftAlone(@ForAll @IntRange(min = 1, max = 9) int right) {
        Learning learning = new Learning(RULES);
        double expected = Math.log(right / (10.0 - right));
        // Right and wrong outcomes alternate as evenly as possible.
        for (int i = 0; i < 100; i++) {
            boolean isRight = (i + 1) * right / 10 > i * right / 10;
            answer(learning, "D", expected, isRight ? CORRECT : WRONG_PLATE, i);
        }
        assertThat(learning.device("D").logOdds()).isBetween(-0.4, 0.4);
    }

    @ParameterizedTest
    @CsvSource({
        // One wrong outcome is an accident; five leave a certain score above 0.7, nine do not.
        "1, -1.0, -0.8",
        "5, -4.0, -3.0",
        "9, -6.0, -4.4",
        "50, -7.0, -5.0",
    })
    void fewAnswersMoveLittle(int wrong, double from, double to) {
        for (int i = 0; i < wrong; i++) {
            say("D", EXACT, WRONG_PLATE);
        }
        assertThat(learning.device("D").logOdds()).isBetween(from, to);
        assertThat(learning.device("D").wrong()).isEqualTo(Math.min(wrong, 50));
    }

    @Test
    void oneBadDeviceIsItsOwnFaultAndABadListIsBadEverywhere() {
        for (int i = 0; i < 30; i++) {
            say("BAD", EXACT, WRONG_PLATE);
        }
        say("OTHER", EXACT, CORRECT);
        assertThat(learning.source(LIST).logOdds()).isBetween(-0.3, 0.0);
        assertThat(learning.device("OTHER").isNone()).isTrue();
        for (int i = 0; i < 12; i++) {
            say("D" + i, EXACT, WRONG_PLATE);
        }
        assertThat(learning.source(LIST).logOdds()).isLessThan(-2);
    }

    @Test
    void anotherStatesPlateWasReadWell() {
        for (int i = 0; i < 10; i++) {
            say("D" + i, EXACT, WRONG_STATE);
            say("D" + i, EXACT, WRONG_STATE);
        }
        assertThat(learning.device("D0").wrong()).isZero();
        assertThat(learning.device("D0").isNone()).isTrue();
        assertThat(learning.source(LIST).logOdds()).isLessThan(-1);
    }

    @Test
    void notActionableOutcomesChangeNothing() {
        for (int i = 0; i < 10; i++) {
            say("D", EXACT, NOT_ACTIONABLE);
        }
        assertThat(learning.device("D")).isEqualTo(CalibrationOffset.NONE);
        assertThat(learning.source(LIST)).isEqualTo(CalibrationOffset.NONE);
    }

    @Test
    void aChangedMindTakesTheFirstAnswerBack() {
        learning.take(
                new AlertFeedback.Published(
                        "A",
                        1,
                        new AlertFeedback.Prediction(LIST, "D", EXACT),
                        RecordPosition.UNKNOWN));
        learning.take(disposition("A", "X1", WRONG_PLATE, 1));
        assertThat(learning.device("D")).isEqualTo(new CalibrationOffset(-10, 1, 1));
        learning.take(disposition("A", "X2", CORRECT, 2));
        assertThat(learning.device("D")).isEqualTo(new CalibrationOffset(0, 0, 1));
        learning.take(disposition("A", "X1", WRONG_PLATE, 1));
        assertThat(learning.device("D")).isEqualTo(new CalibrationOffset(0, 0, 1));
        learning.take(disposition("A", "X3", NOT_ACTIONABLE, 3));
        assertThat(learning.device("D")).isEqualTo(new CalibrationOffset(0, 0, 0));
    }

    /** A disposition refers to the revisions published before it. */
    @Test
    void theLastRevisionBeforeTheAnswerPromised() {
        learning.take(
                new AlertFeedback.Published(
                        "A",
                        2,
                        new AlertFeedback.Prediction(LIST, "D", 0),
                        RecordPosition.UNKNOWN));
        learning.take(
                new AlertFeedback.Published(
                        "A",
                        3,
                        new AlertFeedback.Prediction(LIST, "D", EXACT),
                        RecordPosition.UNKNOWN));
        learning.take(
                new AlertFeedback.Published(
                        "A",
                        1,
                        new AlertFeedback.Prediction(LIST, "D", 0),
                        RecordPosition.UNKNOWN));
        learning.take(disposition("A", "X1", WRONG_PLATE, 1));
        learning.take(
                new AlertFeedback.Published(
                        "A",
                        4,
                        new AlertFeedback.Prediction(LIST, "D", 0),
                        RecordPosition.UNKNOWN));
        learning.take(disposition("A", "X2", WRONG_PLATE, 2));
        assertThat(learning.device("D")).isEqualTo(new CalibrationOffset(-10, 1, 1));
    }

    @Test
    void whatIsOlderThanTheMemoryIsForgotten() {
        CalibrationSubject device = new CalibrationSubject.Device("D");
        SubjectRecord record = SubjectRecord.of(device);
        for (int i = 0; i < 5; i++) {
            record = record.with(labelledPrediction(device, "A" + i, i * 1_000L), 10_000, 0);
        }
        assertThat(record.lessons()).hasSize(5);
        record = record.with(labelledPrediction(device, "A9", 12_500), 10_000, 0);
        assertThat(record.lessons())
                .extracting(OutcomeUpdate.LabelledPrediction::alertId)
                .containsExactly("A3", "A4", "A9");
    }

    @Test
    void aPassageIsEvaluatedByWhatHeldWhenItBecameKnown() {
        OffsetHistory history = OffsetHistory.EMPTY;
        CalibrationOffset first = new CalibrationOffset(-10, 1, 1);
        CalibrationOffset second = new CalibrationOffset(-20, 2, 2);
        history = history.with(1_000, first).with(2_000, second);
        assertThat(history.at(999)).isEqualTo(CalibrationOffset.NONE);
        assertThat(history.at(1_000)).isEqualTo(first);
        assertThat(history.at(1_999)).isEqualTo(first);
        assertThat(history.at(2_000)).isEqualTo(second);
        // The offset of a late disposition holds from the start of the last period, so that earlier
        // evaluations stay the same.
        assertThat(history.with(1_500, first).at(1_700)).isEqualTo(first);
        assertThat(history.with(1_500, CalibrationOffset.NONE).at(2_000))
                .isEqualTo(CalibrationOffset.NONE);
    }

    @Test
    void aHistoryIsBounded() {
        OffsetHistory history = OffsetHistory.EMPTY;
        for (int i = 1; i <= 100; i++) {
            history = history.with(i, new CalibrationOffset(-i, i, i));
        }
        assertThat(history.periods()).hasSize(32);
        assertThat(history.at(0).tenths()).isEqualTo(-69);
        assertThat(history.current().tenths()).isEqualTo(-100);
    }

    @ParameterizedTest
    @CsvSource({"8", "8:2:1", "-1:2", "8:-0.5", "21:2", "8:21", "NaN:2", "a:b", "''"})
    void rejectsOtherBounds(String bounds) {
        assertThatThrownBy(() -> CalibrationSettings.parse(bounds, Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void say(String device, double logOdds, Outcome outcome) {
        answer(learning, device, logOdds, outcome, said++);
    }

    private static void answer(
            Learning learning, String device, double logOdds, Outcome outcome, int said) {
        String alertId = "A" + said;
        learning.take(
                new AlertFeedback.Published(
                        alertId,
                        1,
                        new AlertFeedback.Prediction(LIST, device, logOdds),
                        RecordPosition.UNKNOWN));
        learning.take(disposition(alertId, "X" + said, outcome, said));
    }

    private static AlertFeedback disposition(
            String alertId, String id, Outcome outcome, long time) {
        return new AlertFeedback.Disposed(
                alertId, id, "other", "other", outcome, time, time, RecordPosition.UNKNOWN);
    }

    private static OutcomeUpdate labelledPrediction(
            CalibrationSubject subject, String alertId, long arrival) {
        return new OutcomeUpdate(
                subject,
                alertId,
                arrival,
                new OutcomeUpdate.LabelledPrediction(alertId, "D", arrival, false, EXACT),
                "D",
                RecordPosition.UNKNOWN);
    }
}
