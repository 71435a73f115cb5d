package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchResponse.AcceptDrone;
import io.atalaya.contracts.dispatch.DispatchResponse.DeclineDrone;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.Drone.Availability;
import io.atalaya.contracts.dispatch.Drone.MissionState;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.DroneTask.Status;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.TestPolicy;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.policy.Policy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import static io.atalaya.dispatch.outreach.OutreachRun.CENTRE;
import static io.atalaya.dispatch.outreach.OutreachRun.MINUTE;
import static io.atalaya.dispatch.outreach.OutreachRun.NOON;
import static io.atalaya.dispatch.outreach.OutreachRun.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Which drone is proposed, and until when. */
class DroneTasksTest {
    private static final Policy POLICY = TestPolicy.withPolygons();

    private final OutreachRun run = new OutreachRun(POLICY);
    private final IncidentSummary robbery = run.at("I", "panic-button", 75, CENTRE);

    @Test
    void theNearestIsProposedAndTheNextIfAPersonDeclines() {
        available("FAR", 4_000);
        available("NEAR", 1_000);
        available("NEXT", 2_000);
        run.add(robbery);
        assertThat(states()).containsExactly("PROPOSED NEAR");
        assertThat(run.lastTask().flightSeconds()).isEqualTo(67);
        assertThat(run.lastTask().batteryPercent()).isEqualTo(75);
        run.add(robbery);
        run.tick();
        assertThat(run.tasks).hasSize(1);
        run.answer("I", new DeclineDrone(run.lastTask().taskId()));
        run.answer("I", new AcceptDrone(run.lastTask().taskId()));
        assertThat(states())
                .containsExactly(
                        "PROPOSED NEAR", "DECLINED NEAR", "PROPOSED NEXT", "ACCEPTED NEXT");
        assertThat(run.lastTask().operator()).isEqualTo("perez");
        run.drone("NEXT", Availability.BUSY, from(CENTRE, 500, 0), 80);
        run.now += 5 * MINUTE;
        run.tick();
        run.add(run.over(robbery, false));
        assertThat(states()).endsWith("ACCEPTED NEXT", "ENDED NEXT");
        assertThat(run.tasks).extracting(DroneTask::revision).isSorted().doesNotHaveDuplicates();
    }

    /** The battery is for 30 min at 15 m/s; 2 km there and back and 5 min are 32 %. */
    @ParameterizedTest
    @CsvSource({
        "AVAILABLE,  1990, 60, true",
        "AVAILABLE,  1990, 48, false",
        "DIVERTIBLE, 1990, 60, true",
        "BUSY,       1990, 60, false",
        "CHARGING,   1990, 100, false",
        "AVAILABLE,  8100, 100, false",
    })
    void aDroneMustBeAvailableAndComeBack(
            Availability availability, double metres, double battery, boolean isProposed) {
        run.drone("D", availability, from(CENTRE, metres, 0), battery);
        run.add(robbery);
        assertThat(run.tasks).hasSize(isProposed ? 1 : 0);
    }

    @Test
    void aDroneFliesHomeAndNotToWhereItIs() {
        run.device("D", Device.Kind.DRONE, from(CENTRE, 0, 12_000));
        run.drone("D", Availability.DIVERTIBLE, CENTRE, 75);
        run.add(robbery);
        assertThat(run.tasks).isEmpty();
    }

    @Test
    void aProposalIsTakenBackWithItsReasonAndAnotherMade() {
        available("NEAR", 1_000);
        available("NEXT", 2_000);
        run.add(robbery);
        run.drone("NEAR", Availability.CHARGING, from(CENTRE, 1_000, 0), 100);
        assertThat(states()).containsExactly("PROPOSED NEAR", "WITHDRAWN NEAR", "PROPOSED NEXT");
        assertThat(run.tasks.get(1).reason()).isEqualTo("drone-unavailable");
        run.drone("NEXT", Availability.AVAILABLE, from(CENTRE, 2_000, 0), 30);
        assertThat(run.lastTask().reason()).isEqualTo("battery");
        run.drone("NEAR", Availability.AVAILABLE, from(CENTRE, 1_000, 0), 100);
        run.tick();
        run.now += 91_000;
        run.tick();
        assertThat(run.lastTask().reason()).isEqualTo("drone-silent");
        assertThat(states()).endsWith("PROPOSED NEAR", "WITHDRAWN NEAR");
    }

    @Test
    void aProposalEndsWithItsIncidentOrWithoutAnAnswer() {
        available("D", 1_000);
        run.add(robbery);
        run.add(run.covert(robbery));
        assertThat(states()).containsExactly("PROPOSED D", "WITHDRAWN D");
        run.add(robbery);
        for (int i = 0; i < 5; i++) {
            run.now += 30_000;
            available("D", 1_000);
            run.tick();
        }
        assertThat(states()).endsWith("PROPOSED D", "EXPIRED D");
        run.answer("I", new AcceptDrone(run.lastTask().taskId()));
        assertThat(run.decisions)
                .extracting(Decision::reason, Decision::eventId)
                .containsExactly(tuple("not-proposed", "R-" + run.now));
        assertThat(states()).hasSize(4);
    }

    /** After a downtime the clock is ahead of what is read. */
    @Test
    void whatADroneSaidBeforeADowntimeTakesNoProposalBack() {
        available("D", 1_000);
        run.add(run.vehicle("V", 70, CENTRE, null));
        String taskId = run.lastTask().taskId();
        run.now = NOON + 20 * MINUTE;
        run.add(run.vehicle("V", 70, from(CENTRE, 500, 0), null));
        run.now = NOON + 10_000;
        available("D", 1_000);
        run.now = NOON + 20_000;
        run.answer("V", new AcceptDrone(taskId));
        assertThat(states()).containsExactly("PROPOSED D", "PROPOSED D", "ACCEPTED D");
    }

    @Test
    void aRestartWithAnotherPolicyAppliesToWhatIsOpen() {
        available("D", 1_000);
        run.add(robbery);
        run.outreach.restored(TestPolicy.with("drones", "panic-button, ", ""));
        run.tick();
        assertThat(states()).containsExactly("PROPOSED D", "WITHDRAWN D");
        assertThat(run.lastTask().reason()).isEqualTo("not-flown-to");
    }

    @Test
    void aJobThatIsBehindLeavesPeopleTimeToAnswer() {
        available("D", 1_000);
        run.outreach.present(NOON + 20 * MINUTE);
        run.outreach.incident(robbery);
        assertThat(run.lastTask().expiresAt()).isEqualTo(NOON + 22 * MINUTE);
    }

    @Test
    void aMissionThatIsCompleteFreesTheDroneAndEndsTheMatter() {
        available("D", 1_000);
        run.add(robbery);
        String taskId = run.lastTask().taskId();
        run.answer("I", new AcceptDrone(taskId));
        run.answer("I", new AcceptDrone(taskId));
        run.outreach.drone(
                new Drone(
                        "D",
                        run.now,
                        Availability.AVAILABLE,
                        MissionState.COMPLETE,
                        taskId,
                        CENTRE,
                        null,
                        null,
                        90.0),
                run.now);
        run.tick();
        assertThat(states()).containsExactly("PROPOSED D", "ACCEPTED D", "ENDED D");
        assertThat(run.decisions).isEmpty();
        run.add(run.at("J", "crash", 75, CENTRE));
        assertThat(states()).endsWith("PROPOSED D");
    }

    @Test
    void aTaskFollowsItsIncident() {
        available("D", 1_000);
        run.add(run.vehicle("V", 70, CENTRE, null));
        run.add(run.vehicle("V", 70, from(CENTRE, 500, 0), null));
        assertThat(states()).containsExactly("PROPOSED D", "PROPOSED D");
        assertThat(run.lastTask().distanceMetres()).isBetween(490.0, 510.0);
        assertThat(run.lastTask().taskId()).isEqualTo(run.tasks.get(0).taskId());
    }

    @Test
    void aGraverIncidentTakesADroneThatIsOnlyProposedForALesserOne() {
        available("D", 1_000);
        available("FAR", 8_500);
        run.add(robbery);
        run.add(run.at("SAME", "crash", 75, CENTRE));
        assertThat(states()).containsExactly("PROPOSED D");
        run.add(run.at("GRAVE", "duress", 95, from(CENTRE, 100, 0)));
        assertThat(run.tasks)
                .extracting(each -> each.status() + " " + each.incidentId(), DroneTask::reason)
                .containsExactly(
                        tuple("PROPOSED I", null),
                        tuple("WITHDRAWN I", "graver-incident"),
                        tuple("PROPOSED GRAVE", null));
        run.answer("GRAVE", new AcceptDrone(run.lastTask().taskId()));
        run.add(run.at("GRAVER", "kidnapping", 99, CENTRE));
        run.tick();
        assertThat(states()).endsWith("PROPOSED D", "ACCEPTED D");
    }

    @Test
    void aGraverIncidentThatComesWhenNoDroneIsFreeTakesItWithTheNextTick() {
        run.add(run.at("GRAVE", "duress", 95, CENTRE));
        run.outreach.drones.put(
                "D",
                new DroneTasks.Reported(
                        new Drone(
                                "D",
                                NOON,
                                Availability.AVAILABLE,
                                null,
                                null,
                                CENTRE,
                                null,
                                null,
                                100.0),
                        NOON));
        run.add(robbery);
        run.tick();
        assertThat(run.lastTask().incidentId()).isEqualTo("GRAVE");
    }

    @Test
    void aDroneGoesOnForTheIncidentThatItsOwnBecomesPartOf() {
        available("D", 1_000);
        run.add(robbery);
        IncidentSummary whole = run.at("W", "panic-button", 75, CENTRE);
        run.add(whole);
        String taskId = run.lastTask().taskId();
        run.add(run.replaced(robbery, "W"));
        run.add(whole);
        run.answer("I", new AcceptDrone(taskId));
        run.tick();
        run.add(run.over(whole, false));
        assertThat(run.tasks)
                .extracting(each -> each.status() + " " + each.incidentId())
                .containsExactly(
                        "PROPOSED I", "WITHDRAWN I", "PROPOSED W", "ACCEPTED W", "ENDED W");
        assertThat(run.tasks).extracting(DroneTask::taskId).containsOnly(taskId);
        assertThat(run.tasks.get(1).reason()).isEqualTo("merged");
        assertThat(run.decisions).isEmpty();
    }

    /** Whatever happens, each step proposes what trying all drones finds. */
    @Property(tries = 150)
    void eachStepProposesTheNearestThatMayFly(@ForAll long seed) {
        Random random = new Random(seed);
        OutreachRun run = new OutreachRun(POLICY);
        Map<String, Drone> drones = new TreeMap<>();
        Map<String, Place> open = new HashMap<>();
        Map<String, Set<String>> declined = new HashMap<>();
        Map<String, DroneTask> last = new TreeMap<>();
        for (int step = 0; step < 40; step++) {
            run.now += 1_000;
            int before = run.tasks.size();
            String incidentId = "I" + random.nextInt(4);
            String droneId = "D" + random.nextInt(5);
            switch (random.nextInt(5)) {
                case 0 -> {
                    IncidentSummary incident = run.at(incidentId, "crash", 75, CENTRE);
                    open.put(incidentId, incident.place());
                    run.add(incident);
                }
                case 1 -> {
                    open.remove(incidentId);
                    declined.remove(incidentId);
                    run.add(run.over(run.at(incidentId, "crash", 75, CENTRE), false));
                }
                case 2 -> {
                    DroneTask task = last.get(incidentId);
                    if (task != null && task.status() == Status.PROPOSED) {
                        boolean isAccepted = random.nextBoolean();
                        if (!isAccepted) {
                            declined.computeIfAbsent(incidentId, any -> new HashSet<>())
                                    .add(task.droneId());
                        }
                        run.answer(
                                incidentId,
                                isAccepted
                                        ? new AcceptDrone(task.taskId())
                                        : new DeclineDrone(task.taskId()));
                    }
                }
                default -> {
                    run.drone(
                            droneId,
                            random.nextInt(4) == 0 ? Availability.BUSY : Availability.AVAILABLE,
                            from(CENTRE, 6_000 * random.nextDouble(), 0),
                            100 * random.nextDouble());
                }
            }
            run.outreach
                    .drones
                    .values()
                    .forEach(each -> drones.put(each.drone().droneId(), each.drone()));
            run.tick();
            for (DroneTask task : List.copyOf(run.tasks.subList(before, run.tasks.size()))) {
                if (task.status() == Status.PROPOSED) {
                    assertThat(task.droneId())
                            .isEqualTo(
                                    nearest(
                                            drones,
                                            declined.getOrDefault(task.incidentId(), Set.of()),
                                            last));
                }
                last.put(task.incidentId(), task);
            }
            assertThat(last.values().stream().filter(DroneTask::isOpen).map(DroneTask::droneId))
                    .doesNotHaveDuplicates();
            assertThat(last.values().stream().filter(DroneTask::isOpen))
                    .allMatch(task -> open.containsKey(task.incidentId()));
            for (String each : open.keySet()) {
                DroneTask task = last.get(each);
                if (task == null || !task.isOpen()) {
                    assertThat(nearest(drones, declined.getOrDefault(each, Set.of()), last))
                            .as("no drone is left for " + each)
                            .isNull();
                }
            }
        }
    }

    /** All incidents are at the same place, and no drone is silent for long. */
    private static String nearest(
            Map<String, Drone> drones, Set<String> declined, Map<String, DroneTask> tasks) {
        String nearest = null;
        double least = Double.MAX_VALUE;
        for (Drone drone : drones.values()) {
            double metres = drone.place().metresTo(CENTRE);
            double needed = 100 * (2 * metres / 15 + 5 * 60) / (30 * 60);
            boolean isFree =
                    tasks.values().stream()
                            .noneMatch(
                                    task ->
                                            task.isOpen()
                                                    && task.droneId().equals(drone.droneId()));
            if (isFree
                    && drone.availability() == Availability.AVAILABLE
                    && drone.batteryPercent() - needed >= 20
                    && !declined.contains(drone.droneId())
                    && metres < least) {
                nearest = drone.droneId();
                least = metres;
            }
        }
        return nearest;
    }

    private void available(String droneId, double metres) {
        run.drone(droneId, Availability.AVAILABLE, from(CENTRE, metres, 0), 100);
    }

    private List<String> states() {
        return run.tasks.stream().map(task -> task.status() + " " + task.droneId()).toList();
    }
}
