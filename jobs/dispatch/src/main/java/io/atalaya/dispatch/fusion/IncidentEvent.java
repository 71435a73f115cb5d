package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.dispatch.Place;

import java.util.Set;

/**
 * What fusion knows of an alert, a button press, a call or any other evidence of an incident.
 *
 * @param eventId unique among all sources
 * @param kind what it is, by the words of the policy, for example an alert's type
 * @param time when it happened by its source's clock, epoch ms
 * @param place null if unknown
 * @param keys what is the same for the same incident wherever it is, for example {@code
 *     plate:NKR4816} or {@code cad:4711}
 * @param isRetrospective found in stored reads long after it happened
 * @param isCancelled its source has withdrawn it; it still holds its incident together, because
 *     what a person works on must not fall apart
 * @param restriction who may know of it; null: everybody. Events of different restrictions never
 *     share an incident.
 */
public record IncidentEvent(
        String eventId,
        String kind,
        Subject subject,
        long time,
        Place place,
        Set<String> keys,
        boolean isRetrospective,
        boolean isCancelled,
        String restriction) {

    /**
     * What an incident follows. Incidents of different subjects are linked, never merged, because a
     * stolen vehicle would join all incidents along its way.
     */
    public enum Subject {
        VEHICLE,
        PLACE,
        /** A defective device, wherever it stands. */
        DEVICE,
        /** A warning to the public, which has no single place. */
        WARNING
    }

    public IncidentEvent {
        keys = Set.copyOf(keys);
    }

    /** The same event, withdrawn by its source. */
    public IncidentEvent cancelled() {
        return new IncidentEvent(
                eventId, kind, subject, time, place, keys, isRetrospective, true, restriction);
    }

    /** What only some may know of sees what all see, but not the other way round. */
    public boolean isOpenTo(IncidentEvent other) {
        return restriction == null || restriction.equals(other.restriction);
    }

    /** Whether it belongs to the same incident as the other version of the same event. */
    boolean isGroupedAs(IncidentEvent other) {
        return equals(
                new IncidentEvent(
                        other.eventId,
                        other.kind,
                        other.subject,
                        other.time,
                        other.place,
                        other.keys,
                        other.isRetrospective,
                        isCancelled,
                        other.restriction));
    }
}
