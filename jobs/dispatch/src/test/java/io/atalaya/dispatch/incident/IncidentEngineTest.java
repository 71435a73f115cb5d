package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DispatchResponse.Accept;
import io.atalaya.contracts.dispatch.DispatchResponse.Acknowledge;
import io.atalaya.contracts.dispatch.DispatchResponse.Close;
import io.atalaya.contracts.dispatch.DispatchResponse.Merge;
import io.atalaya.contracts.dispatch.DispatchResponse.OnScene;
import io.atalaya.contracts.dispatch.DispatchResponse.Reject;
import io.atalaya.contracts.dispatch.DispatchResponse.Reopen;
import io.atalaya.contracts.dispatch.DispatchResponse.Split;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Assignment.State;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.incident.Lifecycle.Act;
import io.atalaya.dispatch.policy.Policy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static io.atalaya.dispatch.incident.EngineRun.ECATEPEC;
import static io.atalaya.dispatch.incident.EngineRun.MINUTE;
import static io.atalaya.dispatch.incident.EngineRun.SECOND;
import static io.atalaya.dispatch.incident.EngineRun.TOLUCA;
import static org.assertj.core.api.Assertions.assertThat;

class IncidentEngineTest {
    private static final int FAR = 3_000;

    private final EngineRun run = new EngineRun();

    @Test
    void aPressIsNotifiedAfterItsConfirmationWindow() {
        run.add(run.press("p", 0));
        run.pass(14 * SECOND);
        assertThat(run.sent).isEmpty();
        assertThat(run.only().status()).isEqualTo(Status.OPEN);
        assertThat(run.reasons(Kind.HELD)).containsExactly("confirmation");
        run.pass(2 * SECOND);
        assertThat(run.purposes(TOLUCA)).containsExactly(Purpose.ASSIGN);
        assertThat(run.purposes(ECATEPEC)).isEmpty();
    }

    @Test
    void aPressCancelledInTimeReachesNoOne() {
        run.add(run.press("p", 0));
        run.pass(5 * SECOND);
        run.add(run.cancelledPress("p", 0));
        run.pass(MINUTE);
        assertThat(run.sent).isEmpty();
        assertThat(run.only().status()).isEqualTo(Status.CANCELLED);
        assertThat(run.reasons(Kind.SUPPRESSED)).containsExactly("withdrawn-in-time");
    }

    @Test
    void aPressInSchoolHoursWaitsLessAndIsMoreUrgent() {
        run.add(run.pressInSchool("open", 0, true), run.pressInSchool("closed", FAR, false));
        run.pass(9 * SECOND);
        assertThat(run.sent).isEmpty();
        run.pass(2 * SECOND);
        assertThat(run.of("open").assignment()).isNotNull();
        assertThat(run.of("closed").assignment()).isNull();
        assertThat(run.of("open").priority()).isEqualTo(run.of("closed").priority() + 10);
        run.pass(5 * SECOND);
        assertThat(run.of("closed").assignment()).isNotNull();
    }

    @Test
    void aPressBeforeADowntimeWaitsForItsCancellationToBeRead() {
        run.add(run.press("p", 0), run.press("q", FAR), run.press("r", 2 * FAR));
        run.restart();
        run.now += 2 * MINUTE;
        run.engine.tick(run.now, Set.of(), true);
        run.add(run.duress("d", 3 * FAR), run.duress("e", 2 * FAR));
        run.engine.tick(run.now + SECOND, Set.of(), true);
        assertThat(run.count(each -> each.purpose() == Purpose.ASSIGN)).as("duress").isEqualTo(2);
        run.add(run.cancelledPress("p", 0));
        run.engine.tick(run.now + 2 * SECOND, Set.of(), false);
        assertThat(run.of("p").status()).isEqualTo(Status.CANCELLED);
        assertThat(run.of("p").assignment()).isNull();
        assertThat(run.of("q").assignment()).isNotNull();
    }

    @Test
    void aSecondPressOrOtherEvidenceEndsTheWindow() {
        run.add(run.press("p", 0));
        run.add(run.presses("p", 0, 2));
        run.add(run.press("q", FAR));
        run.add(run.call("c", "security", FAR + 50));
        assertThat(run.incidents).hasSize(2);
        assertThat(run.purposes(TOLUCA)).containsExactly(Purpose.ASSIGN, Purpose.ASSIGN);
    }

    @Test
    void duressIsNeverHeld() {
        run.add(run.duress("d", 0));
        assertThat(run.purposes(TOLUCA)).containsExactly(Purpose.ASSIGN);
        assertThat(run.only().priority()).isGreaterThanOrEqualTo(90);
    }

    @Test
    void aVehicleHasThePlateOfItsAlert() {
        run.add(run.alert("v", "stolen-vehicle", Subject.VEHICLE, 0, "NKR-4816"));
        assertThat(run.only().plate()).isEqualTo("NKR-4816");
        assertThat(run.only().expiresAt()).isNull();
    }

    @Test
    void corroborationRaisesThePriorityAndTheNumberOfCallersDoesNot() {
        run.add(run.call("c1", "security", 0));
        int alone = run.only().priority();
        run.add(run.call("c2", "security", 10), run.call("c3", "security", 20));
        run.pass(2 * SECOND);
        assertThat(run.only().events()).hasSize(3);
        assertThat(run.only().priority()).isEqualTo(alone);
        run.add(run.alert("a", "suspicious", Subject.PLACE, 30, null));
        assertThat(run.only().priority()).isGreaterThan(alone);
        assertThat(run.only().priorityParts())
                .extracting(Incident.PriorityPart::code)
                .contains("kind", "corroborated");
    }

    @Test
    void aVehicleAndAPlaceAreLinkedAndRaiseEachOther() {
        run.add(run.alert("v", "stolen-vehicle", Subject.VEHICLE, 0, "ABC123"));
        int alone = run.only().priority();
        run.add(run.call("c", "security", 50));
        assertThat(run.incidents).hasSize(2);
        assertThat(run.of("v").priority()).isGreaterThan(alone);
        assertThat(run.of("v").links())
                .containsExactly(new Incident.Link(Relation.RELATED, run.of("c").incidentId()));
        assertThat(run.of("c").links())
                .containsExactly(new Incident.Link(Relation.RELATED, run.of("v").incidentId()));
    }

    @Test
    void aMovingVehicleIsOneIncidentWithItsRoute() {
        for (int i = 0; i < 4; i++) {
            run.add(run.alert("v" + i, "stolen-vehicle", Subject.VEHICLE, i * FAR, "ABC123"));
            run.pass(2 * MINUTE);
        }
        assertThat(run.only().route()).hasSize(4);
        assertThat(run.only().place()).isEqualTo(run.only().route().get(3).place());
        assertThat(run.count(each -> each.purpose() == Purpose.UPDATE)).isPositive();
    }

    @Test
    void anUnansweredIncidentGoesDownTheChain() {
        run.add(run.duress("d", 0));
        run.pass(16 * SECOND);
        assertThat(run.only().assignment().position()).isEqualTo("chief");
        run.pass(16 * SECOND);
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);
        assertThat(run.reasons(Kind.ESCALATED)).containsExactly("unanswered", "unanswered");
    }

    @Test
    void whatIsOverdueAfterADowntimeIsOneMessage() {
        run.add(run.call("c", "security", 0));
        run.heartbeat(TOLUCA);
        run.heartbeat(ECATEPEC);
        int before = run.sent.size();
        run.now += 20 * MINUTE;
        run.heartbeat(TOLUCA);
        run.heartbeat(ECATEPEC);
        run.engine.tick(run.now);
        run.engine.tick(run.now);
        assertThat(run.sent.subList(before, run.sent.size()))
                .extracting(EngineRun.Sent::site)
                .doesNotHaveDuplicates();
        assertThat(run.reasons(Kind.ESCALATED)).hasSize(1);
    }

    @Test
    void anAcknowledgedIncidentIsRemindedOfAndNeverEscalates() {
        run.add(run.duress("d", 0));
        run.respond(run.only(), TOLUCA, new Acknowledge());
        assertThat(run.only().status()).isEqualTo(Status.ACKNOWLEDGED);
        run.pass(11 * MINUTE);
        assertThat(run.reasons(Kind.REMINDED)).contains("acknowledged-only");
        run.now += 60L * 24 * 60 * MINUTE;
        run.heartbeat(TOLUCA);
        run.engine.tick(run.now);
        assertThat(run.reasons(Kind.ESCALATED)).isEmpty();
    }

    @Test
    void anAcknowledgementFromBeforeAHigherPriorityIsAskedForAgainOnce() {
        run.add(run.call("c", "security", 0));
        Incident seen = run.only();
        run.now += SECOND;
        run.add(run.duress("d", 10));
        run.respond(seen, TOLUCA, new Acknowledge());
        assertThat(run.only().status()).isEqualTo(Status.OPEN);
        assertThat(run.reasons(Kind.REJECTED_TRANSITION)).containsExactly("priority-risen");
        run.respond(seen, TOLUCA, new Acknowledge());
        assertThat(run.only().status()).isEqualTo(Status.ACKNOWLEDGED);
    }

    @Test
    void theFirstAcceptWinsAndTheOtherSiteIsNotifiedAtOnce() {
        run.add(run.duress("d", 0));
        run.pass(35 * SECOND);
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);
        run.respond(run.only(), TOLUCA, new Accept(null, "CAD-1"));
        assertThat(run.only().assignment().site()).isEqualTo(TOLUCA);
        assertThat(run.only().assignment().cadNumber()).isEqualTo("CAD-1");
        assertThat(last(run.purposes(ECATEPEC))).isEqualTo(Purpose.WITHDRAWN);
        run.respond(run.only(), ECATEPEC, new Accept(null, null));
        assertThat(run.only().assignment().site()).isEqualTo(TOLUCA);
        assertThat(run.reasons(Kind.REJECTED_TRANSITION)).containsExactly("already-accepted");
        assertThat(last(run.purposes(ECATEPEC))).isEqualTo(Purpose.WITHDRAWN);
        run.respond(run.only(), TOLUCA, new OnScene());
        assertThat(run.only().status()).isEqualTo(Status.ON_SCENE);
        assertThat(run.only().assignment().state()).isEqualTo(State.ON_SCENE);
    }

    @Test
    void theSenderOfARefusedActIsNotified() {
        run.add(run.duress("d", 0));
        run.respond(run.only(), TOLUCA, new Reopen());
        assertThat(run.reasons(Kind.REJECTED_TRANSITION)).containsExactly("is-open");
        EngineRun.Sent last = last(run.sent);
        assertThat(last.site()).isEqualTo(TOLUCA);
        assertThat(last.message().reason()).isEqualTo("is-open");
    }

    /** Each dash of the state machine's table. */
    @ParameterizedTest
    @CsvSource({
        "OPEN,         is-open,          REOPEN",
        "ACKNOWLEDGED, is-acknowledged,  REOPEN",
        "ACCEPTED,     is-accepted,      ACKNOWLEDGE",
        "ACCEPTED,     already-accepted, ACCEPT",
        "ACCEPTED,     is-accepted,      REOPEN",
        "ON_SCENE,     is-on-scene,      ACKNOWLEDGE",
        "ON_SCENE,     already-accepted, ACCEPT",
        "ON_SCENE,     is-on-scene,      REJECT",
        "ON_SCENE,     is-on-scene,      ARRIVE",
        "ON_SCENE,     is-on-scene,      REOPEN",
        "CLOSED,       is-closed,        ACKNOWLEDGE",
        "CLOSED,       is-closed,        ACCEPT",
        "CLOSED,       is-closed,        REJECT",
        "CLOSED,       is-closed,        ARRIVE",
        "CLOSED,       is-closed,        CLOSE",
        "CANCELLED,    is-cancelled,     ACKNOWLEDGE",
        "CANCELLED,    is-cancelled,     ACCEPT",
        "CANCELLED,    is-cancelled,     REJECT",
        "CANCELLED,    is-cancelled,     ARRIVE"
    })
    void theSenderOfEachRefusedActIsNotified(Status status, String reason, Act refused) {
        run.add(run.alert("v", "kidnapping", Subject.VEHICLE, 0, "ABC123"));
        switch (status) {
            case ACKNOWLEDGED -> act(Act.ACKNOWLEDGE);
            case ACCEPTED -> act(Act.ACCEPT);
            case ON_SCENE -> act(Act.ARRIVE);
            case CLOSED -> act(Act.CLOSE);
            case CANCELLED ->
                    run.add(
                            run.alert(
                                    "v",
                                    "kidnapping",
                                    Subject.VEHICLE,
                                    0,
                                    "ABC123",
                                    2,
                                    true,
                                    null));
            default -> {}
        }
        assertThat(run.only().status()).isEqualTo(status);
        int before = run.sent.size();
        run.respond(run.only(), TOLUCA, "op-2", response(refused));
        assertThat(run.only().status()).isEqualTo(status);
        assertThat(run.reasons(Kind.REJECTED_TRANSITION)).containsExactly(reason);
        assertThat(run.sent.subList(before, run.sent.size()))
                .singleElement()
                .matches(each -> each.site().equals(TOLUCA))
                .matches(each -> each.message().reason().equals(reason));
    }

    private void act(Act act) {
        run.respond(run.only(), TOLUCA, response(act));
    }

    private static DispatchResponse.Action response(Act act) {
        return switch (act) {
            case ACKNOWLEDGE -> new Acknowledge();
            case ACCEPT -> new Accept(null, null);
            case REJECT -> new Reject(Reject.Reason.OTHER, null);
            case ARRIVE -> new OnScene();
            case CLOSE -> close("01");
            case REOPEN -> new Reopen();
        };
    }

    @Test
    void aRejectedIncidentGoesToTheNextAtOnce() {
        run.add(run.call("c", "security", 0));
        run.respond(run.only(), TOLUCA, new Reject(Reject.Reason.ADDRESS, "not ours"));
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);
        assertThat(run.only().notes()).hasSize(1);
    }

    @Test
    void aSiteThatIsDownLosesWhatNoOneAccepted() {
        run.pass(MINUTE);
        run.add(run.call("open", "security", 0), run.call("taken", "security", FAR));
        run.respond(run.of("taken"), TOLUCA, new Accept(null, null));
        run.pass(20 * SECOND, Set.of(ECATEPEC));
        assertThat(run.of("open").assignment().site()).isEqualTo(ECATEPEC);
        assertThat(run.of("open").assignment().epoch()).isEqualTo(2);
        assertThat(run.of("taken").assignment().site()).isEqualTo(TOLUCA);
        run.add(run.call("new", "security", 2 * FAR));
        assertThat(run.of("new").assignment().site()).isEqualTo(ECATEPEC);
        run.respond(run.of("new"), ECATEPEC, new Accept(null, null));
        run.pass(4 * MINUTE);
        assertThat(run.of("open").assignment().site()).isEqualTo(ECATEPEC);
        run.pass(2 * MINUTE);
        assertThat(run.of("open").assignment().site()).isEqualTo(TOLUCA);
        assertThat(run.of("new").assignment().site()).isEqualTo(ECATEPEC);
        assertThat(run.reasons(Kind.FAILED_OVER)).contains("site-down", "site-back");
    }

    @Test
    void aSiteWithoutAPersonOnDutyIsDown() {
        run.pass(MINUTE);
        run.add(run.call("c", "security", 0));
        run.now += SECOND;
        run.heartbeat(TOLUCA, List.of());
        run.engine.tick(run.now);
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);
        assertThat(run.reasons(Kind.FAILED_OVER)).containsExactly("site-down");
    }

    @Test
    void anIncidentThatIsLeftOutWhenItsSiteGoesDownIsMovedLater() {
        run.pass(MINUTE);
        run.add(run.call("c", "security", 0));
        for (int i = 0; i < 20; i++) {
            run.now += SECOND;
            run.heartbeat(ECATEPEC);
            run.engine.tick(run.now, Set.of(run.only().incidentId()), false);
        }
        assertThat(run.only().assignment().site()).isEqualTo(TOLUCA);
        run.pass(SECOND, Set.of(ECATEPEC));
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);
        assertThat(run.reasons(Kind.FAILED_OVER)).containsExactly("site-down");
        assertThat(run.holders(run.only())).containsExactly(ECATEPEC);
    }

    @Test
    void aGapInTimeBringsNoSiteDown() {
        run.pass(MINUTE);
        run.now += 2 * MINUTE;
        run.add(run.call("c", "security", 0));
        run.engine.tick(run.now);
        assertThat(run.of("c").assignment().site()).isEqualTo(TOLUCA);
        assertThat(run.reasons(Kind.FAILED_OVER)).isEmpty();
        run.pass(20 * SECOND, Set.of(ECATEPEC));
        assertThat(run.of("c").assignment().site()).isEqualTo(ECATEPEC);
    }

    @Test
    void aPlateAndACameraConfirmEachOther() {
        run.add(run.alert("v", "stolen-vehicle", Subject.VEHICLE, 0, "ABC123"));
        int alone = run.only().priority();
        run.add(run.alert("w", "road-hazard", Subject.PLACE, 30, null));
        assertThat(run.of("v").priority()).isGreaterThan(alone);
    }

    @Test
    void aRetractionReachesThoseWhoWereNotified() {
        run.add(run.alert("v", "stolen-vehicle", Subject.VEHICLE, 0, "ABC123"));
        run.respond(run.only(), TOLUCA, new Accept(null, null));
        run.add(run.alert("v", "stolen-vehicle", Subject.VEHICLE, 0, "ABC123", 2, true, null));
        assertThat(last(run.purposes(TOLUCA))).isEqualTo(Purpose.RETRACTION);
        assertThat(run.only().status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void evidenceReopensAClosedIncidentAndOldEvidenceDoesNot() {
        var late = run.call("late", "security", 10);
        run.now += MINUTE;
        run.add(run.call("c", "security", 0));
        run.now += MINUTE;
        run.respond(run.only(), TOLUCA, close("01"));
        assertThat(run.only().status()).isEqualTo(Status.CLOSED);
        run.now += SECOND;
        int before = run.sent.size();
        run.add(late);
        run.pass(2 * SECOND);
        assertThat(run.of("late").status()).isEqualTo(Status.CLOSED);
        assertThat(run.sent).hasSize(before);
        run.add(run.call("again", "security", 5));
        assertThat(run.only().status()).isEqualTo(Status.REOPENED);
        assertThat(last(run.purposes(TOLUCA))).isEqualTo(Purpose.ASSIGN);
    }

    @Test
    void whatIsAfterTheReopenWindowIsRelated() {
        run.add(run.alert("v", "stolen-vehicle", Subject.VEHICLE, 0, "ABC123"));
        run.now += MINUTE;
        run.respond(run.only(), TOLUCA, close("01"));
        run.now += 29 * MINUTE;
        run.add(run.alert("again", "stolen-vehicle", Subject.VEHICLE, FAR, "ABC123"));
        assertThat(run.only().status()).isEqualTo(Status.REOPENED);
        run.respond(run.only(), TOLUCA, close("01"));
        Incident before = run.only();
        run.now += 31 * MINUTE;
        run.add(run.alert("new", "stolen-vehicle", Subject.VEHICLE, FAR, "ABC123"));
        assertThat(run.of("new").status()).isEqualTo(Status.OPEN);
        assertThat(run.of("new").links())
                .containsExactly(new Incident.Link(Relation.RELATED, before.incidentId()));
    }

    @Test
    void personsMergeAndSplitForGood() {
        run.add(run.call("a", "security", 0));
        run.now += SECOND;
        run.add(run.call("b", "security", FAR));
        Incident a = run.of("a");
        Incident b = run.of("b");
        run.respond(a, TOLUCA, new Merge(b.incidentId()));
        assertThat(run.of("b").incidentId()).isEqualTo(a.incidentId());
        assertThat(run.incidents.get(b.incidentId()).links())
                .containsExactly(new Incident.Link(Relation.REPLACED, a.incidentId()));
        assertThat(run.incidents.get(b.incidentId()).events()).isEmpty();
        run.now += SECOND;
        run.add(run.call("c", "security", 10));
        run.respond(run.of("a"), TOLUCA, new Split(List.of("c")));
        Incident c = run.of("c");
        assertThat(c.incidentId()).isNotEqualTo(a.incidentId());
        assertThat(c.links()).contains(new Incident.Link(Relation.SPLIT, a.incidentId()));
        // A later version of the event does not bring it back.
        run.add(run.call("d", "security", 12));
        assertThat(run.of("c").events()).extracting(Incident.Event::eventId).contains("c");
        run.respond(run.of("a"), TOLUCA, new Merge(c.incidentId()));
        assertThat(run.of("c").incidentId()).isEqualTo(a.incidentId());
    }

    @Test
    void aMergedIncidentHasOneOwner() {
        run.pass(MINUTE);
        run.add(run.call("a", "security", 0));
        run.pass(20 * SECOND, Set.of(ECATEPEC));
        run.respond(run.of("a"), ECATEPEC, new Accept(null, null));
        run.pass(6 * MINUTE);
        run.add(run.call("b", "security", FAR));
        run.respond(run.of("b"), TOLUCA, new Acknowledge());
        run.respond(run.of("a"), ECATEPEC, new Merge(run.of("b").incidentId()));
        assertThat(run.incidents.values().stream().filter(each -> each.events().size() == 2))
                .hasSize(1);
        assertThat(run.of("a").assignment().site()).isEqualTo(ECATEPEC);
        assertThat(last(run.purposes(TOLUCA))).isEqualTo(Purpose.WITHDRAWN);
    }

    /** A call between both arrives late, so that they were always one. */
    @Test
    void whatTwoSitesHaveAcceptedHasOneOwnerOnceEvidenceJoinsIt() {
        run.pass(MINUTE);
        run.add(run.call("a", "security", 0));
        run.pass(20 * SECOND, Set.of(ECATEPEC));
        run.respond(run.of("a"), ECATEPEC, "eca-1", new Accept(null, "E-1"));
        var between = run.call("c", "security", 140);
        run.pass(6 * MINUTE);
        run.add(run.call("b", "security", 280));
        run.respond(run.of("b"), TOLUCA, "tol-1", new Accept(null, "T-1"));
        Incident a = run.of("a");
        Incident b = run.of("b");
        assertThat(run.holders(a)).containsExactly(ECATEPEC);
        assertThat(run.holders(b)).containsExactly(TOLUCA);

        run.add(between);
        run.pass(20 * MINUTE);

        assertThat(run.incidents.get(a.incidentId()).events()).hasSize(3);
        assertThat(run.incidents.get(b.incidentId()).links())
                .containsExactly(new Incident.Link(Relation.REPLACED, a.incidentId()));
        assertThat(run.of("a").status()).isEqualTo(Status.ACCEPTED);
        assertThat(run.of("a").assignment().acceptedBy()).isEqualTo("eca-1");
        assertThat(run.holders(a)).containsExactly(ECATEPEC);
        assertThat(run.holders(b)).isEmpty();
    }

    /** A call between both arrives late, and takes a call from each. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "z"})
    void whatIsSplitOffTwoIncidentsHasTheOwnerOfTheAcceptedOne(String accepted) {
        run.pass(MINUTE);
        run.add(run.call(accepted, "security", 0));
        run.pass(20 * SECOND, Set.of(ECATEPEC));
        run.respond(run.of(accepted), ECATEPEC, "eca-1", new Accept(null, "E-1"));
        run.pass(6 * MINUTE);
        run.add(run.call("m", "security", 460));
        var between = run.call("x", "security", 230);
        run.pass(SECOND);
        run.add(run.call("a2", "security", 140), run.call("m2", "security", 320));
        run.pass(SECOND);
        assertThat(run.of("a2")).isEqualTo(run.of(accepted));
        assertThat(run.of("m2")).isEqualTo(run.of("m"));

        run.add(between);
        run.pass(MINUTE);

        Incident split = run.of("x");
        assertThat(split.events())
                .extracting(Incident.Event::eventId)
                .containsExactly("x", "a2", "m2");
        assertThat(split.status()).isEqualTo(Status.ACCEPTED);
        assertThat(split.assignment().acceptedBy()).isEqualTo("eca-1");
        assertThat(run.holders(split)).containsExactly(ECATEPEC);
    }

    /** The registration of a device may name any site. */
    @Test
    void whatHasASiteThatThePolicyDoesNotNameGoesToTheFirst() {
        run.add(run.call("c", "security", 0, "Toluca centro", "Toluca"));
        run.pass(SECOND);

        assertThat(run.holders(run.only())).containsExactly(TOLUCA);
        assertThat(run.reasons(Kind.ROUTED)).containsExactly("no-jurisdiction");
    }

    @Test
    void anAcceptanceBeforeTheFirstMessageCounts() {
        run.add(run.press("p", 0));
        run.respond(run.only(), TOLUCA, new Accept(null, "CAD-7"));
        run.pass(5 * MINUTE);
        assertThat(run.only().assignment().cadNumber()).isEqualTo("CAD-7");
        assertThat(run.purposes(TOLUCA)).doesNotContain(Purpose.ASSIGN);
    }

    /** A press that waits for its confirmation, and what a mute or another incident covers. */
    @Test
    void whatIsAcknowledgedBeforeASiteIsNotifiedIsOfTheSiteThatDid() {
        run.pass(MINUTE);
        mute("m", "security");
        run.add(
                run.press("held", 0),
                run.call("muted", "security", FAR),
                run.call("crash", "crash", 2 * FAR),
                run.alert("inhibited", "traffic", Subject.PLACE, 3 * FAR, null));
        run.respond(run.of("crash"), TOLUCA, new Accept(null, null));
        run.pass(8 * SECOND);
        List<String> all = List.of("held", "muted", "inhibited");
        for (String each : all) {
            assertThat(run.of(each).assignment()).as(each).isNull();
            run.respond(run.of(each), TOLUCA, new Acknowledge());
            assertThat(run.of(each).assignment().site()).as(each).isEqualTo(TOLUCA);
            assertThat(run.of(each).assignment().state()).isEqualTo(State.ACKNOWLEDGED);
            assertThat(run.of(each).deadlines().acceptBy()).as(each).isNotNull();
        }
        assertThat(run.reasons(Kind.REMINDED)).isEmpty();
        run.pass(11 * MINUTE);
        assertThat(run.reasons(Kind.REMINDED))
                .filteredOn("acknowledged-only"::equals)
                .hasSameSizeAs(all);
        assertThat(run.purposes(TOLUCA)).contains(Purpose.REMINDER);
        run.pass(20 * SECOND, Set.of(ECATEPEC));
        for (String each : all) {
            assertThat(run.of(each).assignment().site()).as(each).isEqualTo(ECATEPEC);
        }
    }

    @Test
    void whatIsReopenedAndHeldBackCanBeAcceptedByAnyPerson() {
        run.add(run.call("c", "security", 0));
        run.respond(run.only(), TOLUCA, "op-1", new Accept(null, null));
        run.respond(run.only(), TOLUCA, "op-1", close("01"));
        for (int i = 1; i <= 10; i++) {
            run.add(run.call("c" + i, "security", i * FAR));
        }
        run.pass(4 * MINUTE);
        run.add(run.call("again", "security", 5));
        assertThat(run.of("again").status()).isEqualTo(Status.REOPENED);
        assertThat(run.of("again").assignment()).as("over budget").isNull();
        run.respond(run.of("again"), TOLUCA, "op-2", new Accept(null, null));
        assertThat(run.of("again").status()).isEqualTo(Status.ACCEPTED);
        assertThat(run.of("again").assignment().acceptedBy()).isEqualTo("op-2");
    }

    @Test
    void onlyTheOwnerClosesAnAcceptedIncident() {
        run.add(run.duress("d", 0));
        run.pass(35 * SECOND);
        run.respond(run.only(), TOLUCA, new Accept(null, null));
        run.respond(run.only(), ECATEPEC, close("22"));
        assertThat(run.only().status()).isEqualTo(Status.ACCEPTED);
        assertThat(run.reasons(Kind.REJECTED_TRANSITION)).containsExactly("accepted-by-other");
    }

    @Test
    void whatWasInADigestIsSentWhenItIsReopened() {
        for (int i = 0; i < 11; i++) {
            run.add(run.call("c" + i, "security", i * FAR));
        }
        run.pass(2 * SECOND);
        run.respond(run.of("c10"), TOLUCA, close("01"));
        run.pass(15 * MINUTE);
        run.add(run.call("again", "security", 10 * FAR));
        assertThat(run.of("again").assignment()).isNotNull();
    }

    @Test
    void duressReopensAnIncidentThatWasClosedSince() {
        var late = run.duress("d", 5);
        run.now += MINUTE;
        run.add(run.call("c", "security", 0));
        run.respond(run.only(), TOLUCA, close("17"));
        run.now += SECOND;
        run.add(late);
        assertThat(run.of("d").status()).isEqualTo(Status.REOPENED);
        assertThat(last(run.purposes(TOLUCA))).isEqualTo(Purpose.ASSIGN);
    }

    @Test
    void anUnansweredIncidentIsNeverForgotten() {
        run.add(run.duress("d", 0));
        run.pass(15 * MINUTE);
        int before = run.sent.size();
        run.pass(30 * MINUTE);
        assertThat(run.sent.size() - before).isBetween(2, 4);
    }

    @Test
    void anIncidentThatNoOneClosesIsClosedAfterAWeek() {
        run.add(run.call("c", "security", 0));
        run.now += 8L * 24 * 60 * MINUTE;
        run.engine.tick(run.now);
        run.now += 2 * MINUTE;
        run.engine.tick(run.now);
        assertThat(run.only().status()).isEqualTo(Status.CLOSED);
        assertThat(run.reasons(Kind.EXPIRED)).containsExactly("never-closed");
        run.respond(run.only(), TOLUCA, new Reopen());
        run.pass(2 * MINUTE);
        assertThat(run.only().status()).as("a week begins").isEqualTo(Status.REOPENED);
        run.now += 8L * 24 * 60 * MINUTE;
        run.pass(2 * MINUTE);
        assertThat(run.only().status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void anIncidentWithManyNotesAndEventsFitsAMessage() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            run.add(run.call("c" + "x".repeat(100) + i, "security", i % 50));
        }
        run.pass(2 * SECOND);
        Incident incident = run.only();
        for (int i = 0; i < 100; i++) {
            run.respond(incident, TOLUCA, new DispatchResponse.Note(i + " " + "ñ".repeat(4_000)));
        }
        assertThat(Incident.CODEC.write(run.only()).length).isLessThan(Incident.MAX_BYTES);
        assertThat(run.only().events()).hasSizeBetween(500, 1_000);
        assertThat(last(run.only().notes()).text()).startsWith("99 ");
    }

    @Test
    void oddResponsesAreRefused() {
        run.add(run.press("p", 0));
        run.respond(run.only(), "Toluca", new Acknowledge());
        run.respond(run.only(), TOLUCA, new Reject(Reject.Reason.OTHER, null));
        assertThat(run.reasons(Kind.REJECTED_TRANSITION))
                .containsExactly("unknown-site", "not-assigned");
    }

    @Test
    void aVehicleIsNeverMergedWithAPlace() {
        run.add(run.alert("v", "stolen-vehicle", Subject.VEHICLE, 0, "ABC123"));
        run.add(run.call("c", "security", FAR));
        run.respond(run.of("v"), TOLUCA, new Merge(run.of("c").incidentId()));
        assertThat(run.incidents).hasSize(2);
        assertThat(run.reasons(Kind.REJECTED_TRANSITION)).containsExactly("other-kind");
    }

    @Test
    void aPositionIsInterruptedTenTimesInTenMinutesAndTheRestIsADigest() {
        for (int i = 0; i < 30; i++) {
            run.add(run.call("c" + i, "security", i * FAR));
        }
        run.add(run.duress("d", 90 * FAR));
        run.pass(2 * SECOND);
        assertThat(run.count(each -> each.purpose() == Purpose.ASSIGN)).isEqualTo(11);
        assertThat(run.of("d").assignment()).isNotNull();
        Set<String> digested = new TreeSet<>();
        run.incidents.values().stream()
                .filter(incident -> incident.kind() == Incident.Kind.DIGEST)
                .flatMap(incident -> incident.links().stream())
                .forEach(link -> digested.add(link.incidentId()));
        assertThat(digested).hasSize(20);
        assertThat(run.reasons(Kind.FLOOD_BEGAN)).isNotEmpty();
        assertThat(run.reasons(Kind.BUDGETED)).hasSize(20);
        run.incidents.values().stream()
                .filter(each -> each.kind() != Incident.Kind.DIGEST)
                .toList()
                .forEach(each -> run.respond(each, TOLUCA, close("01")));
        run.pass(15 * MINUTE);
        assertThat(run.reasons(Kind.FLOOD_ENDED)).isNotEmpty();
    }

    @Test
    void whatIsForReviewWaitsInAListUntilThereIsMore() {
        run.add(run.review("r", 0));
        run.pass(20 * MINUTE);
        assertThat(run.purposes(TOLUCA)).containsExactly(Purpose.DIGEST);
        assertThat(run.reasons(Kind.BUDGETED)).containsExactly("review");
        assertThat(run.of("r").assignment()).isNull();
        run.add(run.review("s", FAR), run.call("c", "security", FAR + 20));
        assertThat(run.of("s").events()).hasSize(2);
        assertThat(run.of("s").assignment()).isNotNull();
        assertThat(run.of("r").assignment()).isNull();
    }

    @Test
    void whatLeavesTheListForADigestAtTheSameTimeIsInTwoDigests() {
        run.add(run.review("r", 0));
        run.engine.tick(run.now);
        for (int i = 1; i <= 10; i++) {
            run.add(run.call("c" + i, "security", i * FAR));
        }
        run.add(run.call("near", "security", 20));
        run.engine.tick(run.now);
        assertThat(run.reasons(Kind.BUDGETED)).containsExactly("review", "security");
        assertThat(run.of("r").links())
                .extracting(Incident.Link::relation)
                .containsExactly(Relation.PARENT, Relation.PARENT);
    }

    @Test
    void aDigestLeavesOutWhatIsWithdrawn() {
        run.add(run.review("r", 0), run.review("s", 200));
        run.pass(2 * SECOND);
        assertThat(digest().headline().en()).isEqualTo("2 incidents");
        cancelReview("r", 0);
        assertThat(digest().headline().en()).isEqualTo("1 incident");
        assertThat(digest().links())
                .containsExactly(new Incident.Link(Relation.CHILD, run.of("s").incidentId()));
        assertThat(last(run.purposes(TOLUCA))).isEqualTo(Purpose.UPDATE);
        cancelReview("s", 200);
        assertThat(digest().status()).isEqualTo(Status.CANCELLED);
        assertThat(last(run.purposes(TOLUCA))).isEqualTo(Purpose.RETRACTION);
        int before = run.sent.size();
        run.add(run.review("t", 100));
        run.pass(2 * SECOND);
        assertThat(run.purposes(TOLUCA, before)).as("a new one").containsExactly(Purpose.DIGEST);
    }

    @Test
    void aDigestIsOverWhenAllThatItListsIsAnswered() {
        run.add(run.review("r", 0), run.review("s", 200));
        run.pass(2 * SECOND);
        run.respond(run.of("r"), TOLUCA, close("01"));
        run.respond(run.of("s"), TOLUCA, new Acknowledge());
        run.pass(2 * SECOND);
        assertThat(digest().status()).isEqualTo(Status.ACKNOWLEDGED);
        run.respond(run.of("s"), TOLUCA, new Accept(null, null));
        run.pass(2 * SECOND);
        assertThat(digest().status()).isEqualTo(Status.CLOSED);
        assertThat(run.of("s").status()).isEqualTo(Status.ACCEPTED);
        int before = run.sent.size();
        run.add(run.review("t", 100));
        run.pass(2 * SECOND);
        assertThat(run.purposes(TOLUCA, before)).as("a new one").containsExactly(Purpose.DIGEST);
    }

    /** Else it would be too urgent for any budget. */
    @Test
    void aDigestIsAsUrgentAsWhatWaitsInItAlone() {
        run.add(run.review("r", 0), run.review("s", 200));
        run.pass(2 * SECOND);
        int before = run.of("r").priority();
        run.add(run.duress("d", 220));
        run.pass(2 * SECOND);
        assertThat(run.of("s").priority()).isGreaterThanOrEqualTo(90);
        assertThat(run.of("s").links()).isNotEmpty();
        assertThat(run.of("r").links()).isNotEmpty();
        run.incidents.values().stream()
                .filter(incident -> incident.kind() == Incident.Kind.DIGEST)
                .filter(incident -> incident.status() == Status.OPEN)
                .forEach(digest -> assertThat(digest.priority()).isEqualTo(before));
    }

    @Test
    void aDigestIsNotSentOnceItsIncidentsAreAnswered() {
        for (int i = 0; i < 11; i++) {
            run.add(run.call("c" + i, "security", i * FAR));
        }
        run.pass(2 * SECOND);
        assertThat(digest().status()).isEqualTo(Status.OPEN);
        run.respond(run.of("c10"), TOLUCA, new Acknowledge());
        run.pass(2 * SECOND);
        assertThat(digest().status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(digest().deadlines().acknowledgedUntil()).isNotNull();
        run.respond(run.of("c10"), TOLUCA, close("01"));
        run.pass(2 * SECOND);
        int before = run.sent.size();
        run.pass(60 * MINUTE);
        assertThat(digest().status()).isEqualTo(Status.CLOSED);
        assertThat(run.sent.subList(before, run.sent.size()))
                .noneMatch(
                        sent ->
                                sent.message()
                                        .incident()
                                        .incidentId()
                                        .equals(digest().incidentId()));
    }

    @Test
    void noOneIsSentADigestOfWhatIsWithdrawnInTime() {
        run.add(run.review("r", 0));
        cancelReview("r", 0);
        assertThat(run.sent).isEmpty();
    }

    @Test
    void aSourceRetractsWhateverIsInEffectByItsId() {
        run.add(run.duress("d", 0));
        run.engine.retract("other", 9, run.now);
        run.engine.retract("d", 1, run.now);
        assertThat(run.only().status()).isEqualTo(Status.OPEN);
        run.engine.retract("d", 2, run.now);
        assertThat(run.only().status()).isEqualTo(Status.CANCELLED);
        assertThat(last(run.purposes(TOLUCA))).isEqualTo(Purpose.RETRACTION);
    }

    /** Its incidents can be forgotten before it; who may see it does not change then. */
    @Test
    void aDigestKeepsItsRecipientsWhenItsIncidentsAreForgotten() {
        run.add(run.alert("a", "wanted-person", Subject.VEHICLE, 0, "NKR4816", 1, false, "chief"));
        Handling child = new Handling("a", "A", 1, run.now);
        child.publish(run.only());
        Handling list = new Handling("d", "D", 2, run.now);
        list.digest = new Handling.Digest();
        list.digest.type = "wanted-person";
        list.digest.restriction = "chief";
        list.publish(Digests.message(list, List.of(child), run.now));
        Incident later = Digests.message(list, List.of(), run.now);

        assertThat(later.notified()).containsExactly("chief");
        assertThat(later.priority()).isEqualTo(run.only().priority());
    }

    private void cancelReview(String id, int x) {
        run.add(run.alert(id, "suspicious", Subject.PLACE, x, null, 2, true, null));
        run.pass(2 * SECOND);
    }

    private Incident digest() {
        return run.incidents.values().stream()
                .filter(incident -> incident.kind() == Incident.Kind.DIGEST)
                .filter(incident -> !incident.type().equals(Digests.FLOOD))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMuteEndsWithADigestOfWhatItSwallowed() {
        mute("m", "security");
        run.add(run.call("c", "security", 0), run.duress("d", FAR));
        assertThat(run.count(each -> each.purpose() == Purpose.ASSIGN)).isEqualTo(1);
        assertThat(run.reasons(Kind.MUTED)).containsExactly("m");
        run.pass(11 * MINUTE);
        assertThat(digest().links())
                .containsExactly(new Incident.Link(Relation.CHILD, run.of("c").incidentId()));
        assertThat(run.purposes(TOLUCA)).contains(Purpose.DIGEST);
    }

    @Test
    void aMuteThatNoLongerCoversAnIncidentDoesNotListIt() {
        mute("m", "security");
        run.add(run.call("c", "security", 0));
        mute("n", "security");
        mute("m", "crash");
        assertThat(run.reasons(Kind.MUTED)).containsExactly("m", "n");
        run.engine.mute("m", null, run.now);
        run.pass(SECOND);
        assertThat(run.only().links()).isEmpty();
        run.pass(11 * MINUTE);
        assertThat(digest().links())
                .containsExactly(new Incident.Link(Relation.CHILD, run.of("c").incidentId()));
    }

    private void mute(String muteId, String type) {
        run.engine.mute(
                muteId,
                new Mute(
                        muteId,
                        new Mute.Matcher(null, type, null, null, null, null),
                        "chief",
                        "exercise",
                        "case 1",
                        run.now,
                        run.now + 10 * MINUTE),
                run.now);
    }

    @Test
    void aMuteCoversAPlateHoweverItIsWritten() {
        run.engine.mute(
                "m",
                new Mute(
                        "m",
                        new Mute.Matcher(null, null, null, null, "abd-12-34", null),
                        "chief",
                        "exercise",
                        "case 1",
                        run.now,
                        run.now + 10 * MINUTE),
                run.now);
        run.add(
                run.alert("v", "stolen-vehicle", Subject.VEHICLE, 0, "AB01234"),
                run.alert("w", "stolen-vehicle", Subject.VEHICLE, FAR, "AB01235"));
        assertThat(run.reasons(Kind.MUTED)).containsExactly("m");
        assertThat(run.of("w").assignment()).isNotNull();
    }

    @Test
    void onlyKnownEvidenceIsWithdrawn() {
        run.add(run.press("p", 0));
        run.engine.withdraw(run.cancelledPress("p", 0), run.now);
        run.engine.withdraw(run.cancelledPress("q", FAR), run.now);
        assertThat(run.only().status()).isEqualTo(Status.CANCELLED);
    }

    @Test
    void trafficAtACrashIsInhibitedAsLongAsItIsOpen() {
        run.add(run.call("crash", "crash", 0));
        run.add(run.alert("jam", "traffic", Subject.PLACE, FAR, null));
        assertThat(run.reasons(Kind.INHIBITED)).containsExactly("traffic-at-a-crash");
        assertThat(run.of("jam").assignment()).isNull();
        run.respond(run.of("crash"), TOLUCA, close("01"));
        run.pass(2 * SECOND);
        assertThat(run.of("jam").assignment()).isNotNull();
    }

    @Test
    void whatWasFoundOutIsADisposition() {
        run.add(run.alert("v", "stolen-vehicle", Subject.VEHICLE, 0, "ABC123"));
        run.respond(run.only(), TOLUCA, new Close("01", Outcome.WRONG_PLATE, null));
        assertThat(run.dispositions)
                .singleElement()
                .satisfies(
                        each -> {
                            assertThat(each.alertId()).isEqualTo("v");
                            assertThat(each.outcome()).isEqualTo(Outcome.WRONG_PLATE);
                        });
    }

    @Test
    void theOutcomeIsThatOfTheLastAlertOfARoute() {
        for (String alert : List.of("v1", "v2", "v3")) {
            run.add(run.alert(alert, "stolen-vehicle", Subject.VEHICLE, 0, "ABC123"));
            run.pass(MINUTE);
        }
        run.add(run.alert("v3", "stolen-vehicle", Subject.VEHICLE, 0, "ABC123", 2, true, null));
        run.respond(run.only(), TOLUCA, new Close("01", Outcome.WRONG_PLATE, null));
        assertThat(run.dispositions).extracting(Disposition::alertId).containsExactly("v2");
    }

    @Test
    void theOutcomeOfACovertAlertIsForNoOther() {
        run.add(run.alert("v", "kidnapping", Subject.VEHICLE, 0, "ABC123", 1, false, "fge"));
        run.respond(run.only(), TOLUCA, new Close("01", Outcome.WRONG_PLATE, null));
        assertThat(run.only().status()).isEqualTo(Status.CLOSED);
        assertThat(run.dispositions).isEmpty();
    }

    @Test
    void aCovertIncidentIsItsOwnAndChangesNoOther() {
        EngineRun without = new EngineRun();
        for (EngineRun each : List.of(run, without)) {
            each.add(each.call("c", "security", 0));
            if (each == run) {
                each.add(
                        each.alert(
                                "v", "kidnapping", Subject.VEHICLE, 5, "ABC123", 1, false, "fge"));
            }
            each.add(each.alert("w", "stolen-vehicle", Subject.VEHICLE, 5, "ABC123"));
            each.pass(5 * MINUTE);
        }
        assertThat(run.of("v").covert()).isTrue();
        assertThat(run.of("v").links()).isNotEmpty();
        assertThat(run.published.stream().filter(each -> !each.covert()).toList())
                .isEqualTo(without.published);
    }

    /** What joins an open incident within a moment is published together, with or without. */
    @Test
    void aCovertNeighbourChangesNoMomentOfAMessage() {
        EngineRun without = new EngineRun();
        for (EngineRun each : List.of(run, without)) {
            each.add(each.call("c", "security", 0));
            each.engine.tick(each.now);
            for (int i = 0; i < 5; i++) {
                each.now += 3;
                if (each == run) {
                    each.add(
                            each.alert(
                                    "v" + i,
                                    "kidnapping",
                                    Subject.VEHICLE,
                                    5,
                                    "ABC123",
                                    1,
                                    false,
                                    "fge"));
                }
                each.now += 3;
                each.add(each.call("d" + i, "security", 5));
            }
            each.pass(MINUTE);
            if (each == run) {
                assertThat(each.of("v0").priorityParts())
                        .extracting(Incident.PriorityPart::code)
                        .contains("corroborated");
                each.respond(each.of("c"), TOLUCA, new Merge(each.of("v0").incidentId()));
            } else {
                each.respond(each.of("c"), TOLUCA, new Merge("none"));
            }
        }
        assertThat(run.published.stream().filter(each -> !each.covert()).toList())
                .isEqualTo(without.published);
        assertThat(run.reasons(Kind.REJECTED_TRANSITION)).containsExactly("unknown-incident");
    }

    @Test
    void eachEndOfAWarningIsKept() {
        Evidence warning = run.warning("w", "seismic-warning");
        run.add(warning);
        assertThat(run.only().expiresAt()).isEqualTo(warning.expiresAt());
        expire(warning.expiresAt());
        Evidence goesOn = goesOn(warning);
        run.add(goesOn);
        assertThat(run.only().status()).isEqualTo(Status.REOPENED);
        expire(goesOn.expiresAt());
        run.restart();
        assertThat(run.stored.get(Section.ACTION)).as("close, reopen, close").hasSize(3);
    }

    @Test
    void aWarningThatAPersonReopensGoesOnAfterItsEnd() {
        Evidence warning = run.warning("w", "seismic-warning");
        run.add(warning);
        expire(warning.expiresAt());
        run.respond(run.only(), TOLUCA, new Reopen());
        run.pass(5 * SECOND);
        assertThat(run.only().status()).isEqualTo(Status.REOPENED);
        for (String site : List.of(TOLUCA, ECATEPEC)) {
            run.respond(run.only(), site, close("01"));
        }
        assertThat(run.only().status()).isEqualTo(Status.CLOSED);
        // Reopened by the warning itself, it ends as such.
        Evidence goesOn = goesOn(warning);
        run.add(goesOn);
        assertThat(run.only().status()).isEqualTo(Status.REOPENED);
        expire(goesOn.expiresAt());
    }

    /** The next version of a warning, for another minute. */
    private Evidence goesOn(Evidence warning) {
        return new Evidence(
                warning.event(),
                2,
                warning.topic(),
                warning.type(),
                null,
                null,
                warning.origin(),
                warning.weight(),
                run.now + MINUTE,
                null,
                List.of());
    }

    private void expire(long time) {
        run.now = time;
        run.engine.tick(time);
        assertThat(run.only().status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void anEventThatWasNotListedInheritsTheAssignmentAfterARestart() {
        for (int i = 0; i < 1_010; i++) {
            run.now += 10;
            run.add(run.call("c" + i, "security", 0));
        }
        run.respond(run.only(), TOLUCA, new Accept(null, "CAD-1"));
        assertThat(run.only().events()).extracting(Incident.Event::eventId).doesNotContain("c5");
        run.restart();
        run.now += SECOND;
        run.respond(run.only(), TOLUCA, new Split(List.of("c5")));
        assertThat(run.of("c5").status()).isEqualTo(Status.ACCEPTED);
        assertThat(run.of("c5").assignment().cadNumber()).isEqualTo("CAD-1");
    }

    @Test
    void anIncidentNamesItsCandidatesAsSoonAsTheyAreKnown() {
        run.add(run.call("north", "security", 0), run.call("south", "security", 270));
        run.now += 30 * SECOND;
        Evidence between = run.call("between", "security", 135);
        run.add(between);
        assertThat(run.of("north").candidates()).containsExactly("between");
        assertThat(run.of("south").candidates()).containsExactly("between");
        run.now += SECOND;
        run.add(moved(between, run.call("between", "security", 3 * FAR)));
        assertThat(run.of("north").candidates()).isEmpty();
        assertThat(run.of("south").candidates()).isEmpty();
    }

    private static Evidence moved(Evidence each, Evidence there) {
        return new Evidence(
                there.event(),
                each.revision() + 1,
                each.topic(),
                each.type(),
                null,
                null,
                each.origin(),
                each.weight(),
                0,
                null,
                List.of());
    }

    @Test
    void nothingIsKeptForAnIncidentThatIsForgotten() {
        run.engine.continueFrom(
                new IncidentEngine.Unstored(run.now, run.now, 0, List.of("forgotten"), false));
        run.engine.tick(run.now);
        assertThat(run.engine.hasChanged()).isFalse();
    }

    @Test
    void aVehicleThatIsSeenEveryDayIsNotKeptForEver() {
        int days = 30;
        for (int i = 0; i < 2 * days; i++) {
            String id = "v" + i;
            run.add(run.alert(id, "stolen-vehicle", Subject.VEHICLE, 0, "ABC123"));
            run.respond(run.of(id), TOLUCA, close("01"));
            run.now += 11 * 60 * MINUTE;
            run.engine.tick(run.now);
        }
        run.restart();
        for (Section each : List.of(Section.EVIDENCE, Section.HANDLING, Section.ACTION)) {
            assertThat(run.stored.get(each)).as(each.name()).hasSizeBetween(10, 20);
        }
        run.add(run.alert("again", "stolen-vehicle", Subject.VEHICLE, 0, "ABC123"));
        assertThat(run.of("again").links())
                .contains(new Incident.Link(Relation.RELATED, run.of("v59").incidentId()));
    }

    @Test
    void aNewPolicyThatRenamesAKindKeepsItsPriority() {
        run.add(run.warning("w", "seismic-warning"));
        Policy renamed = TestPolicy.everywhere("seismic-warning", "seismic-alert");
        run.engine.policy(renamed, run.now);
        assertThat(run.only().priority()).isEqualTo(100);
        run.engine.policy(renamed, run.now);
        assertThat(run.only().priority()).as("once more").isEqualTo(100);
    }

    @Test
    void whatIsWeakAboutAGraveIncidentDoesNotMakeItWait() {
        run.add(
                weak(run.alert("v", "kidnapping", Subject.VEHICLE, 0, "ABC123")),
                weak(run.alert("w", "stolen-vehicle", Subject.VEHICLE, FAR, "XYZ123")));
        assertThat(run.of("v").priority()).isEqualTo(90);
        assertThat(run.of("w").priority()).isEqualTo(55);
    }

    private static Evidence weak(Evidence each) {
        return new Evidence(
                each.event(),
                each.revision(),
                each.topic(),
                each.type(),
                each.alert(),
                each.summary(),
                each.origin(),
                new Evidence.Weight(0.3, 0, false, 1, false),
                each.expiresAt(),
                null,
                each.notified());
    }

    @Test
    void aPressThatIsTakenBackIsAFalseAlarmOnce() {
        for (int i = 0; i < 4; i++) {
            assertThat(run.engine.falseAlarms().share("button"))
                    .as("too few are known")
                    .isEqualTo(0);
            run.add(run.pressOf("button", "p" + i, i * FAR, false));
            run.add(run.pressOf("button", "p" + i, i * FAR, true));
            run.respond(run.of("p" + i), TOLUCA, close("17"));
            run.now += 40 * MINUTE;
        }
        assertThat(run.engine.falseAlarms().share("button")).isEqualTo(1);
    }

    @Test
    void anIncidentCountsOnceForEachDeviceAndAFaultIsNoAlarm() {
        for (int i = 0; i < 4; i++) {
            assertThat(run.engine.falseAlarms().share("button")).as("too few").isZero();
            run.add(run.pressOf("button", "p" + i, i * FAR, false));
            run.add(run.pressOf("button", "q" + i, i * FAR, false));
            run.respond(run.of("p" + i), TOLUCA, close("17"));
        }
        assertThat(run.of("p0").events()).hasSize(2);
        run.add(run.faultOf("button", "f"));
        run.respond(run.of("f"), TOLUCA, close("01"));
        assertThat(run.engine.falseAlarms().share("button")).isEqualTo(1);
    }

    @Test
    void whatComesAgainAfterItWasForgottenHasALaterRevision() {
        Evidence old = run.alert("a", "road-hazard", Subject.PLACE, 0, null);
        Evidence end = run.alert("a", "road-hazard", Subject.PLACE, 0, null, 2, true, null);
        run.now += 30 * 60 * MINUTE;
        run.add(old, end);
        run.engine.tick(run.now);
        run.add(old);
        assertThat(run.reasons(Kind.OPENED)).hasSize(2);
    }

    @Test
    void aLateVersionOfWhatIsForgottenIsNoNewIncidentForNow() {
        Evidence first = run.alert("a", "road-hazard", Subject.PLACE, 0, null);
        Evidence later = run.alert("a", "road-hazard", Subject.PLACE, 0, null, 2, false, null);
        Evidence end = run.alert("b", "road-hazard", Subject.PLACE, 0, null, 2, true, null);
        run.add(first);
        run.respond(run.only(), TOLUCA, close("01"));
        run.now += 30 * 60 * MINUTE;
        run.engine.tick(run.now);
        int before = run.sent.size();
        run.add(later, later, end);
        run.pass(20 * MINUTE);
        assertThat(run.purposes(TOLUCA, before)).containsExactly(Purpose.DIGEST);
        assertThat(run.reasons(Kind.SUPPRESSED)).containsExactly("too-late");
        assertThat(run.reasons(Kind.BUDGETED)).containsExactly("review");
    }

    @Test
    void aRestartChangesNothing() {
        EngineRun restarted = new EngineRun();
        for (EngineRun each : List.of(run, restarted)) {
            each.add(each.press("p", 0), each.call("c", "security", FAR));
            each.pass(5 * SECOND);
            restart(each, restarted);
            each.respond(each.of("c"), TOLUCA, new Acknowledge());
            restart(each, restarted);
            each.pass(MINUTE);
            each.add(each.press("q", 10));
            restart(each, restarted);
            each.pass(MINUTE);
        }
        assertThat(restarted.incidents).isEqualTo(run.incidents);
        assertThat(restarted.sent).isEqualTo(run.sent);
    }

    private static void restart(EngineRun each, EngineRun restarted) {
        if (each == restarted) {
            each.restart();
        }
    }

    @Test
    void aNoteThatIsTooManyIsRefused() {
        run.add(run.call("c", "security", 0));
        for (int i = 0; i < Incident.MAX_NOTES; i++) {
            run.respond(run.only(), TOLUCA, new DispatchResponse.Note("n" + i));
        }
        assertThat(run.reasons(Kind.REJECTED_TRANSITION)).isEmpty();
        run.respond(run.only(), TOLUCA, new DispatchResponse.Note("one more"));
        assertThat(run.reasons(Kind.REJECTED_TRANSITION)).containsExactly("too-many-notes");
        assertThat(last(run.sent).message().reason()).isEqualTo("too-many-notes");
    }

    /** Also if it is missing on both sides. */
    @Test
    void aMissingFieldInhibitsNothing() {
        run.add(run.callFromNowhere("crash", "crash", 0));
        run.add(run.callFromNowhere("jam", "traffic", FAR));
        assertThat(run.reasons(Kind.INHIBITED)).isEmpty();
        assertThat(run.of("jam").assignment()).isNotNull();
    }

    private static Close close(String disposition) {
        return new Close(disposition, null, null);
    }

    private static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }
}
