package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.Delivery.Result;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DispatchResponse.Accept;
import io.atalaya.contracts.dispatch.DispatchResponse.Acknowledge;
import io.atalaya.contracts.dispatch.DispatchResponse.Close;
import io.atalaya.contracts.dispatch.DispatchResponse.OnScene;
import io.atalaya.contracts.dispatch.DispatchResponse.Reject;
import io.atalaya.contracts.dispatch.DispatchResponse.Reopen;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Assignment;
import io.atalaya.contracts.dispatch.Incident.Assignment.State;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

import static io.atalaya.dispatch.incident.EngineRun.ECATEPEC;
import static io.atalaya.dispatch.incident.EngineRun.MINUTE;
import static io.atalaya.dispatch.incident.EngineRun.SECOND;
import static io.atalaya.dispatch.incident.EngineRun.TOLUCA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

class AssignmentsTest {
    private static final int FAR = 3_000;

    private final EngineRun run = new EngineRun();

    @Test
    void eachSiteAnswersAWarningToTheWholeStateOnItsOwn() {
        run.add(run.warning("w", "seismic-warning"));
        run.respond(run.only(), TOLUCA, new Accept(null, null));
        assertThat(run.only().status()).isEqualTo(Status.OPEN);
        assertThat(run.only().assignments())
                .extracting(Assignment::site, Assignment::state)
                .containsExactly(tuple(ECATEPEC, State.SENT), tuple(TOLUCA, State.ACCEPTED));

        run.respond(run.only(), TOLUCA, close("01"));
        assertThat(run.only().status()).isEqualTo(Status.OPEN);
        assertThat(run.purposes(ECATEPEC)).doesNotContain(Purpose.WITHDRAWN);

        int before = run.sent.size();
        run.pass(40 * SECOND);
        assertThat(run.purposes(TOLUCA, before)).isEmpty();
        assertThat(run.purposes(ECATEPEC, before)).contains(Purpose.ASSIGN, Purpose.ASSIGN);
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);

        run.respond(run.only(), ECATEPEC, close("01"));
        assertThat(run.only().status()).isEqualTo(Status.CLOSED);
    }

    @Test
    void eachSiteIsAskedByItsOwnChain() {
        run.add(run.warning("w", "seismic-warning"));
        run.pass(16 * SECOND);
        assertThat(run.only().assignments())
                .extracting(Assignment::site, Assignment::position)
                .containsExactly(tuple(ECATEPEC, "chief"), tuple(TOLUCA, "chief"));
    }

    @Test
    void oneSiteReopensAWarningForItselfAlone() {
        run.add(run.warning("w", "seismic-warning"));
        run.respond(run.only(), TOLUCA, close("01"));
        int before = run.sent.size();
        run.respond(run.only(), TOLUCA, new Reopen());
        assertThat(run.purposes(TOLUCA, before)).containsExactly(Purpose.ASSIGN);
        assertThat(run.purposes(ECATEPEC, before)).doesNotContain(Purpose.ASSIGN);
        run.respond(run.only(), TOLUCA, close("01"));
        run.respond(run.only(), ECATEPEC, close("01"));
        run.pass(MINUTE);
        assertThat(run.only().status()).isEqualTo(Status.CLOSED);
        run.respond(run.only(), ECATEPEC, new Reopen());
        assertThat(run.only().assignments())
                .extracting(Assignment::state)
                .containsExactly(State.SENT, State.SENT);
    }

    @Test
    void lesserIncidentsLeaveAReserveOfTheBudgetToGraverOnes() {
        for (int i = 0; i < 12; i++) {
            run.add(run.call("o" + i, "other", i * FAR));
        }
        assertThat(run.count(each -> each.purpose() == Purpose.ASSIGN)).isEqualTo(6);
        for (int i = 12; i < 18; i++) {
            run.add(run.call("s" + i, "security", i * FAR));
        }
        assertThat(run.count(each -> each.purpose() == Purpose.ASSIGN)).isEqualTo(10);
    }

    @Test
    void aFaultIsShownToItsOwnSiteOnce() {
        run.add(run.alert("f", "equipment-fault", Subject.DEVICE, 0, null));
        run.pass(30 * MINUTE);
        assertThat(run.purposes(ECATEPEC)).isEmpty();
        assertThat(run.purposes(TOLUCA)).containsExactly(Purpose.ASSIGN);
    }

    @Test
    void inQuietHoursOnlyALesserIncidentWaitsInAList() {
        run.now += 11 * 60 * MINUTE;
        run.add(
                run.duress("d", 0),
                run.call("c", "service", FAR),
                run.alert("f", "equipment-fault", Subject.DEVICE, 2 * FAR, null));
        run.pass(2 * SECOND);
        assertThat(run.count(each -> each.purpose() == Purpose.ASSIGN)).isEqualTo(2);
        assertThat(run.of("f").assignment()).isNull();
        assertThat(run.reasons(Kind.BUDGETED)).containsExactly("quiet-hours");
        assertThat(run.count(each -> each.purpose() == Purpose.DIGEST)).isEqualTo(1);
    }

    @Test
    void warningsBelowTheGravestAreBudgeted() {
        for (int i = 0; i < 40; i++) {
            run.add(run.warning("w" + i, "public-warning"));
        }
        run.pass(2 * SECOND);
        assertThat(run.purposes(TOLUCA).stream().filter(Purpose.ASSIGN::equals)).hasSize(10);
        Incident digest =
                run.incidents.values().stream()
                        .filter(each -> each.kind() == Incident.Kind.DIGEST)
                        .filter(each -> !each.type().equals("flood"))
                        .findFirst()
                        .orElseThrow();
        assertThat(digest.assignments()).hasSize(2);
        assertThat(digest.links()).hasSize(30);
        run.respond(digest, TOLUCA, close("01"));
        assertThat(run.of("w39").status()).isEqualTo(Status.OPEN);
        run.respond(digest, ECATEPEC, close("01"));
        assertThat(run.of("w39").status()).isEqualTo(Status.CLOSED);
        run.add(run.warning("q", "seismic-warning"));
        assertThat(run.of("q").assignments()).hasSize(2);
    }

    @Test
    void aSiteIsSentTheBeginAndTheEndOfAFlood() {
        for (int i = 0; i < 12; i++) {
            run.add(run.call("c" + i, "security", i * FAR));
        }
        run.pass(2 * SECOND);
        assertThat(flood().status()).isEqualTo(Status.OPEN);
        assertThat(flood().headline().en()).isEqualTo("Too many interruptions: security");
        assertThat(sentOf(flood())).containsExactly(Purpose.DIGEST);
        for (int i = 0; i < 12; i++) {
            run.respond(run.of("c" + i), TOLUCA, close("01"));
        }
        run.pass(15 * MINUTE);
        assertThat(flood().status()).isEqualTo(Status.CLOSED);
        assertThat(sentOf(flood())).containsExactly(Purpose.DIGEST, Purpose.UPDATE);
    }

    private Incident flood() {
        return run.incidents.values().stream()
                .filter(each -> each.type().equals("flood"))
                .findFirst()
                .orElseThrow();
    }

    private List<Purpose> sentOf(Incident incident) {
        return sentOf(incident, 0);
    }

    private List<Purpose> sentOf(Incident incident, int since) {
        return run.sent.stream()
                .skip(since)
                .filter(
                        each ->
                                each.message()
                                        .incident()
                                        .incidentId()
                                        .equals(incident.incidentId()))
                .map(EngineRun.Sent::purpose)
                .toList();
    }

    @Test
    void aReminderThatMeetsAnEmptyBudgetIsSentLater() {
        for (int i = 1; i < 10; i++) {
            run.add(run.call("c" + i, "security", i * FAR));
            run.respond(run.of("c" + i), TOLUCA, close("01"));
        }
        run.pass(5 * MINUTE);
        run.add(run.call("c", "security", 0));
        run.respond(run.of("c"), TOLUCA, new Acknowledge());
        run.pass(4 * MINUTE);
        assertThat(run.reasons(Kind.BUDGETED)).containsExactly("not-accepted");
        assertThat(run.reasons(Kind.REMINDED)).isEmpty();
        run.pass(2 * MINUTE);
        assertThat(run.reasons(Kind.REMINDED)).containsExactly("not-accepted");
    }

    @Test
    void aStepToAllPositionsReachesOneThatHasBudgetLeft() {
        for (int i = 0; i < 10; i++) {
            run.add(run.call("c" + i, "security", i * FAR));
        }
        run.pass(95 * SECOND);
        assertThat(run.reasons(Kind.ESCALATED)).isNotEmpty();
        assertThat(run.sent)
                .extracting(each -> each.message().incident().assignment())
                .filteredOn(each -> each != null && each.epoch() == 2)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.position()).isIn("medical", "vehicles"));
    }

    /** Another site's positions are asked as soon as one of them can be. */
    @Test
    void aRejectedIncidentWaitsForTheBudgetOfTheOtherSite() {
        floodEcatepec();
        run.add(run.call("c", "security", 0));
        run.respond(run.of("c"), TOLUCA, new Reject(Reject.Reason.ADDRESS, null));
        assertThat(run.of("c").assignment().state()).isEqualTo(State.REJECTED);
        assertThat(sentOf(run.of("c"))).as("off its list").endsWith(Purpose.WITHDRAWN);
        int before = run.sent.size();
        run.restart();
        run.pass(8 * MINUTE);
        assertThat(run.of("c").assignment().site()).isEqualTo(TOLUCA);
        assertThat(sentOf(run.of("c"), before)).doesNotContain(Purpose.ASSIGN, Purpose.REMINDER);
        run.pass(2 * MINUTE);
        assertThat(run.of("c").assignment().site()).isEqualTo(ECATEPEC);
        assertThat(run.of("c").assignment().state()).isEqualTo(State.SENT);
    }

    @Test
    void aMessageThatWasNotDeliveredWaitsForTheBudgetOfTheOtherSite() {
        floodEcatepec();
        run.add(run.call("c", "security", 0));
        deliver("1", "cad-toluca", run.of("c"), Result.REJECTED);
        assertThat(run.of("c").assignment().site()).isEqualTo(TOLUCA);
        run.restart();
        run.pass(11 * MINUTE);
        assertThat(run.of("c").assignment().site()).isEqualTo(ECATEPEC);
        assertThat(run.reasons(Kind.ESCALATED)).contains("not-delivered");
    }

    private void floodEcatepec() {
        run.pass(5 * SECOND);
        run.pass(25 * SECOND, Set.of(ECATEPEC));
        run.pass(5 * MINUTE - 10 * SECOND);
        for (int i = 0; i < 10; i++) {
            run.add(run.call("e" + i, "security", (i + 1) * FAR));
            run.respond(run.of("e" + i), ECATEPEC, close("01"));
        }
        run.pass(MINUTE);
    }

    @Test
    void theStepsAfterARejectionCountFromIt() {
        run.add(run.call("c", "security", 0));
        run.pass(30 * SECOND);
        run.respond(run.only(), TOLUCA, new Accept(null, null));
        run.pass(9 * MINUTE);
        run.respond(run.only(), TOLUCA, new Reject(Reject.Reason.OTHER, null));
        assertThat(run.only().assignment().position()).as("all positions").isNull();
        run.pass(29 * SECOND);
        assertThat(run.only().assignment().position()).isNull();
        run.pass(2 * SECOND);
        assertThat(run.only().assignment().position()).isEqualTo("chief");
        assertThat(run.only().assignment().site()).isEqualTo(TOLUCA);
        run.pass(2 * MINUTE);
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);
    }

    @Test
    void aDowntimeIsRemindedOfOnce() {
        run.add(run.call("c", "security", 0));
        run.pass(5 * MINUTE);
        run.now += 25 * MINUTE;
        run.heartbeat(TOLUCA);
        run.heartbeat(ECATEPEC);
        run.engine.tick(run.now);
        run.engine.tick(run.now + SECOND);
        assertThat(run.reasons(Kind.REMINDED)).containsExactly("not-on-scene");
    }

    @Test
    void anAnswerEndsTheWaitOfAReminder() {
        run.add(run.call("c", "security", 0));
        run.respond(run.of("c"), TOLUCA, new Acknowledge());
        run.pass(MINUTE);
        for (int i = 1; i < 10; i++) {
            run.add(run.call("c" + i, "security", i * FAR));
            run.respond(run.of("c" + i), TOLUCA, close("01"));
        }
        run.pass(MINUTE + SECOND);
        run.respond(run.of("c"), TOLUCA, new Accept(null, null));
        run.pass(8 * MINUTE - 2 * SECOND);
        run.now += SECOND;
        run.add(run.call("d", "security", 10 * FAR));
        run.engine.tick(run.now);
        assertThat(run.reasons(Kind.BUDGETED)).containsExactly("not-accepted", "not-on-scene");
    }

    @Test
    void whatNoJurisdictionHasReturnsToTheFirstSite() {
        run.pass(10 * SECOND);
        run.add(run.callFromNowhere("c", "security", 0));
        assertThat(run.only().assignment().site()).isEqualTo(TOLUCA);
        run.pass(20 * SECOND, Set.of(ECATEPEC));
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);
        run.respond(run.only(), ECATEPEC, new Acknowledge());
        run.pass(5 * MINUTE + 30 * SECOND);
        assertThat(run.only().assignment().site()).isEqualTo(TOLUCA);
    }

    @Test
    void onlyDeliveriesToTheAssignedSitesSystemsCount() {
        run.add(run.call("c", "security", 0));
        deliver("1", "webhook", run.only().revision(), Result.DELIVERED);
        deliver("2", "cad-ecatepec", run.only().revision(), Result.REJECTED);
        deliver("3", "cad-toluca", run.only().revision() - 1, Result.REJECTED);
        assertThat(run.only().assignment().state()).isEqualTo(State.SENT);
        assertThat(run.only().assignment().epoch()).isEqualTo(1);

        deliver("4", "cad-toluca", run.only().revision(), Result.REJECTED);
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);
        deliver("4", "cad-toluca", run.only().revision(), Result.REJECTED);
        deliver("5", "cad-ecatepec", run.only().revision(), Result.REJECTED);
        deliver("6", "cad-toluca", run.only().revision(), Result.REJECTED);
        assertThat(run.only().assignment().epoch()).as("no loop").isEqualTo(2);
        deliver("7", "cad-ecatepec", run.only().revision(), Result.DELIVERED);
        assertThat(run.only().assignment().state()).isEqualTo(State.DELIVERED);
    }

    private void deliver(String id, String destination, long revision, Result result) {
        deliver(id, destination, run.only().withRevision(revision), result);
    }

    private void deliver(String id, String destination, Incident incident, Result result) {
        run.engine.delivery(
                new Delivery(
                        id,
                        destination,
                        incident.incidentId(),
                        incident.revision(),
                        result,
                        null,
                        run.now),
                run.now);
    }

    @Test
    void theSiteThatAcknowledgesIsTheOneThatIsReminded() {
        run.add(run.duress("d", 0));
        run.pass(35 * SECOND);
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);
        int before = run.sent.size();
        run.respond(run.only(), TOLUCA, new Acknowledge());
        assertThat(run.only().assignment().site()).isEqualTo(TOLUCA);
        assertThat(run.only().assignment().state()).isEqualTo(State.ACKNOWLEDGED);
        run.pass(11 * MINUTE);
        assertThat(run.reasons(Kind.REMINDED)).contains("acknowledged-only");
        assertThat(run.purposes(TOLUCA, before)).contains(Purpose.REMINDER);
        assertThat(run.purposes(ECATEPEC, before)).doesNotContain(Purpose.REMINDER);
        run.respond(run.only(), ECATEPEC, new Accept(null, null));
        assertThat(run.only().status()).as("it may still accept").isEqualTo(Status.ACCEPTED);
    }

    @Test
    void aRejectionByASiteThatIsNoLongerAskedOnlyTakesItOffItsList() {
        run.add(run.duress("open", 0), run.duress("seen", FAR));
        run.pass(35 * SECOND);
        run.respond(run.of("seen"), ECATEPEC, new Acknowledge());
        for (String each : List.of("open", "seen")) {
            Status status = run.of(each).status();
            Assignment assignment = run.of(each).assignment();
            int before = run.sent.size();
            run.respond(run.of(each), TOLUCA, new Reject(Reject.Reason.OTHER, "none free"));
            assertThat(run.of(each).status()).isEqualTo(status);
            assertThat(run.of(each).assignment()).isEqualTo(assignment);
            assertThat(run.of(each).notes()).hasSize(1);
            assertThat(run.purposes(TOLUCA, before)).containsExactly(Purpose.WITHDRAWN);
            assertThat(run.purposes(ECATEPEC, before)).containsExactly(Purpose.UPDATE);
            run.pass(SECOND);
            assertThat(run.purposes(ECATEPEC, before)).doesNotContain(Purpose.ASSIGN);
            assertThat(run.holders(run.of(each))).containsExactly(ECATEPEC);
        }
        run.respond(run.of("seen"), ECATEPEC, new Reject(Reject.Reason.OTHER, null));
        assertThat(run.of("seen").status()).as("by the last one asked").isEqualTo(Status.OPEN);
    }

    @Test
    void anIncidentDoesNotReturnToASiteThatSaysItIsElsewhere() {
        run.pass(MINUTE);
        run.add(run.call("c", "security", 0), run.call("d", "security", FAR));
        run.respond(run.of("c"), TOLUCA, new Reject(Reject.Reason.ADDRESS, null));
        run.respond(run.of("c"), ECATEPEC, new Acknowledge());
        run.pass(20 * SECOND, Set.of(ECATEPEC));
        assertThat(run.of("d").assignment().site()).isEqualTo(ECATEPEC);
        run.respond(run.of("d"), ECATEPEC, new Acknowledge());
        run.restart();
        run.pass(5 * MINUTE + 30 * SECOND);
        assertThat(run.of("d").assignment().site()).as("back").isEqualTo(TOLUCA);
        assertThat(run.of("c").assignment().site()).isEqualTo(ECATEPEC);
        assertThat(run.of("c").status()).isEqualTo(Status.ACKNOWLEDGED);
        run.pass(20 * SECOND, Set.of(TOLUCA));
        assertThat(run.of("c").assignment().site()).as("better than none").isEqualTo(TOLUCA);
    }

    @Test
    void aSiteWithoutAnOfferCannotAct() {
        run.add(run.call("c", "security", 0));
        for (DispatchResponse.Action act :
                List.of(new Acknowledge(), new OnScene(), close("01"), new Accept(null, null))) {
            run.respond(run.only(), ECATEPEC, act);
        }
        assertThat(run.only().status()).isEqualTo(Status.OPEN);
        assertThat(run.reasons(Kind.REJECTED_TRANSITION))
                .containsExactly("not-assigned", "not-assigned", "not-assigned", "not-assigned");
        assertThat(run.purposes(ECATEPEC)).endsWith(Purpose.WITHDRAWN);
        run.respond(run.only(), TOLUCA, new Accept(1, null));
        assertThat(run.only().status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void anAcceptanceOfAnOfferThatWasWithdrawnSinceHasNoEffect() {
        run.pass(10 * SECOND);
        run.add(run.call("c", "security", 0));
        run.pass(20 * SECOND, Set.of(ECATEPEC));
        assertThat(run.only().assignment().site()).isEqualTo(ECATEPEC);
        run.respond(run.only(), TOLUCA, new Accept(1, null));
        assertThat(run.only().status()).isEqualTo(Status.OPEN);
        assertThat(run.reasons(Kind.REJECTED_TRANSITION)).containsExactly("offer-withdrawn");
        assertThat(run.purposes(TOLUCA)).endsWith(Purpose.WITHDRAWN, Purpose.WITHDRAWN);

        run.pass(5 * MINUTE + 30 * SECOND);
        assertThat(run.only().assignment().site()).as("back").isEqualTo(TOLUCA);
        run.respond(run.only(), TOLUCA, new Accept(1, null));
        assertThat(run.only().status()).as("an old answer").isEqualTo(Status.OPEN);
        run.respond(run.only(), TOLUCA, new Accept(run.only().assignment().epoch(), null));
        assertThat(run.only().status()).isEqualTo(Status.ACCEPTED);
    }

    private static Close close(String disposition) {
        return new Close(disposition, null, null);
    }
}
