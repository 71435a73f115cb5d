package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DispatchResponse.AcceptDrone;
import io.atalaya.contracts.dispatch.DispatchResponse.DroneAction;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.Drone.Availability;
import io.atalaya.contracts.dispatch.Drone.MissionState;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.DroneTask.Status;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.policy.Policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Proposes a drone for an incident, and keeps it for that until a person declines it or the
 * incident ends. An incident has at most one open task, and so has a drone.
 */
final class DroneTasks {
    static final String ENDED = "incident-ended";
    static final String MERGED = "merged";
    static final String NOT_FLOWN = "not-flown-to";
    static final String GRAVER = "graver-incident";
    static final String UNAVAILABLE = "drone-unavailable";
    static final String BATTERY = "battery";
    static final String SILENT = "drone-silent";
    static final String COMPLETE = "mission-complete";

    static final String NOT_PROPOSED = "not-proposed";

    private static final long FORGOTTEN_AFTER = Duration.ofDays(1).toMillis();

    private final Outreach outreach;
    private final HeldMap<Reported> drones;
    private final HeldMap<Tasks> tasks;

    /**
     * The last message of a drone.
     *
     * @param arrivalTime epoch ms
     */
    record Reported(Drone drone, long arrivalTime) {}

    /**
     * What was proposed for an incident.
     *
     * @param last task
     * @param declined drones that are not proposed again
     * @param isDone whether nothing more is proposed
     */
    record Tasks(DroneTask last, Set<String> declined, boolean isDone) {}

    /** A flight of a drone to a place and back. */
    record Flight(double metres, int seconds, double batteryPercent) {}

    DroneTasks(Outreach outreach, HeldMap<Reported> drones, HeldMap<Tasks> tasks) {
        this.outreach = outreach;
        this.drones = drones;
        this.tasks = tasks;
    }

    /** Takes a revision of an incident, also where it is over, covert or forgotten. */
    void incident(String incidentId) {
        Tasks known = tasks.get(incidentId);
        IncidentSummary incident = flownTo(incidentId);
        if (incident == null) {
            if (known != null) {
                if (known.last.isOpen()) {
                    end(known.last, outreach.incident(incidentId) == null ? ENDED : NOT_FLOWN);
                }
                tasks.put(incidentId, null);
            }
        } else if (known != null && known.last.isOpen()) {
            follow(known, incident);
        } else {
            propose(incident, free());
        }
    }

    /** Lets a drone go on for the incident that another one has become part of. */
    void handOver(String incidentId, IncidentSummary heir) {
        Tasks part = tasks.get(incidentId);
        Tasks whole = tasks.get(heir.incidentId());
        if (part == null
                || !part.last.isOpen()
                || whole != null && (whole.last.isOpen() || whole.isDone)
                || flownTo(heir.incidentId()) == null) {
            return;
        }
        end(part.last, MERGED);
        tasks.put(incidentId, null);
        Set<String> declined = new TreeSet<>(part.declined);
        if (whole != null) {
            declined.addAll(whole.declined);
        }
        emit(of(part.last, heir, part.last.place(), null), declined, false);
    }

    /** Lets a task's drone fly to where the incident is now. */
    private void follow(Tasks known, IncidentSummary incident) {
        DroneTask task = known.last;
        if (task.place().equals(incident.place())) {
            return;
        }
        Reported drone = drones.get(task.droneId());
        boolean isProposed = task.status() == Status.PROPOSED;
        String reason = isProposed ? unfit(drone, incident.place()) : null;
        if (reason != null) {
            replace(task, reason);
        } else {
            // One that is accepted has left already.
            Flight flight = isProposed ? flight(drone.drone, incident.place()) : null;
            emit(of(task, incident, incident.place(), flight), known.declined, false);
        }
    }

    /**
     * The same task for an incident as it is now.
     *
     * @param flight there, or null to keep what was said of it
     */
    private DroneTask of(DroneTask task, IncidentSummary incident, Place place, Flight flight) {
        return new DroneTask(
                task.taskId(),
                incident.incidentId(),
                outreach.revision(),
                task.droneId(),
                task.status(),
                incident.type(),
                incident.priority(),
                incident.site(),
                place,
                flight == null ? task.distanceMetres() : flight.metres,
                flight == null ? task.flightSeconds() : flight.seconds,
                flight == null ? task.batteryPercent() : battery(flight),
                task.expiresAt(),
                task.operator(),
                null);
    }

    /** Takes a message of a drone. */
    void drone(Drone drone, long arrivalTime) {
        Reported reported = new Reported(drone, arrivalTime);
        drones.put(drone.droneId(), reported);
        DroneTask task = openTask(drone.droneId());
        if (task == null) {
            return;
        }
        if (task.status() == Status.PROPOSED) {
            replaceIf(unfit(reported, task.place()), task);
        } else if (task.taskId().equals(drone.missionId())
                && drone.missionState() == MissionState.COMPLETE) {
            end(task, COMPLETE);
            Tasks known = tasks.get(task.incidentId());
            put(known.last, known.declined, true);
        } else if (drone.availability() == Availability.OUT_OF_SERVICE
                || drone.availability() == Availability.CHARGING) {
            replace(task, UNAVAILABLE);
        }
    }

    /** Takes back a proposal that its drone cannot fly any more. */
    private void replaceIf(String reason, DroneTask task) {
        if (reason != null) {
            replace(task, reason);
        }
    }

    private void replace(DroneTask task, String reason) {
        end(task, reason);
        incident(task.incidentId());
    }

    /** Does what a person answers; the first answer by arrival counts. */
    void answer(DispatchResponse response, long arrivalTime) {
        DroneAction action = (DroneAction) response.action();
        // Its incident may have become part of another one.
        Tasks known =
                tasks.values().stream()
                        .filter(each -> each.last.taskId().equals(action.taskId()))
                        .findFirst()
                        .orElse(null);
        DroneTask task = known == null ? null : known.last;
        boolean isProposed =
                task != null && task.status() == Status.PROPOSED && arrivalTime < task.expiresAt();
        boolean isRepeated =
                task != null
                        && task.status() == Status.ACCEPTED
                        && action instanceof AcceptDrone
                        && response.operator().equals(task.operator());
        if (isRepeated) {
            return;
        }
        if (!isProposed) {
            outreach.decide(
                    response.incidentId(),
                    response.responseId(),
                    Kind.REJECTED_TRANSITION,
                    NOT_PROPOSED,
                    "taskId",
                    action.taskId(),
                    "status",
                    task == null ? "" : task.status().name());
        } else if (action instanceof AcceptDrone) {
            emit(with(task, Status.ACCEPTED, response.operator(), null), known.declined, false);
        } else {
            Set<String> declined = new TreeSet<>(known.declined);
            declined.add(task.droneId());
            emit(with(task, Status.DECLINED, response.operator(), null), declined, false);
            incident(task.incidentId());
        }
    }

    /**
     * Ends what no one answered and what the policy has no drones for, takes back what no drone
     * reports for, and proposes drones that have become available.
     *
     * @param isCatchingUp whether answers may not have been read yet
     */
    void tick(boolean isCatchingUp, Outreach.Parts parts) throws Exception {
        for (String incidentId : tasks.keys()) {
            parts.run("drone task of " + incidentId, () -> look(incidentId, isCatchingUp));
        }
        parts.run("drones", this::forget);
        if (isCatchingUp || drones.values().isEmpty()) {
            return;
        }
        List<Reported> free = new ArrayList<>();
        parts.run("free drones", () -> free.addAll(free()));
        for (IncidentSummary each : waiting()) {
            if (free.isEmpty() && !isAnyLesser(each)) {
                return;
            }
            parts.run("drone for " + each.incidentId(), () -> propose(each, free));
        }
    }

    /** The incidents that a drone may be proposed to, the gravest first. */
    private List<IncidentSummary> waiting() {
        return outreach.incidents().stream()
                .filter(each -> flownTo(each.incidentId()) != null && isWaiting(each))
                .sorted(
                        Comparator.comparingInt((IncidentSummary incident) -> -incident.priority())
                                .thenComparing(IncidentSummary::openedAt)
                                .thenComparing(IncidentSummary::incidentId))
                .toList();
    }

    private boolean isWaiting(IncidentSummary incident) {
        Tasks known = tasks.get(incident.incidentId());
        return known == null || !known.isDone && !known.last.isOpen();
    }

    private boolean isAnyLesser(IncidentSummary incident) {
        return tasks.values().stream().anyMatch(each -> isLesser(each, incident));
    }

    private void look(String incidentId, boolean isCatchingUp) {
        Tasks known = tasks.get(incidentId);
        if (known == null) {
            return;
        }
        DroneTask task = known.last;
        if (flownTo(incidentId) == null) {
            incident(incidentId);
        } else if (task.status() == Status.PROPOSED && !isCatchingUp) {
            if (task.expiresAt() <= outreach.now()) {
                emit(with(task, Status.EXPIRED, null, null), known.declined, true);
            } else {
                Reported drone = drones.get(task.droneId());
                replaceIf(isSilent(drone) ? SILENT : unfit(drone, task.place()), task);
            }
        }
    }

    private void forget() {
        long oldest = outreach.now() - FORGOTTEN_AFTER;
        for (Reported each : List.copyOf(drones.values())) {
            if (each.arrivalTime < oldest) {
                drones.put(each.drone.droneId(), null);
            }
        }
        // What could not be ended in all this time.
        for (Tasks each : List.copyOf(tasks.values())) {
            if (outreach.incident(each.last.incidentId()) == null
                    && each.last.revision() < oldest) {
                tasks.put(each.last.incidentId(), null);
            }
        }
    }

    /** Drones that report and that no open task keeps. */
    private List<Reported> free() {
        Set<String> taken =
                tasks.values().stream()
                        .filter(each -> each.last.isOpen())
                        .map(each -> each.last.droneId())
                        .collect(Collectors.toSet());
        return drones.values().stream()
                .filter(each -> !isSilent(each) && !taken.contains(each.drone.droneId()))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * Proposes the nearest drone, if the incident has none and may have one; if none is free, one
     * that is only proposed for a lesser incident.
     *
     * @param free drones, without it afterwards
     */
    private void propose(IncidentSummary incident, List<Reported> free) {
        if (!isWaiting(incident)) {
            return;
        }
        Tasks known = tasks.get(incident.incidentId());
        Set<String> declined = known == null ? Set.of() : known.declined;
        Reported nearest = nearest(incident, free, declined);
        if (nearest != null) {
            free.remove(nearest);
            propose(incident, nearest.drone, declined);
            return;
        }
        Map<Reported, DroneTask> proposed = new HashMap<>();
        tasks.values().stream()
                .filter(each -> isLesser(each, incident))
                .filter(each -> !isSilent(drones.get(each.last.droneId())))
                .forEach(each -> proposed.put(drones.get(each.last.droneId()), each.last));
        Reported taken = nearest(incident, proposed.keySet(), declined);
        if (taken != null) {
            DroneTask lesser = proposed.get(taken);
            end(lesser, GRAVER);
            propose(incident, taken.drone, declined);
            propose(outreach.incident(lesser.incidentId()), free);
        }
    }

    /** Whether a task is a proposal for an incident of a lower priority. */
    private boolean isLesser(Tasks each, IncidentSummary incident) {
        IncidentSummary other = outreach.incident(each.last.incidentId());
        return each.last.status() == Status.PROPOSED
                && other != null
                && other.priority() < incident.priority();
    }

    /** Null if none can fly there. */
    private Reported nearest(
            IncidentSummary incident, Collection<Reported> drones, Set<String> declined) {
        return drones.stream()
                .filter(each -> !declined.contains(each.drone.droneId()))
                .filter(each -> unfit(each, incident.place()) == null)
                .min(
                        Comparator.comparingDouble(
                                        (Reported each) ->
                                                flight(each.drone, incident.place()).metres)
                                .thenComparing(each -> each.drone.droneId()))
                .orElse(null);
    }

    private void propose(IncidentSummary incident, Drone drone, Set<String> declined) {
        long revision = outreach.revision();
        Flight flight = flight(drone, incident.place());
        emit(
                new DroneTask(
                        HashId.of(
                                "drone-task",
                                incident.incidentId(),
                                drone.droneId(),
                                String.valueOf(revision)),
                        incident.incidentId(),
                        revision,
                        drone.droneId(),
                        Status.PROPOSED,
                        incident.type(),
                        incident.priority(),
                        incident.site(),
                        incident.place(),
                        flight.metres,
                        flight.seconds,
                        battery(flight),
                        outreach.present() + settings().answerWithin().toMillis(),
                        null,
                        null),
                declined,
                false);
    }

    /** Only the passage of time shows it, because a job that is behind reads old messages. */
    private boolean isSilent(Reported reported) {
        return reported == null
                || reported.arrivalTime + settings().silentAfter().toMillis() < outreach.now();
    }

    /** Why a drone that is not silent cannot be proposed, or null. */
    private String unfit(Reported reported, Place place) {
        if (reported == null) {
            return SILENT;
        }
        Drone drone = reported.drone;
        boolean isAvailable =
                drone.availability() == Availability.AVAILABLE
                        || drone.availability() == Availability.DIVERTIBLE
                                && settings().isDivertible();
        if (!isAvailable || drone.place() == null || drone.batteryPercent() == null) {
            return UNAVAILABLE;
        }
        Flight flight = flight(drone, place);
        return flight.metres > settings().maxMetres()
                        || flight.batteryPercent < settings().reservePercent()
                ? BATTERY
                : null;
    }

    /** There, the stay, and home: to where the drone is registered, or else to where it is now. */
    private Flight flight(Drone drone, Place to) {
        if (drone.place() == null || drone.batteryPercent() == null) {
            return null;
        }
        PlacedDevice registered = outreach.device(drone.droneId());
        Place home =
                registered == null || registered.place() == null
                        ? drone.place()
                        : registered.place();
        double there = drone.place().metresTo(to);
        double seconds =
                (there + to.metresTo(home)) / settings().metresPerSecond()
                        + settings().stay().toSeconds();
        return new Flight(
                there,
                (int) Math.round(there / settings().metresPerSecond()),
                drone.batteryPercent() - 100 * seconds / settings().endurance().toSeconds());
    }

    private static int battery(Flight flight) {
        return (int) Math.max(0, Math.floor(flight.batteryPercent));
    }

    /** The incident, if a drone may fly there; else null. */
    private IncidentSummary flownTo(String incidentId) {
        IncidentSummary incident = outreach.incident(incidentId);
        return incident != null
                        && incident.place() != null
                        && settings().kinds().contains(incident.type())
                ? incident
                : null;
    }

    private DroneTask openTask(String droneId) {
        return tasks.values().stream()
                .map(Tasks::last)
                .filter(task -> task.isOpen() && task.droneId().equals(droneId))
                .findAny()
                .orElse(null);
    }

    private void end(DroneTask task, String reason) {
        Status status = task.status() == Status.ACCEPTED ? Status.ENDED : Status.WITHDRAWN;
        emit(
                with(task, status, task.operator(), reason),
                tasks.get(task.incidentId()).declined,
                false);
    }

    private DroneTask with(DroneTask task, Status status, String operator, String reason) {
        return new DroneTask(
                task.taskId(),
                task.incidentId(),
                outreach.revision(),
                task.droneId(),
                status,
                task.type(),
                task.priority(),
                task.site(),
                task.place(),
                task.distanceMetres(),
                task.flightSeconds(),
                task.batteryPercent(),
                task.expiresAt(),
                operator,
                reason);
    }

    private void emit(DroneTask task, Set<String> declined, boolean isDone) {
        put(task, declined, isDone);
        outreach.output().task(task);
    }

    private void put(DroneTask task, Set<String> declined, boolean isDone) {
        tasks.put(task.incidentId(), new Tasks(task, declined, isDone));
    }

    private Policy.Drones settings() {
        return outreach.policy().drones();
    }
}
