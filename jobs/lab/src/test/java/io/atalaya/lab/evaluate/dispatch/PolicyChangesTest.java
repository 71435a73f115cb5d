package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Status;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyChangesTest {
    private static final long START = 1_772_542_800_000L;

    @Test
    void theSameDayHasNone() {
        DispatchRun run = run("TOLUCA", incident("a", "call:1"), incident("b", "call:2"));
        PolicyChanges changes = PolicyChanges.between(run, run);
        assertThat(changes.regrouped()).isEmpty();
        assertThat(changes.reprioritized()).isEmpty();
        assertThat(changes.rerouted()).isEmpty();
    }

    @Test
    void namesIncidentsOfOtherEvents() {
        PolicyChanges changes =
                PolicyChanges.between(
                        run("TOLUCA", incident("a", "call:1", "call:2"), incident("c", "call:3")),
                        run(
                                "TOLUCA",
                                incident("a", "call:1"),
                                incident("b", "call:2"),
                                incident("c", "call:3")));
        assertThat(changes.regrouped())
                .singleElement()
                .asString()
                .contains("its 2 events are in 2 incidents: [#a, #b]");
    }

    @Test
    void namesIncidentsThatWereSentToOthers() {
        PolicyChanges changes =
                PolicyChanges.between(
                        run("TOLUCA", incident("a", "call:1")),
                        run("ECATEPEC", incident("a", "call:1")));
        assertThat(changes.rerouted())
                .singleElement()
                .asString()
                .contains("ECATEPEC after 2 s instead of TOLUCA after 2 s");
    }

    /** Its list interrupts no one, but a person sees it. */
    @Test
    void namesIncidentsThatAreInAListInstead() {
        Incident incident = incident("a", "call:1");
        Incident digest =
                new Incident(
                        "d",
                        START + 2_000,
                        Incident.Kind.DIGEST,
                        "security",
                        null,
                        Status.OPEN,
                        START,
                        START,
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
                        List.of(),
                        List.of(new Link(Link.Relation.CHILD, "a")),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        false,
                        List.of());
        DispatchMessage list = new DispatchMessage(Purpose.DIGEST, 1, "security", digest);
        DispatchLog log =
                new DispatchLog(
                        START,
                        START + 1,
                        List.of(incident),
                        List.of(
                                new DispatchLog.Message(START + 2_000, "TOLUCA", list),
                                new DispatchLog.Message(START + 9_000, "TOLUCA", list)),
                        List.of(),
                        List.of(),
                        List.of());
        assertThat(
                        PolicyChanges.between(
                                        run("TOLUCA", incident),
                                        new DispatchRun("list", log, List.of()))
                                .rerouted())
                .singleElement()
                .asString()
                .contains("TOLUCA in a list after 2 s instead of TOLUCA after 2 s");
    }

    private static Incident incident(String id, String... events) {
        return DispatchScorerTest.incident(id, Status.OPEN, START, List.of(), events);
    }

    /** A day on which a site is sent all incidents after 2 s. */
    private static DispatchRun run(String site, Incident... incidents) {
        List<DispatchLog.Message> messages =
                List.of(incidents).stream()
                        .map(
                                incident ->
                                        new DispatchLog.Message(
                                                START + 2_000,
                                                site,
                                                new DispatchMessage(
                                                        Purpose.ASSIGN, 0, null, incident)))
                        .toList();
        return new DispatchRun(
                site,
                new DispatchLog(
                        START,
                        START + 1,
                        List.of(incidents),
                        messages,
                        List.of(),
                        List.of(),
                        List.of()),
                List.of());
    }
}
