package io.atalaya.dispatch.exchange;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.NationalContent;
import io.atalaya.contracts.dispatch.NationalContent.SharedIncident;
import io.atalaya.contracts.dispatch.NationalContent.Waypoint;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.policy.Policy.Exchange.Detail;
import io.atalaya.dispatch.policy.Policy.Exchange.SharingRule;
import io.atalaya.dispatch.policy.Policy.Kind;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** Makes of an incident what another agency may know of it. What is not named here never leaves. */
final class IncidentMask {
    private static final double METRES_PER_DEGREE = 111_320;

    /** Near a pole a square has every longitude. */
    private static final double LEAST_COSINE = 0.01;

    private IncidentMask() {}

    /**
     * @param kind of the policy, for its name
     * @param isShared whether the agency knows of another incident
     */
    static SharedIncident shared(
            Incident incident,
            SharingRule rule,
            Kind kind,
            Predicate<String> isShared,
            long revision) {
        boolean hasPlace = rule.fields().contains(Detail.PLACE);
        return new SharedIncident(
                incident.incidentId(),
                revision,
                incident.type(),
                incident.eidoType(),
                new Text.Translation(kind.es(), kind.en()),
                incident.status(),
                incident.openedAt(),
                incident.updatedAt(),
                incident.expiresAt(),
                incident.priority(),
                hasPlace ? rounded(incident.place(), rule.gridMetres()) : null,
                rule.fields().contains(Detail.ROUTE)
                        ? route(incident.route(), rule.gridMetres())
                        : List.of(),
                rule.fields().contains(Detail.PLATE) ? incident.plate() : null,
                rule.fields().contains(Detail.HEADLINE) ? headline(incident, kind) : null,
                incident.links().stream()
                        .filter(link -> isShared.test(link.incidentId()))
                        .limit(NationalContent.MAX_LINKS)
                        .toList());
    }

    /** Null if it may be another agency's text. */
    private static Text.Translation headline(Incident incident, Kind kind) {
        Text.Translation headline = incident.headline();
        boolean isOurs =
                new Text.Translation(kind.es(), kind.en()).equals(headline)
                        || incident.events().stream()
                                .filter(event -> !event.topic().equals(Topics.NATIONAL_INBOUND))
                                .anyMatch(event -> Objects.equals(event.summary(), headline));
        return isOurs ? headline : null;
    }

    private static List<Waypoint> route(List<Incident.RoutePoint> route, double grid) {
        List<Waypoint> points = new ArrayList<>();
        for (Incident.RoutePoint each : newest(route)) {
            Place place = rounded(each.place(), grid);
            if (place != null) {
                points.add(new Waypoint(each.time(), place));
            }
        }
        return points;
    }

    private static List<Incident.RoutePoint> newest(List<Incident.RoutePoint> route) {
        return route.subList(Math.max(0, route.size() - NationalContent.MAX_ROUTE), route.size());
    }

    /**
     * The middle of the place's square, with a radius that holds the place wherever it is in it; so
     * it is the same for all places of the square that are known about as well.
     */
    static Place rounded(Place place, double grid) {
        if (place == null || grid <= 0) {
            return place;
        }
        double latitude = middle(place.latitude(), grid / METRES_PER_DEGREE);
        double cosine = Math.max(LEAST_COSINE, Math.cos(Math.toRadians(latitude)));
        double longitude = middle(place.longitude(), grid / (METRES_PER_DEGREE * cosine));
        double radius = grid * Math.ceil((grid + place.radiusMetres()) / grid);
        return Place.usableOrNull(
                Math.max(-90, Math.min(90, latitude)),
                Math.max(-180, Math.min(180, longitude)),
                radius);
    }

    private static double middle(double degrees, double step) {
        // As many digits as are one metre.
        return Math.round((Math.floor(degrees / step) + 0.5) * step * 1e5) / 1e5;
    }
}
