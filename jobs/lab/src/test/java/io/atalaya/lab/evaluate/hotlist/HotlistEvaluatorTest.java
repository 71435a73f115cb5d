package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.alert.Alert.Action;
import io.atalaya.contracts.alert.Alert.Status;
import io.atalaya.lab.evaluate.hotlist.HotlistEvaluator.EvaluatedAlert;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.lab.evaluate.score.Verdict;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class HotlistEvaluatorTest {
    private static final long START = 1_772_542_800_000L;

    private static final GroundTruth TRUTH =
            new GroundTruth(
                    1,
                    START,
                    10,
                    List.of(
                            new GroundTruth.Entry(
                                    "E1", "v1", "ABC1234", null, false, START, null, null)),
                    List.of(
                            wanted("R1", "exact", true, false),
                            wanted("R2", "look-alike", true, true),
                            wanted("R3", "worse", false, false),
                            wanted("R4", "exact", false, false)),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    null,
                    List.of(passage("R3", "v1"), passage("R4", "v9"), passage("R5", "v5")));

    private final HotlistEvaluator evaluator = new HotlistEvaluator(TRUTH);

    @Test
    void correctAlertIsAboutTheListedVehicleOfTheTruth() {
        EvaluatedAlert alert = evaluated(Alerts.scored("a", "E1", 0.9, "R1", "R2", "T1"));
        assertThat(alert.verdict()).isEqualTo(Verdict.RIGHT);
        assertThat(alert.found()).extracting(WantedPassage::readId).containsExactly("R1", "R2");
        assertThat(alert.isListedVehicle()).isTrue();
        assertThat(evaluator.required()).isEqualTo(2);
    }

    @Test
    void optionalAlertIsAboutTheListedVehicleOnlyIfTheTruthSaysSo() {
        assertThat(evaluated(Alerts.scored("a", "E1", 0.1, "R3")))
                .returns(Verdict.EXCUSED, EvaluatedAlert::verdict)
                .returns(true, EvaluatedAlert::isListedVehicle);
        assertThat(evaluated(Alerts.scored("a", "E1", 0.9, "R4")))
                .returns(Verdict.EXCUSED, EvaluatedAlert::verdict)
                .returns(null, EvaluatedAlert::isListedVehicle);
    }

    @Test
    void alertWithoutPassageOrForAnotherEntryIsFalse() {
        assertThat(evaluated(Alerts.scored("a", "E1", 0.9, "R5")).verdict())
                .isEqualTo(Verdict.FALSE);
        EvaluatedAlert other = evaluated(Alerts.scored("a", "E2", 0.9, "R1"));
        assertThat(other.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(other.isListedVehicle()).isFalse();
    }

    @Test
    void leavesOutCancelledAlerts() {
        assertThat(
                        evaluator.evaluate(
                                List.of(
                                        Alerts.scored(
                                                "a",
                                                Status.CANCELLED,
                                                Action.ALERT,
                                                "E1",
                                                0.9,
                                                "R1"))))
                .isEmpty();
    }

    @Test
    void countsAPassageOnceAndAlertsWithoutPassage() {
        PassageCounts counts = new PassageCounts(TRUTH.wantedPassages());
        counts.add(evaluated(Alerts.scored("a", "E1", 1, "R1")));
        counts.add(evaluated(Alerts.scored("a", "E1", 1, "R1")));
        counts.add(evaluated(Alerts.scored("a", "E1", 1, "R2")));
        counts.add(evaluated(Alerts.scored("a", "E1", 1, "R3")));
        counts.add(evaluated(Alerts.scored("a", "E1", 1, "R5")));
        counts.add(evaluated(Alerts.scored("a", "E9", 1, "R1")));
        assertThat(counts.found(PassageGroup.EXACT)).isEqualTo(1);
        assertThat(counts.found(PassageGroup.EARLIER)).isEqualTo(1);
        assertThat(counts.found(PassageGroup.LOOK_ALIKE)).isZero();
        assertThat(evaluator.required()).isEqualTo(2);
        assertThat(counts.right()).isEqualTo(3);
        assertThat(counts.wrong()).isEqualTo(2);
        assertThat(counts.precision()).isEqualTo(0.6);
    }

    @Test
    void identifiesAPassageByItsTag() {
        assertThat(evaluated(Alerts.scored("a", "E1", 0.9, "R1-tag")).found())
                .extracting(WantedPassage::readId)
                .containsExactly("R1");
        PassageCounts counts = new PassageCounts(TRUTH.wantedPassages());
        counts.add(evaluated(Alerts.scored("a", "E1", 1, "R1-tag")));
        counts.add(evaluated(Alerts.scored("a", "E1", 1, "R1")));
        assertThat(counts.found(PassageGroup.EXACT)).isEqualTo(1);
        assertThat(counts.right()).isEqualTo(2);
        assertThat(counts.wrong()).isZero();
    }

    private EvaluatedAlert evaluated(ScoredAlert alert) {
        return evaluator.evaluate(List.of(alert)).get(0);
    }

    private static WantedPassage wanted(
            String read, String readClass, boolean required, boolean retrospective) {
        return new WantedPassage(
                "E1", read, START, "A1", readClass, read + "-tag", retrospective, required);
    }

    private static GroundTruth.Passage passage(String read, String vehicle) {
        return new GroundTruth.Passage(
                read, START, "A1", vehicle, "ABC1234", "ABC1234", "ABC1234", "exact", false);
    }
}
