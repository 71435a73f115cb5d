package io.atalaya.dispatch.outreach;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Drone;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.dispatch.Wall;
import io.atalaya.contracts.warning.PublicWarning.Category;
import io.atalaya.contracts.warning.PublicWarning.Severity;
import io.atalaya.contracts.warning.PublicWarning.Urgency;
import io.atalaya.dispatch.incident.IncidentSummary;
import io.atalaya.dispatch.policy.Policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@link Outreach} and what it has emitted. */
final class OutreachRun implements OutreachOutput {
    /** Noon of 3 March 2026 in Mexico. */
    static final long NOON = 1_772_560_800_000L;

    static final long MINUTE = 60_000;
    static final long HOUR = 60 * MINUTE;
    static final String TOLUCA = "TOLUCA";
    static final Place CENTRE = new Place(19.29, -99.65, 20);

    final List<Announcement> announcements = new ArrayList<>();
    final List<Wall> walls = new ArrayList<>();
    final List<DroneTask> tasks = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    final Outreach outreach = new Outreach(this);
    long now = NOON;

    OutreachRun(Policy policy) {
        outreach.restored(policy);
    }

    @Override
    public void announcement(Announcement announcement) {
        announcements.add(announcement);
    }

    @Override
    public void wall(Wall wall) {
        walls.add(wall);
    }

    @Override
    public void task(DroneTask task) {
        tasks.add(task);
    }

    @Override
    public void decision(Decision decision) {
        decisions.add(decision);
    }

    void add(IncidentSummary incident) {
        outreach.present(now);
        outreach.incident(incident);
    }

    void tick() {
        try {
            outreach.tick(
                    now,
                    false,
                    (part, work) -> {
                        work.run();
                        return true;
                    });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Registers a device. */
    void device(String deviceId, Device.Kind kind, Place place) {
        outreach.device(
                deviceId,
                new Device(
                        deviceId,
                        kind,
                        TOLUCA,
                        null,
                        place == null ? null : place.latitude(),
                        place == null ? null : place.longitude(),
                        null,
                        null,
                        null,
                        null),
                now);
    }

    void remove(String deviceId) {
        outreach.device(deviceId, null, now);
    }

    void drone(String droneId, Drone.Availability availability, Place place, double battery) {
        outreach.drone(
                new Drone(droneId, now, availability, null, null, place, null, null, battery), now);
    }

    void answer(String incidentId, DispatchResponse.DroneAction action) {
        outreach.answer(
                new DispatchResponse(
                        "R-" + now, incidentId, now, "perez", null, null, TOLUCA, now, action),
                now);
    }

    DroneTask lastTask() {
        return tasks.get(tasks.size() - 1);
    }

    /** What each loudspeaker plays now: by announcement, its last text and end. */
    Map<String, String> playing() {
        Map<String, String> playing = new TreeMap<>();
        for (Announcement each : announcements) {
            String id = each.deviceId() + " " + each.incidentId();
            if (each.purpose() == Announcement.Purpose.WITHDRAWN || each.expiresAt() <= now) {
                playing.remove(id);
            } else {
                playing.put(
                        id, each.text() + each.clip() + each.expiresAt() + "/" + each.priority());
            }
        }
        return playing;
    }

    /** An incident at a place. */
    IncidentSummary at(String incidentId, String type, int priority, Place place) {
        return summary(incidentId, Incident.Kind.PLACE, type, priority, place, null, null);
    }

    /** A vehicle with a heading. */
    IncidentSummary vehicle(String incidentId, int priority, Place place, Double heading) {
        return summary(
                incidentId,
                Incident.Kind.VEHICLE,
                "stolen-vehicle",
                priority,
                place,
                heading,
                null);
    }

    /** A warning. */
    IncidentSummary warning(String incidentId, String type, Incident.Warning warning) {
        return summary(incidentId, Incident.Kind.PUBLIC_WARNING, type, 60, null, null, warning);
    }

    static Incident.Warning stateWide(boolean exercise) {
        return new Incident.Warning(
                List.of(Category.GEO),
                Urgency.IMMEDIATE,
                Severity.SEVERE,
                exercise,
                true,
                List.of());
    }

    static Incident.Warning in(Urgency urgency, Severity severity, String... municipalities) {
        return new Incident.Warning(
                List.of(Category.MET), urgency, severity, false, false, List.of(municipalities));
    }

    private IncidentSummary summary(
            String incidentId,
            Incident.Kind kind,
            String type,
            int priority,
            Place place,
            Double heading,
            Incident.Warning warning) {
        return new IncidentSummary(
                incidentId,
                now,
                kind,
                type,
                false,
                false,
                true,
                false,
                null,
                NOON,
                place,
                heading,
                now,
                warning != null && warning.stateWide() ? null : TOLUCA,
                priority,
                warning == null ? null : NOON + HOUR,
                warning);
    }

    IncidentSummary over(IncidentSummary incident, boolean isCancelled) {
        return with(incident, true, isCancelled, false, null);
    }

    /** It has become part of another one. */
    IncidentSummary replaced(IncidentSummary incident, String heir) {
        return with(incident, true, false, false, heir);
    }

    IncidentSummary covert(IncidentSummary incident) {
        return with(incident, false, false, true, null);
    }

    private IncidentSummary with(
            IncidentSummary incident,
            boolean isOver,
            boolean isCancelled,
            boolean isCovert,
            String replacedBy) {
        return new IncidentSummary(
                incident.incidentId(),
                now,
                incident.kind(),
                incident.type(),
                isOver,
                isCancelled,
                incident.isAccepted(),
                isCovert,
                replacedBy,
                incident.openedAt(),
                incident.place(),
                incident.heading(),
                incident.seenAt(),
                incident.site(),
                incident.priority(),
                incident.expiresAt(),
                incident.warning());
    }

    IncidentSummary unaccepted(IncidentSummary incident) {
        return with(incident, false, incident.expiresAt(), incident.site());
    }

    IncidentSummary until(IncidentSummary incident, long expiresAt) {
        return with(incident, incident.isAccepted(), expiresAt, incident.site());
    }

    IncidentSummary handledBy(IncidentSummary incident, String site) {
        return with(incident, incident.isAccepted(), incident.expiresAt(), site);
    }

    private IncidentSummary with(
            IncidentSummary incident, boolean isAccepted, Long expiresAt, String site) {
        return new IncidentSummary(
                incident.incidentId(),
                now,
                incident.kind(),
                incident.type(),
                false,
                false,
                isAccepted,
                false,
                null,
                incident.openedAt(),
                incident.place(),
                incident.heading(),
                incident.seenAt(),
                site,
                incident.priority(),
                expiresAt,
                incident.warning());
    }

    /** A place so many metres north and east of another. */
    static Place from(Place place, double north, double east) {
        return new Place(
                place.latitude() + north / 110_700,
                place.longitude() + east / (111_320 * Math.cos(Math.toRadians(19.29))),
                20);
    }
}
