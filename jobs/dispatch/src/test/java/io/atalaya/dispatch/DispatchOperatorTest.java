package io.atalaya.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.topic.DeadLetter.InternalError;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.policy.PolicyReader;
import io.atalaya.testutils.Backend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The job's operators together, with restarts at any record and with errors in the program. */
class DispatchOperatorTest {
    private static final long START = 1_772_539_200_000L;
    private static final String ROBBERY = "30101";
    private static final String ACCEPT = "{\"type\":\"ACCEPT\"}";

    @TempDir private Path directory;

    /** A press, a call and an alert that are one incident, which is accepted under a new policy. */
    private static void play(DispatchRun run) throws Exception {
        run.feed(DispatchScenario.before(START));
        run.feed(DispatchScenario.press("E-1", "HEARTBEAT", START));
        run.feed(DispatchScenario.press("E-1", "PRESS", START + 1_000));
        run.feed(DispatchScenario.call("C-1", ROBBERY, START + 2_000));
        run.feed(DispatchScenario.call("C-2", "70101", START + 3_000));
        run.feed(DispatchScenario.alert(START + 4_000));
        run.feed(DispatchScenario.policy("NEXT", "storms", "8 h", "4 h", START + 5_000));
        run.feed(DispatchScenario.presence("TOLUCA", START + 10_000));
        run.feed(DispatchScenario.presence("ECATEPEC", START + 10_000));
        Incident incident = run.read(Topics.INCIDENTS, Incident.CODEC).get(0);
        run.feed(
                DispatchScenario.response(
                        "R-1", incident.incidentId(), incident.revision(), ACCEPT, START + 20_000));
        run.feed(DispatchScenario.presence("TOLUCA", START + 21_000));
        run.feed(DispatchScenario.press("E-2", "PRESS", START + 30_000));
    }

    @ParameterizedTest
    @CsvSource({"HEAP, 1", "ROCKSDB, 5"})
    void restartsChangeNoOutput(Backend backend, int restartEvery) throws Exception {
        try (DispatchRun plain = new DispatchRun("", Backend.HEAP, 0);
                DispatchRun restarted = new DispatchRun("", backend, restartEvery)) {
            play(plain);
            play(restarted);

            assertThat(restarted.texts()).isEqualTo(plain.texts());
            assertThat(plain.letters).isEmpty();
            assertThat(plain.read(Topics.INCIDENTS, Incident.CODEC))
                    .last()
                    .satisfies(
                            last -> {
                                assertThat(last.status()).isEqualTo(Incident.Status.ACCEPTED);
                                assertThat(last.events()).hasSize(3);
                            });
            assertThat(plain.read(Topics.DECISIONS, Decision.CODEC))
                    .extracting(Decision::policyVersion)
                    .endsWith("NEXT");
        }
    }

    /** With restarts, after which what waited still does. */
    @Test
    void whatIsUrgentOvertakesWhatWaits() throws Exception {
        try (DispatchRun run = new DispatchRun("", Backend.HEAP, 7)) {
            run.feed(DispatchScenario.before(START));
            run.now(START + 5_000);
            for (int i = 0; i < 40; i++) {
                run.feed(DispatchScenario.call("C-" + i, ROBBERY, START + i));
            }
            run.feed(DispatchScenario.press("E-1", "DURESS", START + 100));

            assertThat(eventIds(run)).hasSizeLessThan(20).anyMatch(id -> id.endsWith("/E-1"));
            run.wait(START + 6_000, START + 10_000);
            assertThat(eventIds(run)).hasSize(41);
        }
    }

    /** However the topics are read, so that fusion has no later events to place again. */
    @Test
    void whatWaitsIsProcessedInTheOrderOfTheEvents() throws Exception {
        try (DispatchRun run = new DispatchRun("", Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.now(START + 5_000);
            for (int i = 19; i >= 0; i--) {
                run.feed(DispatchScenario.call("C-" + i, ROBBERY, START + i));
            }
            run.wait(START + 6_000, START + 10_000);

            assertThat(run.read(Topics.DECISIONS, Decision.CODEC))
                    .filteredOn(
                            decision ->
                                    decision.eventId() != null
                                            && decision.eventId().startsWith("call:"))
                    .extracting(Decision::eventId)
                    .startsWith("call:C-0", "call:C-1", "call:C-2")
                    .endsWith("call:C-18", "call:C-19");
        }
    }

    private static Set<String> eventIds(DispatchRun run) throws Exception {
        return run.read(Topics.INCIDENTS, Incident.CODEC).stream()
                .flatMap(incident -> incident.events().stream())
                .map(Incident.Event::eventId)
                .collect(Collectors.toSet());
    }

    @Test
    void aNuisanceCallOnlyWithdrawsWhatItSeemedToBe() throws Exception {
        try (DispatchRun run = new DispatchRun("", Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.call("C-1", "70101", START + 1_000));
            assertThat(run.written.get(Topics.INCIDENTS)).isEmpty();
            run.feed(DispatchScenario.call("C-2", ROBBERY, START + 2_000));
            run.feed(DispatchScenario.call("C-2", "70101", START + 60_000));

            assertThat(run.read(Topics.INCIDENTS, Incident.CODEC))
                    .extracting(Incident::status)
                    .startsWith(Incident.Status.OPEN)
                    .endsWith(Incident.Status.CANCELLED);
            assertThat(run.read(Topics.DECISIONS, Decision.CODEC))
                    .filteredOn(decision -> decision.reason().equals("nuisance-call"))
                    .extracting(Decision::eventId)
                    .containsExactly("call:C-1", "call:C-2");
        }
    }

    /** The failure is a rule that divides by zero for crowds. */
    @Test
    void anEventThatFailsLeavesNoTraceInTheOthers() throws Exception {
        String policy = policy("size(sources) >= 2", "'1 / (kind == \"crowd\" ? 0 : 1) > 1'");
        try (DispatchRun failing = new DispatchRun(policy, Backend.HEAP, 0);
                DispatchRun without = new DispatchRun(policy, Backend.HEAP, 0)) {
            for (DispatchRun run : List.of(failing, without)) {
                run.feed(DispatchScenario.before(START));
                run.feed(DispatchScenario.call("C-1", ROBBERY, START + 1_000));
                if (run == failing) {
                    run.feed(DispatchScenario.alert(START + 900_000));
                }
                run.feed(DispatchScenario.call("C-2", ROBBERY, START + 900_000));
            }

            assertThat(failing.texts()).isEqualTo(without.texts()).isNotEmpty();
            assertThat(without.letters).isEmpty();
            assertThat(failing.letters)
                    .singleElement()
                    .satisfies(
                            letter -> {
                                assertThat(letter.reason()).isEqualTo(InternalError.REASON);
                                assertThat(letter.address().topic()).isEqualTo(Topics.ALERTS);
                                assertThat(letter.error().operator()).startsWith("fusion");
                            });
        }
    }

    /** The failure is a chain of escalation that divides by zero for crowds. */
    @Test
    void anIncidentWhoseDeadlinesFailStopsNoOther() throws Exception {
        String policy =
                policy("when: priority >= 90", "when: '1 / (kind == \"crowd\" ? 0 : 1) > 1'");
        try (DispatchRun run = new DispatchRun(policy, Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.alert(START + 1_000));
            run.feed(DispatchScenario.call("C-1", ROBBERY, START + 900_000));
            run.feed(DispatchScenario.presence("TOLUCA", START + 901_000));
            run.feed(DispatchScenario.presence("TOLUCA", START + 991_000));

            assertThat(run.read(Topics.DECISIONS, Decision.CODEC))
                    .filteredOn(decision -> decision.kind() == Decision.Kind.ESCALATED)
                    .singleElement()
                    .satisfies(decision -> assertThat(decision.time()).isEqualTo(START + 991_000));
            assertThat(run.letters)
                    .isNotEmpty()
                    .allSatisfy(
                            letter -> {
                                assertThat(letter.reason()).isEqualTo(InternalError.REASON);
                                assertThat(new String(letter.value(), StandardCharsets.UTF_8))
                                        .startsWith("deadlines of ");
                            });
        }
    }

    private String policy(String part, String instead) throws IOException {
        Map<String, String> files = PolicyReader.files(DispatchScenario.POLICY);
        for (Map.Entry<String, String> file : files.entrySet()) {
            String name =
                    file.getKey().equals("municipalities")
                            ? "municipalities.geojson"
                            : file.getKey() + ".yaml";
            Files.writeString(directory.resolve(name), file.getValue().replace(part, instead));
        }
        return directory.toString();
    }

    /** It may have sent messages after its last checkpoint that it does not know any more. */
    @Test
    void aRevisionAfterARestartIsAboveEveryOneBefore() throws Exception {
        try (DispatchRun run = new DispatchRun("", Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.call("C-1", ROBBERY, START + 1_000));
            run.restart(START + 60_000);
            run.feed(DispatchScenario.press("E-1", "PRESS", START + 2_000));
            run.wait(START + 60_000, START + 61_000);

            assertThat(run.read(Topics.INCIDENTS, Incident.CODEC))
                    .last()
                    .satisfies(
                            last ->
                                    assertThat(last.revision())
                                            .isGreaterThanOrEqualTo(START + 60_000));
        }
    }

    /** A job that was down for long reads a topic to its end before it begins with another. */
    @Test
    void afterADowntimeNothingIsOverdueBeforeTheAnswersAreRead() throws Exception {
        try (DispatchRun run = new DispatchRun("", Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.call("C-1", ROBBERY, START + 1_000));
            Incident incident = run.read(Topics.INCIDENTS, Incident.CODEC).get(0);
            long again = START + 1_200_000;
            run.restart(again);

            run.now(again + 100);
            run.feed(DispatchScenario.call("C-2", ROBBERY, again - 60_000));
            run.now(again + 700);
            run.feed(DispatchScenario.call("C-3", ROBBERY, again - 100));
            run.now(again + 1_400);
            run.feed(DispatchScenario.presence("TOLUCA", again - 20_000));
            run.feed(DispatchScenario.presence("ECATEPEC", again - 20_000));
            run.now(again + 2_800);
            run.feed(
                    DispatchScenario.response(
                            "R-1",
                            incident.incidentId(),
                            incident.revision(),
                            ACCEPT,
                            START + 30_000));
            run.wait(again + 3_000, again + 12_000);

            assertThat(run.read(Topics.DECISIONS, Decision.CODEC))
                    .extracting(Decision::kind)
                    .contains(Decision.Kind.TRANSITION)
                    .doesNotContain(Decision.Kind.ESCALATED, Decision.Kind.FAILED_OVER);
            run.feed(DispatchScenario.presence("ECATEPEC", again + 20_000));
            run.wait(again + 21_000, again + 30_000);
            assertThat(run.read(Topics.DECISIONS, Decision.CODEC))
                    .as("no heartbeat of Toluca since")
                    .extracting(Decision::kind)
                    .contains(Decision.Kind.FAILED_OVER);
        }
    }

    /** Without heartbeats all inputs are idle, so that only the wall clock goes on. */
    @ParameterizedTest(name = "heartbeats {0}")
    @ValueSource(booleans = {true, false})
    void inASilentNightAPressIsSentAndEscalatedOnTime(boolean withHeartbeats) throws Exception {
        try (DispatchRun run = new DispatchRun("", Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.press("E-1", "PRESS", START + 1_000));
            for (int second = 2; second <= 300; second++) {
                run.wait(START + second * 1_000, START + second * 1_000);
                if (withHeartbeats) {
                    run.heartbeats(START + second * 1_000, START + second * 1_000);
                }
                assertThat(run.interruptions().isEmpty()).isEqualTo(second < 16);
            }

            List<Long> seconds =
                    run.read(Topics.DECISIONS, Decision.CODEC).stream()
                            .filter(decision -> decision.kind() == Decision.Kind.ROUTED)
                            .map(decision -> (decision.time() - START) / 1_000)
                            .toList();
            // After the confirmation, then positions, supervisor and other site.
            assertThat(seconds).containsExactly(16L, 106L, 136L, 256L);
        }
    }

    /** The heartbeats of the time in which the job was down are read first, one after another. */
    @Test
    void afterADowntimeTheOverdueStepsAreOneMessage() throws Exception {
        try (DispatchRun run = new DispatchRun("", Backend.HEAP, 0)) {
            long back = downAfterACall(run);
            assertThat(run.interruptions()).hasSize(1);

            run.heartbeats(START + 5_000, back);
            run.wait(back + 1_000, back + 30_000);

            assertThat(run.interruptions())
                    .hasSize(2)
                    .last()
                    .satisfies(
                            message -> {
                                assertThat(message.reason()).isEqualTo("unanswered");
                                assertThat(message.incident().assignment().site())
                                        .isEqualTo("ECATEPEC");
                            });
        }
    }

    @Test
    void aWarningThatExpiredInADowntimeIsNotShown() throws Exception {
        try (DispatchRun run = new DispatchRun("", Backend.HEAP, 0)) {
            long back = downAfterACall(run);

            run.feed(DispatchScenario.seismicAlert(START + 60_000, START + 120_000));
            run.feed(DispatchScenario.seismicAlert(back, back + 60_000));

            assertThat(run.read(Topics.DECISIONS, Decision.CODEC))
                    .filteredOn(decision -> decision.kind() == Decision.Kind.EXPIRED)
                    .hasSize(1);
            assertThat(run.interruptions())
                    .extracting(message -> message.incident().type())
                    .filteredOn(type -> type.startsWith("seismic"))
                    .hasSize(2);
        }
    }

    /** Returns the time at which the job runs again. */
    private static long downAfterACall(DispatchRun run) throws Exception {
        run.feed(DispatchScenario.before(START));
        run.feed(DispatchScenario.call("C-1", ROBBERY, START + 1_000));
        long back = START + 20 * 60_000;
        run.restart(back);
        return back;
    }
}
