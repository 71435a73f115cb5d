package io.atalaya.cli.demo;

import io.atalaya.alert.Alert;
import io.atalaya.cli.demo.Scoreboard.Found;
import io.atalaya.cli.demo.Scoreboard.Outcome;
import io.atalaya.loadgenerator.Truth;
import io.atalaya.loadgenerator.Truth.WantedPassage;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ScoreboardTest {
    private final Scoreboard board = new Scoreboard();

    @Test
    void what_was_found_and_what_was_missed() {
        board.seen(Alerts.alert("a").about("E1", "R1").build(), Alerts.TIME);
        board.seen(Alerts.alert("b").about("E1", "R2").build(), Alerts.TIME);
        Outcome outcome =
                outcome(
                        passage("E1", "R1", "exact", true),
                        passage("E1", "R2", "one-edit", true),
                        passage("E1", "R3", "one-edit", true),
                        passage("E2", "R1", "exact", true),
                        passage("E2", "R4", "worse", false));
        assertThat(outcome.byClass())
                .containsEntry("exact", new Found(1, 2))
                .containsEntry("one-edit", new Found(1, 2))
                .doesNotContainKey("worse");
        assertThat(outcome.falseAlerts()).isZero();
    }

    @Test
    void a_cancelled_alert_has_found_nothing_and_is_not_false() {
        Alerts alert = Alerts.alert("a").about("E1", "R1");
        board.seen(alert.build(), Alerts.TIME);
        board.seen(alert.revision(2, Alert.Status.CANCELLED).build(), Alerts.TIME);
        assertThat(outcome(passage("E1", "R1", "exact", true)).byClass())
                .containsEntry("exact", new Found(0, 1));
        assertThat(outcome().falseAlerts()).isZero();
    }

    @Test
    void the_highest_revision_counts_whatever_came_last() {
        Alerts alert = Alerts.alert("a");
        board.seen(alert.revision(2, Alert.Status.ENDED).build(), Alerts.TIME);
        board.seen(alert.build(), Alerts.TIME);
        assertThat(board.counts()).containsOnlyKeys("hotlist-match ALERT ENDED");
    }

    @Test
    void an_alert_without_a_reason_in_the_truth_is_false_but_for_our_own_entries() {
        board.seen(Alerts.alert("a").about("E9", "R1").build(), Alerts.TIME);
        board.seen(Alerts.alert("b").about("E9", "R2").review().build(), Alerts.TIME);
        board.seen(Alerts.alert("c").about("DEMO-1", "R3").build(), Alerts.TIME);
        board.seen(Alerts.alert("d").about("E1", "R4").build(), Alerts.TIME);
        Outcome outcome = outcome(passage("E1", "R4", "worse", false));
        assertThat(outcome.falseAlerts()).isEqualTo(1);
        assertThat(outcome.falseReviews()).isEqualTo(1);
    }

    @Test
    void a_delay_counts_once_an_alert_and_the_past_apart() {
        Alerts alert = Alerts.alert("a");
        long arrival = alert.build().at();
        board.seen(alert.build(), arrival + 30);
        board.seen(alert.revision(2, Alert.Status.UPDATED).build(), arrival + 9_000);
        board.seen(Alerts.alert("b").ofThePast().build(), arrival + 400);
        board.loading(true);
        board.seen(Alerts.alert("c").build(), arrival + 50);
        assertThat(board.liveDelays().count()).isEqualTo(2);
        assertThat(board.liveDelays().max()).isEqualTo(50);
        assertThat(board.liveDelaysWhileLoading().count()).isEqualTo(1);
        assertThat(board.retrospectiveDelays().max()).isEqualTo(400);
    }

    @Test
    void a_live_change_counts_with_its_first_alert() {
        LiveChanges changes = new LiveChanges();
        String id = changes.nextEntryId();
        assertThat(LiveChanges.isOurs(id)).isTrue();
        changes.sent(id, Alerts.TIME, false);
        changes.sent("DEMO-x", Alerts.TIME, true);
        assertThat(changes.seen(Alerts.alert("a").build(), Alerts.TIME)).isFalse();
        assertThat(changes.seen(Alerts.alert("b").about(id, "R1").build(), Alerts.TIME + 200))
                .isTrue();
        assertThat(changes.seen(Alerts.alert("c").about(id, "R2").build(), Alerts.TIME + 900))
                .isFalse();
        assertThat(changes.calmDelays().count()).isEqualTo(1);
        assertThat(changes.calmDelays().max()).isEqualTo(200);
        assertThat(changes.unanswered()).isEqualTo(1);
    }

    private Outcome outcome(WantedPassage... passages) {
        Truth truth =
                new Truth(
                        1,
                        0,
                        1,
                        List.of(),
                        List.of(passages),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        List.of());
        return board.outcome(truth, passage -> true, LiveChanges::isOurs);
    }

    private static WantedPassage passage(
            String entryId, String readId, String readClass, boolean required) {
        return new WantedPassage(
                entryId, readId, Alerts.TIME, "ARCO-044", readClass, false, false, required);
    }
}
