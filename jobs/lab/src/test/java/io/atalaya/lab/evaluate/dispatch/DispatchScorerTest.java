package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.BadActor;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.PositionLoad;
import io.atalaya.simulator.dispatch.TrueIncident;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.dispatch.TrueIncident.Subject;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class DispatchScorerTest {
    private static final long START = 1_772_542_800_000L;
    private static final long MINUTE = 60_000;

    private final List<Incident> incidents = new ArrayList<>();
    private final List<DispatchLog.Message> messages = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<DispatchResponse> responses = new ArrayList<>();
    private final List<TrueIncident> truth = new ArrayList<>();

    @Test
    void countsMergesSplitsAndVehicles() {
        truth(Subject.PLACE, Outcome.REAL, "call:1", "call:2");
        truth(Subject.PLACE, Outcome.REAL, "call:3");
        truth(Subject.VEHICLE, Outcome.REAL, "alert:4", "alert:5");
        truth(Subject.PLACE, Outcome.NOTHING, "call:6");
        incident("a", Status.OPEN, 0, "call:1", "call:3");
        incident("b", Status.OPEN, 0, "call:2", "alert:4");
        incident("c", Status.OPEN, 0, "alert:5");
        incident("d", Status.OPEN, 0, "call:6");
        message("TOLUCA", Purpose.ASSIGN, 0, "d");
        DispatchFigures.Grouping grouping = score().grouping();
        assertThat(grouping.wrongMerges()).isEqualTo(2);
        assertThat(grouping.wrongSplits()).isEqualTo(2);
        assertThat(grouping.vehiclesInPlaces()).isEqualTo(1);
        assertThat(grouping.needless()).isEqualTo(1);
        assertThat(grouping.pairs()).isEqualTo(new Agreement(0, 0));
    }

    @Test
    void whatIsInNoIncidentIsSplitOff() {
        truth(Subject.PLACE, Outcome.REAL, "call:1", "call:2");
        incident("a", Status.OPEN, 0, "call:1");
        assertThat(score().grouping().unseen()).isEqualTo(1);
        assertThat(score().grouping().wrongSplits()).isEqualTo(1);
        assertThat(score().grouping().pairs().recall()).isZero();
    }

    @Test
    void aRepeatedPressIsPartOfTheFirst() {
        truth(Subject.PLACE, Outcome.REAL, "device:B1/1", "device:B1/2", "device:B2/1");
        incident("a", Status.OPEN, 0, "device:B1/1", "device:B2/1");
        assertThat(score().grouping().unseen()).isZero();
        assertThat(score().grouping().pairs().f1()).isEqualTo(1);
    }

    @Test
    void anEventBelongsToTheIncidentThatReplacedItsFirstOne() {
        truth(Subject.PLACE, Outcome.REAL, "call:1", "call:2");
        incident("a", Status.OPEN, 0, "call:1");
        incident("b", Status.OPEN, 1, "call:2");
        incident("a", Status.OPEN, 2, "call:1", "call:2");
        incidents.add(
                incident(
                        "b",
                        Status.OPEN,
                        START + 2,
                        List.of(new Link(Link.Relation.REPLACED, "a")),
                        "call:2"));
        assertThat(score().incidents()).isEqualTo(1);
        assertThat(score().grouping().wrongSplits()).isZero();
    }

    @Test
    void measuresTheDelayToTheRightSite() {
        truth(Subject.PLACE, Outcome.REAL, "call:1");
        truth(Subject.PLACE, Outcome.REAL, "call:2");
        truth(Subject.PLACE, Outcome.REAL, "call:3");
        incident("a", Status.OPEN, 0, "call:1");
        incident("b", Status.OPEN, 0, "call:2");
        message("ECATEPEC", Purpose.ASSIGN, 1_000, "a");
        message("TOLUCA", Purpose.ASSIGN, 4_000, "a");
        message("TOLUCA", Purpose.ASSIGN, 2_000, "b");
        DispatchFigures.Delays delays = score().delays();
        assertThat(delays.all().count()).isEqualTo(2);
        assertThat(delays.all().max()).isBetween(4_000L, 4_010L);
        assertThat(delays.elsewhere()).isEqualTo(1);
        assertThat(delays.unsent()).isEqualTo(1);
    }

    @Test
    void countsWhatWasNotAnsweredInTime() {
        incident("a", Status.OPEN, 0, "call:1");
        incident("b", Status.OPEN, 0, "call:2");
        incident("c", Status.OPEN, 0, "call:3");
        message("TOLUCA", Purpose.ASSIGN, 0, "a");
        message("TOLUCA", Purpose.ASSIGN, 0, "b");
        message("TOLUCA", Purpose.ASSIGN, 29 * MINUTE + 30_000, "c");
        incident("a", Status.ACKNOWLEDGED, 89_000, "call:1");
        incident("a", Status.ACCEPTED, 121_000, "call:1");
        assertThat(score().deadlines())
                .extracting(each -> List.of(each.due(), each.missed()))
                .containsExactly(List.of(2, 1), List.of(2, 2), List.of(2, 2));
    }

    @Test
    void aFloodBeginsAboveTenAndEndsBelowFive() {
        for (int i = 0; i < 11; i++) {
            incident("i" + i, Status.OPEN, 0, "call:" + i);
            message("TOLUCA", Purpose.ASSIGN, i * MINUTE / 2, "i" + i);
        }
        PositionLoad load = score().positions().get(0);
        assertThat(load.interruptions()).isEqualTo(11);
        assertThat(load.floods()).isEqualTo(1);
        // From the 11th, after 5 minutes, to 10 minutes after the 7th.
        assertThat(load.floodShare() * 30).isEqualTo(8);
        assertThat(load.overBudget()).isEqualTo(1);
    }

    @Test
    void countsWhatABudgetWouldHaveHeldBack() {
        for (int i = 0; i < 12; i++) {
            incident("i" + i, Status.OPEN, 0, "call:" + i);
            message("TOLUCA", Purpose.ASSIGN, 0, "i" + i);
        }
        assertThat(score().positions().get(0).overBudget()).isEqualTo(2);
    }

    @Test
    void countsIncidentsThatTwoSitesHold() {
        incident("a", Status.ACCEPTED, 0, "call:1");
        incident("b", Status.ACCEPTED, 0, "call:2");
        message("TOLUCA", Purpose.ASSIGN, 0, "a");
        message("ECATEPEC", Purpose.ASSIGN, 1, "a");
        message("TOLUCA", Purpose.ASSIGN, 0, "b");
        message("ECATEPEC", Purpose.ASSIGN, 1, "b");
        message("TOLUCA", Purpose.WITHDRAWN, 2, "b");
        assertThat(score().handover()).isEqualTo(new DispatchFigures.Handover(0, 2, 1, 1));
    }

    @Test
    void namesDevicesWhoseIncidentsWereFalse() {
        incident("a", Status.CLOSED, 0, "device:B1/1");
        incident("b", Status.CLOSED, 0, "device:B1/9");
        incident("c", Status.CLOSED, 0, "device:B2/1");
        close("a", "17");
        close("b", "17");
        close("c", "17");
        assertThat(score().badActors()).containsExactly(new BadActor("B1", 2, 2));
    }

    private DispatchFigures score() {
        return DispatchScorer.score(
                new DispatchLog(
                        START,
                        START + 30 * MINUTE,
                        incidents,
                        messages,
                        decisions,
                        responses,
                        List.of()),
                truth);
    }

    private void truth(Subject subject, Outcome outcome, String... events) {
        truth.add(
                new TrueIncident(
                        "T" + truth.size(),
                        "security",
                        subject,
                        outcome,
                        START,
                        START,
                        null,
                        "TOLUCA",
                        65,
                        false,
                        List.of(events)));
    }

    private void incident(String id, Status status, long after, String... events) {
        incidents.add(incident(id, status, START + after, List.of(), events));
    }

    private void message(String site, Purpose purpose, long after, String id) {
        Incident incident =
                incidents.stream()
                        .filter(each -> each.incidentId().equals(id))
                        .findFirst()
                        .orElseThrow();
        messages.add(
                new DispatchLog.Message(
                        START + after, site, new DispatchMessage(purpose, 0, null, incident)));
    }

    private void close(String id, String disposition) {
        responses.add(
                new DispatchResponse(
                        "r" + responses.size(),
                        id,
                        START,
                        "ana",
                        null,
                        null,
                        "TOLUCA",
                        START,
                        new DispatchResponse.Close(disposition, null, null)));
    }

    static Incident incident(
            String id, Status status, long revision, List<Link> links, String... events) {
        return new Incident(
                id,
                revision,
                Incident.Kind.PLACE,
                "security",
                null,
                status,
                START,
                revision,
                null,
                null,
                List.of(),
                null,
                "TOLUCA",
                null,
                List.of(),
                65,
                List.of(),
                null,
                Arrays.stream(events)
                        .map(event -> new Incident.Event(event, "calls", "30101", START, null))
                        .toList(),
                links,
                List.of(),
                List.of(),
                null,
                null,
                false,
                List.of());
    }
}
