package io.atalaya.lab.demo;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.lab.evaluate.score.Figures.FoundCounts;
import io.atalaya.lab.evaluate.score.Figures.TypeFigures;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DemoResultsTest {
    private final DemoResults board = new DemoResults();

    @Test
    void requiresSentPassagesAndAcceptsAlertsOfAddedEntries() {
        board.onAlert(Alerts.alert("a").about("E1", "R1").build(), Alerts.TIME);
        board.onAlert(Alerts.alert("b").about("E1", "R2").review().build(), Alerts.TIME);
        board.onAlert(Alerts.alert("c").about("DEMO-1", "R7").build(), Alerts.TIME);
        board.onAlert(Alerts.alert("d").about("E9", "R8").build(), Alerts.TIME);
        TypeFigures figures =
                figures(
                        passage("E1", "R1", "exact"),
                        passage("E1", "R2", "one-edit"),
                        passage("E1", "R3", "one-edit"),
                        passage("E2", "UNSENT", "exact"));
        assertThat(figures.groups())
                .containsEntry("exact", new FoundCounts(1, 1, 0, 1, 0))
                .containsEntry("one-edit", new FoundCounts(2, 0, 1, 0, 0));
        assertThat(figures.falseAlerts()).as("E9, and not DEMO-1").isEqualTo(1);
    }

    @Test
    void countsTheHighestRevisionInAnyOrder() {
        Alerts alert = Alerts.alert("a");
        board.onAlert(alert.revision(2, Alert.Status.ENDED).build(), Alerts.TIME);
        board.onAlert(alert.build(), Alerts.TIME);
        assertThat(board.counts()).containsOnlyKeys("hotlist-match ALERT ENDED");
    }

    @Test
    void countsADelayOncePerAlertAndThePastSeparately() {
        Alerts alert = Alerts.alert("a");
        long arrival = alert.build().causedAt();
        board.onAlert(alert.build(), arrival + 30);
        board.onAlert(alert.revision(2, Alert.Status.UPDATED).build(), arrival + 9_000);
        board.onAlert(Alerts.alert("b").ofThePast().build(), arrival + 400);
        board.setLoading(true);
        board.onAlert(Alerts.alert("c").build(), arrival + 50);
        assertThat(board.liveDelays().count()).isEqualTo(2);
        assertThat(board.liveDelays().max()).isEqualTo(50);
        assertThat(board.liveDelaysWhileLoading().count()).isEqualTo(1);
        assertThat(board.retrospectiveDelays().max()).isEqualTo(400);
    }

    @Test
    void countsALiveChangeWithItsFirstAlert() {
        LiveChanges changes = new LiveChanges();
        String id = changes.nextEntryId();
        assertThat(LiveChanges.isOurs(id)).isTrue();
        changes.sent(id, Alerts.TIME, false);
        changes.sent("DEMO-x", Alerts.TIME, true);
        assertThat(changes.onAlert(Alerts.alert("a").build(), Alerts.TIME)).isFalse();
        assertThat(changes.onAlert(Alerts.alert("b").about(id, "R1").build(), Alerts.TIME + 200))
                .isTrue();
        assertThat(changes.onAlert(Alerts.alert("c").about(id, "R2").build(), Alerts.TIME + 900))
                .isFalse();
        assertThat(changes.delaysWhileIdle().count()).isEqualTo(1);
        assertThat(changes.delaysWhileIdle().max()).isEqualTo(200);
        assertThat(changes.unanswered()).isEqualTo(1);
    }

    private TypeFigures figures(WantedPassage... passages) {
        GroundTruth truth =
                new GroundTruth(
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
        return board.figures(
                        truth, passage -> !passage.readId().equals("UNSENT"), LiveChanges::isOurs)
                .types()
                .get(0);
    }

    private static WantedPassage passage(String entryId, String readId, String readClass) {
        return new WantedPassage(
                entryId, readId, Alerts.TIME, "ARCO-044", readClass, null, false, true);
    }
}
