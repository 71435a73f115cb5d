package io.atalaya.lab.evaluate.hotlist;

import io.atalaya.contracts.alert.Alert.Action;
import io.atalaya.contracts.alert.Alert.Status;
import io.atalaya.lab.evaluate.hotlist.JudgedAlert.RequiredPassage;
import io.atalaya.lab.evaluate.hotlist.JudgedAlert.Verdict;
import io.atalaya.lab.evaluate.score.ScoredAlert;
import io.atalaya.simulator.truth.GroundTruth;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AlertJudgeTest {
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

    private final AlertJudge judge = new AlertJudge(TRUTH);

    @Test
    void right_ones_name_what_they_found_and_the_vehicle_is_the_listed_one() {
        JudgedAlert alert = judged(Alerts.scored("a", "E1", 0.9, "R1", "R2", "T1"));
        assertThat(alert.verdict()).isEqualTo(Verdict.RIGHT);
        assertThat(alert.found())
                .containsExactly(new RequiredPassage("E1", "R1"), new RequiredPassage("E1", "R2"));
        assertThat(alert.isListedVehicle()).isTrue();
        assertThat(judge.required()).isEqualTo(2);
    }

    @Test
    void an_optional_one_is_the_listed_vehicle_only_if_the_truth_says_so() {
        assertThat(judged(Alerts.scored("a", "E1", 0.1, "R3")))
                .returns(Verdict.OPTIONAL, JudgedAlert::verdict)
                .returns(true, JudgedAlert::isListedVehicle);
        assertThat(judged(Alerts.scored("a", "E1", 0.9, "R4")))
                .returns(Verdict.OPTIONAL, JudgedAlert::verdict)
                .returns(null, JudgedAlert::isListedVehicle);
    }

    @Test
    void an_alert_about_nothing_or_for_another_entry_is_false() {
        assertThat(judged(Alerts.scored("a", "E1", 0.9, "R5")).verdict()).isEqualTo(Verdict.FALSE);
        JudgedAlert other = judged(Alerts.scored("a", "E2", 0.9, "R1"));
        assertThat(other.verdict()).isEqualTo(Verdict.FALSE);
        assertThat(other.isListedVehicle()).isFalse();
    }

    @Test
    void cancelled_alerts_are_left_out() {
        assertThat(
                        judge.judge(
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
    void a_tally_finds_a_passage_once_and_counts_alerts_about_nothing() {
        Tally tally = new Tally(TRUTH);
        tally.alert("E1", List.of("R1"));
        tally.alert("E1", List.of("R1"));
        tally.alert("E1", List.of("R2"));
        tally.alert("E1", List.of("R3"));
        tally.alert("E1", List.of("R5"));
        tally.alert("E9", List.of("R1"));
        assertThat(tally.found(PassageGroup.EXACT)).isEqualTo(1);
        assertThat(tally.found(PassageGroup.EARLIER)).isEqualTo(1);
        assertThat(tally.found(PassageGroup.LOOK_ALIKE)).isZero();
        assertThat(tally.required()).isEqualTo(2);
        assertThat(tally.right()).isEqualTo(3);
        assertThat(tally.wrong()).isEqualTo(2);
        assertThat(tally.precision()).isEqualTo(0.6);
    }

    @Test
    void a_passage_is_known_by_its_tag_as_well() {
        assertThat(judged(Alerts.scored("a", "E1", 0.9, "R1-tag")).found())
                .containsExactly(new RequiredPassage("E1", "R1"));
        Tally tally = new Tally(TRUTH);
        tally.alert("E1", List.of("R1-tag"));
        tally.alert("E1", List.of("R1"));
        assertThat(tally.found(PassageGroup.EXACT)).isEqualTo(1);
        assertThat(tally.right()).isEqualTo(2);
        assertThat(tally.wrong()).isZero();
    }

    private JudgedAlert judged(ScoredAlert alert) {
        return judge.judge(List.of(alert)).get(0);
    }

    private static GroundTruth.WantedPassage wanted(
            String read, String readClass, boolean required, boolean retrospective) {
        return new GroundTruth.WantedPassage(
                "E1", read, START, "A1", readClass, read + "-tag", retrospective, required);
    }

    private static GroundTruth.Passage passage(String read, String vehicle) {
        return new GroundTruth.Passage(
                read, START, "A1", vehicle, "ABC1234", "ABC1234", "ABC1234", "exact", false);
    }
}
