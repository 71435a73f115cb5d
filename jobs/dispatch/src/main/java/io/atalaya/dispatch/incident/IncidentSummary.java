package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.RoutePoint;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.dispatch.Place;

import java.util.List;

/**
 * What loudspeakers, walls and drones need to know of one revision of an incident.
 *
 * @param isOver whether it is closed, cancelled or part of another incident
 * @param isAccepted whether a site has accepted it
 * @param replacedBy incident that it has become part of, or null
 * @param heading of a moving vehicle, degrees clockwise from north, or null
 * @param seenAt when it was last where it is, epoch ms
 * @param site that handles it, or else is responsible for its place, or null
 * @param expiresAt from when on it must not be announced, epoch ms, or null
 */
public record IncidentSummary(
        String incidentId,
        long revision,
        Incident.Kind kind,
        String type,
        boolean isOver,
        boolean isCancelled,
        boolean isAccepted,
        boolean isCovert,
        String replacedBy,
        long openedAt,
        Place place,
        Double heading,
        long seenAt,
        String site,
        int priority,
        Long expiresAt,
        Incident.Warning warning) {

    /** Places that are closer than this may be two reads of a vehicle that stands still. */
    private static final double MIN_MOVE_METRES = 50;

    /** A vehicle that stays has many reads of one place. */
    private static final int MAX_STEPS = 20;

    static IncidentSummary of(Incident incident) {
        Status status = incident.status();
        return new IncidentSummary(
                incident.incidentId(),
                incident.revision(),
                incident.kind(),
                incident.type(),
                Lifecycle.isOver(status),
                status == Status.CANCELLED,
                status == Status.ACCEPTED || status == Status.ON_SCENE,
                incident.covert() || !incident.notified().isEmpty(),
                replacedBy(incident),
                incident.openedAt(),
                incident.place(),
                heading(incident.route()),
                seenAt(incident),
                incident.assignment() == null ? incident.site() : incident.assignment().site(),
                incident.priority(),
                incident.expiresAt(),
                incident.warning());
    }

    private static String replacedBy(Incident incident) {
        return incident.links().stream()
                .filter(link -> link.relation() == Link.Relation.REPLACED)
                .map(Link::incidentId)
                .findFirst()
                .orElse(null);
    }

    private static long seenAt(Incident incident) {
        List<RoutePoint> route = incident.route();
        return route.isEmpty() ? incident.openedAt() : route.get(route.size() - 1).time();
    }

    /** From the last place before the present one that is another. */
    private static Double heading(List<RoutePoint> route) {
        int last = route.size() - 1;
        for (int i = last - 1; i >= Math.max(0, last - MAX_STEPS); i--) {
            Place from = route.get(i).place();
            Place to = route.get(last).place();
            if (from.metresTo(to) >= MIN_MOVE_METRES) {
                return bearing(from, to);
            }
        }
        return null;
    }

    /** Degrees clockwise from north. */
    public static double bearing(Place from, Place to) {
        double north = to.latitude() - from.latitude();
        double middle = Math.toRadians((to.latitude() + from.latitude()) / 2);
        double east = (to.longitude() - from.longitude()) * Math.cos(middle);
        double degrees = Math.toDegrees(Math.atan2(east, north));
        return degrees < 0 ? degrees + 360 : degrees;
    }
}
