package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.device.Distance;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * When two events are about the same incident, and how far an incident may extend.
 *
 * @param nearby pairs of kinds that belong together when they are close
 * @param shared keys that two events of one incident share
 * @param links pairs of kinds, one of vehicles and one of places, whose incidents are related when
 *     they are noticed close together
 * @param maxRadiusMetres a place that is less certain than this links nothing
 * @param extents by subject
 * @param reopenWithin for how long after its close evidence reopens an incident
 * @param clearMargin an event joins the incident that fits it best if no other fits as well, less
 *     this difference of {@link #closeness}
 */
public record FusionRules(
        List<Nearby> nearby,
        List<Shared> shared,
        List<Nearby> links,
        double maxRadiusMetres,
        Map<Subject, Extent> extents,
        Duration reopenWithin,
        double clearMargin) {

    /**
     * Events of these kinds, in either order, within this distance and time.
     *
     * @param kinds empty: any
     * @param others empty: any
     */
    public record Nearby(Set<String> kinds, Set<String> others, double metres, Duration within) {
        private boolean isOf(IncidentEvent a, IncidentEvent b) {
            return (isOf(kinds, a) && isOf(others, b)) || (isOf(kinds, b) && isOf(others, a));
        }

        private static boolean isOf(Set<String> kinds, IncidentEvent event) {
            return kinds.isEmpty() || kinds.contains(event.kind());
        }
    }

    /** Events that share a key of this sort, for example {@code plate}, within this time. */
    public record Shared(String key, Duration within) {
        private boolean isOf(String shared) {
            return shared.startsWith(key) && shared.startsWith(":", key.length());
        }
    }

    /**
     * How far an incident extends from its first event.
     *
     * @param metres from the first known place
     */
    public record Extent(double metres, Duration within) {}

    public FusionRules {
        nearby = List.copyOf(nearby);
        shared = List.copyOf(shared);
        links = links == null ? List.of() : List.copyOf(links);
        extents = Map.copyOf(extents);
    }

    /**
     * How clearly two events belong to one incident: 1 by a key, less the further apart they are, 0
     * if they do not. Symmetric.
     */
    double closeness(IncidentEvent a, IncidentEvent b) {
        if (a.subject() != b.subject() || !Objects.equals(a.restriction(), b.restriction())) {
            return 0;
        }
        long millis = Math.abs(a.time() - b.time());
        if (shareKey(a, b, millis)) {
            return 1;
        }
        if (!hasPlace(a) || !hasPlace(b) || a.isRetrospective() || b.isRetrospective()) {
            return 0;
        }
        double metres = Double.NaN;
        double closeness = 0;
        for (Nearby rule : nearby) {
            if (millis <= rule.within().toMillis() && rule.isOf(a, b)) {
                metres = Double.isNaN(metres) ? metres(a.place(), b.place()) : metres;
                if (metres <= rule.metres()) {
                    // Below 1, because only a key is certain.
                    closeness =
                            Math.max(
                                    closeness,
                                    1
                                            - (1
                                                            + metres / rule.metres()
                                                            + millis
                                                                    / (1.0
                                                                            + rule.within()
                                                                                    .toMillis()))
                                                    / 4);
                }
            }
        }
        return closeness;
    }

    /** Whether an event of a vehicle and one of a place are noticed close together. */
    boolean areRelated(IncidentEvent a, IncidentEvent b) {
        if (a.subject() == b.subject()
                || !hasPlace(a)
                || !hasPlace(b)
                || a.isRetrospective()
                || b.isRetrospective()) {
            return false;
        }
        long millis = Math.abs(a.time() - b.time());
        for (Nearby rule : links) {
            if (millis <= rule.within().toMillis()
                    && rule.isOf(a, b)
                    && metres(a.place(), b.place()) <= rule.metres()) {
                return true;
            }
        }
        return false;
    }

    private boolean shareKey(IncidentEvent a, IncidentEvent b, long millis) {
        for (Shared rule : shared) {
            if (millis <= rule.within().toMillis()) {
                for (String key : a.keys()) {
                    if (rule.isOf(key) && b.keys().contains(key)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The distance between the nearest points of two places, in metres. */
    static double metres(Place a, Place b) {
        double centres =
                1_000 * Distance.kmNearby(a.latitude(), a.longitude(), b.latitude(), b.longitude());
        return Math.max(0, centres - a.radiusMetres() - b.radiusMetres());
    }

    /** Whether its place is certain enough to link it. */
    boolean hasPlace(IncidentEvent event) {
        return event.place() != null && event.place().radiusMetres() <= maxRadiusMetres;
    }

    /** The greatest distance between the nearest points of two places that any rule links. */
    double maxMetres() {
        return Stream.concat(nearby.stream(), links.stream())
                .mapToDouble(Nearby::metres)
                .max()
                .orElse(0);
    }
}
