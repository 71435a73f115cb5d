package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    /** The least that a degree of latitude has. */
    public static final double METRES_PER_DEGREE = 110_574;

    /**
     * Events of these kinds, in either order, within this distance and time.
     *
     * @param kinds empty: any
     * @param others empty: any
     */
    public record Nearby(Set<String> kinds, Set<String> others, double metres, Duration within) {
        private boolean isOf(String a, String b) {
            return (isOf(kinds, a) && isOf(others, b)) || (isOf(kinds, b) && isOf(others, a));
        }

        private static boolean isOf(Set<String> kinds, String kind) {
            return kinds.isEmpty() || kinds.contains(kind);
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

    /** The rules by which events of two kinds belong together when they are close. */
    List<Nearby> nearby(String kind, String other) {
        return nearby.stream().filter(rule -> rule.isOf(kind, other)).toList();
    }

    /** The rules by which incidents of two kinds are related when they are noticed close by. */
    List<Nearby> links(String kind, String other) {
        return links.stream().filter(rule -> rule.isOf(kind, other)).toList();
    }

    /**
     * How clearly two events belong to one incident by their places: less the further apart they
     * are, 0 if they do not. Below 1, because only a key is certain.
     */
    static double closeness(List<Nearby> rules, double metres, long millis) {
        double closeness = 0;
        for (Nearby rule : rules) {
            long within = rule.within().toMillis();
            if (millis <= within && metres <= rule.metres()) {
                // A rule's distance may be 0.
                double share = metres > 0 ? metres / rule.metres() : 0;
                double away = 1 + share + millis / (1.0 + within);
                closeness = Math.max(closeness, 1 - away / 4);
            }
        }
        return closeness;
    }

    /** How far apart events with this key belong together, ms; negative: not at all. */
    long sharedWithin(String key) {
        return shared.stream()
                .filter(rule -> rule.isOf(key))
                .mapToLong(rule -> rule.within().toMillis())
                .max()
                .orElse(-1);
    }

    /** The distance between the nearest points of two places, in metres. */
    static double metres(Place a, Place b) {
        return Math.max(0, a.metresTo(b) - a.radiusMetres() - b.radiusMetres());
    }

    /** Whether its place is certain enough to link it. */
    boolean hasPlace(IncidentEvent event) {
        return event.place() != null && event.place().radiusMetres() <= maxRadiusMetres;
    }

    /** Whether it pairs with others by its place. */
    boolean pairsByPlace(IncidentEvent event) {
        return hasPlace(event) && !event.isRetrospective();
    }

    /** The greatest distance between the nearest points of two places that any rule links. */
    double maxMetres() {
        return Stream.concat(nearby.stream(), links.stream())
                .mapToDouble(Nearby::metres)
                .max()
                .orElse(0);
    }
}
