package io.atalaya.dispatch;

import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Announcement.Purpose;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.DroneTask.Status;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.testutils.Backend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

import static io.atalaya.dispatch.DispatchRun.START;
import static org.assertj.core.api.Assertions.assertThat;

/** What follows from incidents for loudspeakers, walls and drones, in the job's operators. */
@SuppressWarnings("try") // The faults are active while they are open.
class OutreachOperatorTest {
    private static final long MINUTE = 60_000;

    /** It is six in the morning in Mexico, within the quiet hours. */
    private static void play(DispatchRun run) throws Exception {
        run.feed(DispatchScenario.before(START));
        run.feed(DispatchScenario.device("SPK-1", "SPEAKER", START));
        run.feed(DispatchScenario.device("DRONE-1", "DRONE", START));
        run.feed(DispatchScenario.drone("DRONE-1", "AVAILABLE", 90, START + 500));
        run.feed(DispatchScenario.press("E-1", "DURESS", START + 1_000));
        run.feed(DispatchScenario.call("C-1", "20101", START + 2_000));
        run.feed(DispatchScenario.presence("TOLUCA", START + 3_000));
        Incident leak =
                run.read(Topics.INCIDENTS, Incident.CODEC).stream()
                        .filter(each -> each.type().equals("civil-protection"))
                        .findFirst()
                        .orElseThrow();
        answer(run, leak.incidentId(), "{\"type\":\"ACCEPT\"}", START + 4_000);
        DroneTask task = run.read(Topics.DRONE_TASKS, DroneTask.CODEC).get(0);
        answer(
                run,
                task.incidentId(),
                "{\"type\":\"ACCEPT_DRONE\",\"taskId\":\"%s\"}".formatted(task.taskId()),
                START + 5_000);
        run.feed(DispatchScenario.seismicAlert(START + 6_000, START + 30_000));
        run.feed(
                DispatchScenario.policy(
                        "NEXT", "videowall", "ECATEPEC: 6", "ECATEPEC: 4", START + 7_000));
        run.feed(DispatchScenario.drone("DRONE-1", "BUSY", 80, START + 8_000));
        answer(
                run,
                task.incidentId(),
                "{\"type\":\"CLOSE\",\"dispositionCommonRegistryCode\":\"01\"}",
                START + 10_000);
        run.feed(DispatchScenario.presence("TOLUCA", START + 12_000));
    }

    private static void answer(DispatchRun run, String incidentId, String action, long time)
            throws Exception {
        run.feed(DispatchScenario.response("R-" + time, incidentId, 1, action, time));
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
            assertThat(plain.read(Topics.DRONE_TASKS, DroneTask.CODEC))
                    .extracting(DroneTask::status)
                    .containsExactly(Status.PROPOSED, Status.ACCEPTED, Status.ENDED);
            assertThat(plain.read(Topics.ANNOUNCEMENTS, Announcement.CODEC))
                    .extracting(each -> each.purpose() + " " + each.type())
                    .containsExactly("PLAY seismic-warning");
            assertThat(held(plain)).containsExactly("quiet-hours");
            assertThat(plain.read(Topics.VIDEOWALL, Wall.CODEC))
                    .last()
                    .satisfies(
                            wall -> {
                                assertThat(wall.site()).isEqualTo("TOLUCA");
                                assertThat(wall.panels()).hasSize(1);
                            });
        }
    }

    @Test
    void whatQuietHoursHoldIsAnnouncedWithoutAnyRecord() throws Exception {
        try (DispatchRun run =
                new DispatchRun(Map.of("clock.when-idle", "RUNS"), Backend.HEAP, 0)) {
            run.feed(DispatchScenario.device("SPK-1", "SPEAKER", START));
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.call("C-1", "20101", START + 50 * MINUTE));
            Incident leak = run.read(Topics.INCIDENTS, Incident.CODEC).get(0);
            answer(run, leak.incidentId(), "{\"type\":\"ACCEPT\"}", START + 51 * MINUTE);
            run.wait(START + 51 * MINUTE, START + 61 * MINUTE);

            assertThat(held(run)).containsExactly("quiet-hours");
            assertThat(run.read(Topics.ANNOUNCEMENTS, Announcement.CODEC))
                    .extracting(Announcement::purpose)
                    .containsExactly(Purpose.PLAY);
        }
    }

    /** A replay reads the records of hours before a timer is due. */
    @Test
    void recordsAloneLetTimePass() throws Exception {
        try (DispatchRun run =
                new DispatchRun(Map.of("clock.when-idle", "STANDS"), Backend.HEAP, 0)) {
            run.now(START + 60 * MINUTE);
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.press("E-1", "DURESS", START + 1_000));
            run.feed(DispatchScenario.presence("TOLUCA", START + 3_000));
            run.feed(DispatchScenario.drone("DRONE-1", "BUSY", 90, START + 4_000));

            assertThat(run.written.get(Topics.VIDEOWALL)).hasSize(1);
        }
    }

    /** A bug in one part takes only the record with it, and undoes what the others did. */
    @Test
    void anErrorLeavesNoTrace() throws Exception {
        try (DispatchRun run = new DispatchRun(Map.of(), Backend.HEAP, 0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.device("SPK-1", "SPEAKER", START));
            run.feed(DispatchScenario.drone("DRONE-1", "AVAILABLE", 90, START + 500));
            try (InjectedFaults faults =
                    new InjectedFaults(
                            (method, arguments) -> method.equals("DroneTasks.incident"),
                            List.of("outreach.DroneTasks"))) {
                run.feed(DispatchScenario.seismicAlert(START + 1_000, START + 30_000));
            }
            assertThat(run.letters).hasSize(1);
            assertThat(run.letters.get(0).error().operator()).startsWith("outreach");
            assertThat(run.written.get(Topics.ANNOUNCEMENTS)).isEmpty();
            assertThat(run.interruptions()).as("dispatch goes on").isNotEmpty();

            run.feed(DispatchScenario.press("E-1", "DURESS", START + 2_000));
            assertThat(run.read(Topics.DRONE_TASKS, DroneTask.CODEC)).hasSize(1);
            assertThat(run.letters).hasSize(1);
        }
    }

    /** Time ends what its last revision did not, although that fails for a while as well. */
    @Test
    void whatFailsWhenAnIncidentEndsIsEndedLater() throws Exception {
        try (DispatchRun run =
                new DispatchRun(
                        Map.of("bulkhead.max-failed-records", "1", "bulkhead.max-paused-keys", "1"),
                        Backend.HEAP,
                        0)) {
            run.feed(DispatchScenario.before(START));
            run.feed(DispatchScenario.drone("DRONE-1", "AVAILABLE", 90, START + 500));
            run.feed(DispatchScenario.press("E-1", "DURESS", START + 1_000));
            run.feed(DispatchScenario.presence("TOLUCA", START + 3_000));
            DroneTask task = run.read(Topics.DRONE_TASKS, DroneTask.CODEC).get(0);
            assertThat(run.read(Topics.VIDEOWALL, Wall.CODEC))
                    .last()
                    .satisfies(wall -> assertThat(wall.panels()).hasSize(1));
            try (InjectedFaults faults =
                    new InjectedFaults(
                            (method, arguments) ->
                                    method.equals("DroneTasks.incident")
                                            && arguments[0].equals(task.incidentId()),
                            List.of("outreach.DroneTasks"))) {
                answer(
                        run,
                        task.incidentId(),
                        "{\"type\":\"CLOSE\",\"dispositionCommonRegistryCode\":\"01\"}",
                        START + 10_000);
                run.feed(DispatchScenario.presence("TOLUCA", START + 12_000));
                run.feed(
                        DispatchScenario.call(
                                "C-1",
                                "30101",
                                "\"latitude\":19.5,\"longitude\":-99.65",
                                START + 13_000));
                assertThat(run.read(Topics.VIDEOWALL, Wall.CODEC))
                        .as("others go on")
                        .last()
                        .satisfies(
                                wall ->
                                        assertThat(wall.panels())
                                                .extracting(Wall.Panel::incidentId)
                                                .doesNotContain(task.incidentId()));
                assertThat(run.read(Topics.DRONE_TASKS, DroneTask.CODEC))
                        .last()
                        .satisfies(last -> assertThat(last.status()).isEqualTo(Status.PROPOSED));
            }
            run.feed(DispatchScenario.presence("TOLUCA", START + 80_000));
            assertThat(run.read(Topics.DRONE_TASKS, DroneTask.CODEC))
                    .filteredOn(each -> each.incidentId().equals(task.incidentId()))
                    .last()
                    .satisfies(last -> assertThat(last.status()).isEqualTo(Status.WITHDRAWN));
        }
    }

    private static List<String> held(DispatchRun run) throws InvalidRecordException {
        return run.read(Topics.DECISIONS, Decision.CODEC).stream()
                .filter(
                        each ->
                                each.kind() == Decision.Kind.HELD
                                        && each.reason().equals("quiet-hours"))
                .map(Decision::reason)
                .toList();
    }
}
