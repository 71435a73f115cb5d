package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.warning.PublicWarning;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.List;

/**
 * One full revision of an incident, as topics {@code incidents} and {@code dispatch-*} carry it. A
 * consumer keeps the highest revision of an {@code incidentId}.
 *
 * @param revision arrival time of the cause, or time at which the job continued after a failure,
 *     epoch ms; above the previous revision of the incident
 * @param type the policy's code of what happened, such as {@code kidnapping}
 * @param eidoType the code of EIDO's registry of common incident types, such as {@code VEHSTLN}, or
 *     null where the policy has none
 * @param openedAt time of the first event, epoch ms
 * @param updatedAt time of the last event or act, epoch ms
 * @param expiresAt from when on a warning to the public must not be announced, epoch ms; null for
 *     all else
 * @param place or null where no event has a usable one; of a vehicle its last one
 * @param route of a moving vehicle, oldest first
 * @param plate of the vehicle, as listed or as read, or null
 * @param site command centre in whose jurisdiction the incident is, or null where unknown
 * @param assignment the present one, or null before the first; of several the one with most left to
 *     do
 * @param assignments one for each site, if each of them handles the incident on its own, as it does
 *     a warning to the whole state; else empty
 * @param priority 0 to 100; from 90 on the incident is never muted, budgeted or held
 * @param priorityParts the summands of the priority, before it is bounded
 * @param headline one sentence for the dispatcher, or null
 * @param candidates events that fit several incidents equally and wait for a person
 * @param warning what the public warning behind it says, or null
 * @param covert only those in {@code notified} may see the incident
 * @param notified who may receive it; empty means everyone
 */
public record Incident(
        String incidentId,
        @EpochMillis long revision,
        Kind kind,
        String type,
        @JsonProperty("incidentTypeCommonRegistryText") String eidoType,
        Status status,
        @EpochMillis long openedAt,
        @EpochMillis long updatedAt,
        @EpochMillis Long expiresAt,
        Place place,
        List<RoutePoint> route,
        String plate,
        String site,
        Assignment assignment,
        List<Assignment> assignments,
        int priority,
        List<PriorityPart> priorityParts,
        Text.Translation headline,
        List<Event> events,
        List<Link> links,
        List<String> candidates,
        List<Note> notes,
        Deadlines deadlines,
        Warning warning,
        boolean covert,
        @JsonProperty("notify") List<String> notified) {
    /** With envelope and headers within the usual limit of a broker, 1 MiB. */
    public static final int MAX_BYTES = 1_000_000;

    public static final RecordCodec<Incident> CODEC = new RecordCodec<>(Incident.class, MAX_BYTES);

    public static final int MAX_EVENTS = 10_000;
    public static final int MAX_ROUTE = 1000;
    public static final int MAX_NOTES = 1000;
    public static final int MAX_LINKS = 1000;

    /** As long as in an alert. */
    private static final int MAX_PLATE = 64;

    private static final int MAX_SITES = 16;

    private static final int MAX_CATEGORIES = 12;

    /** As long as in an entry of the hot list. */
    private static final int MAX_NOTIFIED = 256;

    public Incident {
        Limits.id("incidentId", incidentId);
        Field.time("revision", revision);
        Field.required("kind", kind);
        Field.visible("type", type, Limits.MAX_CODE);
        Field.visibleOrNull("incidentTypeCommonRegistryText", eidoType, Limits.MAX_CODE);
        Field.required("status", status);
        Field.time("openedAt", openedAt);
        Field.time("updatedAt", updatedAt);
        Field.timeOrNull("expiresAt", expiresAt);
        Place.usableOrNull("place", place);
        route = Field.list("route", route, MAX_ROUTE);
        Field.visibleOrNull("plate", plate, MAX_PLATE);
        Field.visibleOrNull("site", site, Limits.MAX_NAME);
        assignments = Field.list("assignments", assignments, MAX_SITES);
        Field.integer("priority", priority, 0, 100);
        priorityParts = Field.list("priorityParts", priorityParts, 100);
        Limits.textOrNull("headline", headline);
        events = Field.list("events", events, MAX_EVENTS);
        links = Field.list("links", links, MAX_LINKS);
        candidates = Field.texts("candidates", candidates, MAX_EVENTS, Limits.MAX_ID);
        notes = Field.list("notes", notes, MAX_NOTES);
        notified = Field.texts("notify", notified, 1000, MAX_NOTIFIED);
    }

    public Incident withRevision(long other) {
        return copy(other, status, events, links, candidates);
    }

    /** The same incident after another one has taken over its events. */
    public Incident replaced(Status now, List<Link> linked) {
        return copy(revision, now, List.of(), linked, List.of());
    }

    private Incident copy(
            long newRevision,
            Status newStatus,
            List<Event> newEvents,
            List<Link> newLinks,
            List<String> newCandidates) {
        return new Incident(
                incidentId,
                newRevision,
                kind,
                type,
                eidoType,
                newStatus,
                openedAt,
                updatedAt,
                expiresAt,
                place,
                route,
                plate,
                site,
                assignment,
                assignments,
                priority,
                priorityParts,
                headline,
                newEvents,
                newLinks,
                newCandidates,
                notes,
                deadlines,
                warning,
                covert,
                notified);
    }

    /** What the incident is about; incidents of different kinds are linked, never merged. */
    public enum Kind {
        /** A vehicle, wherever it is. */
        VEHICLE,
        /** A place. */
        PLACE,
        /** A defective device or a device that reports too often. */
        DEVICE_FAULT,
        /** A warning to the public, which has no single place. */
        PUBLIC_WARNING,
        /** Several incidents of a storm, sent as one. */
        DIGEST
    }

    /** The state of the life cycle. */
    public enum Status {
        OPEN,
        ACKNOWLEDGED,
        ACCEPTED,
        ON_SCENE,
        CLOSED,
        REOPENED,
        /** There was no incident. */
        CANCELLED
    }

    /** A place where the vehicle was. */
    public record RoutePoint(@EpochMillis long time, String deviceId, Place place) {
        public RoutePoint {
            Field.time("time", time);
            Limits.idOrNull("deviceId", deviceId);
            Place.usableOrNull("place", Field.required("place", place));
        }
    }

    /**
     * Who is to handle the incident.
     *
     * @param position or null for every position of the site
     * @param epoch grows with each assignment of the incident
     * @param acceptedBy operator who accepted it, or null
     * @param cadNumber number of the event in the site's dispatch system, or null
     */
    public record Assignment(
            String site,
            String position,
            int epoch,
            State state,
            String acceptedBy,
            String cadNumber) {
        public Assignment {
            Field.visible("site", site, Limits.MAX_NAME);
            Field.textOrNull("position", position, 1, Limits.MAX_NAME);
            Field.integer("epoch", epoch, 0, Integer.MAX_VALUE);
            Field.required("state", state);
            Field.textOrNull("acceptedBy", acceptedBy, 1, Limits.MAX_NAME);
            Limits.idOrNull("cadNumber", cadNumber);
        }

        /** How far the assignment is; each is an answer of its own. */
        public enum State {
            SENT,
            DELIVERED,
            ACKNOWLEDGED,
            ACCEPTED,
            ON_SCENE,
            REJECTED,
            WITHDRAWN,
            /** Only where each site handles the incident on its own. */
            CLOSED
        }
    }

    /**
     * A summand of the priority.
     *
     * @param code stable key, such as {@code school-hours}
     */
    public record PriorityPart(String code, double points, Text.Translation text) {
        public PriorityPart {
            Field.visible("code", code, Limits.MAX_CODE);
            points = Field.number("points", points, -100, 100);
            Limits.textOrNull("text", text);
        }
    }

    /**
     * An event of the incident; each event belongs to one incident.
     *
     * @param topic from which it comes
     * @param type such as {@code PRESS} or {@code hotlist-match}
     * @param time device time, epoch ms
     * @param summary for people, or null
     */
    public record Event(
            String eventId,
            String topic,
            String type,
            @EpochMillis long time,
            Text.Translation summary) {
        public Event {
            Limits.id("eventId", eventId);
            Field.visible("topic", topic, Limits.MAX_NAME);
            Field.visible("type", type, Limits.MAX_CODE);
            Field.time("time", time);
            Limits.textOrNull("summary", summary);
        }
    }

    /** A relation to another incident. */
    public record Link(Relation relation, String incidentId) {
        public Link {
            Field.required("relation", relation);
            Limits.id("incidentId", incidentId);
        }

        /** The terms of EIDO's merge and link components. */
        public enum Relation {
            /** This incident has become part of the other. */
            REPLACED,
            /** The other has become part of this incident. */
            REPLACING,
            /** One of the two was split off the other. */
            SPLIT,
            RELATED,
            PARENT,
            CHILD
        }
    }

    /**
     * A remark of a person.
     *
     * @param agency or null
     */
    public record Note(@EpochMillis long time, String operator, String agency, String text) {
        public Note {
            Field.time("time", time);
            Field.visible("operator", operator, Limits.MAX_NAME);
            Field.textOrNull("agency", agency, 1, Limits.MAX_NAME);
            Field.visible("text", text, Limits.MAX_TEXT);
        }
    }

    /**
     * Until when the next answers are due, arrival time, epoch ms, or null where nothing is due.
     *
     * @param acknowledgedUntil end of the lease that an acknowledgement is
     */
    public record Deadlines(
            @EpochMillis Long acknowledgeBy,
            @EpochMillis Long acknowledgedUntil,
            @EpochMillis Long acceptBy,
            @EpochMillis Long onSceneBy) {
        public Deadlines {
            Field.timeOrNull("acknowledgeBy", acknowledgeBy);
            Field.timeOrNull("acknowledgedUntil", acknowledgedUntil);
            Field.timeOrNull("acceptBy", acceptBy);
            Field.timeOrNull("onSceneBy", onSceneBy);
        }
    }

    /**
     * What of a public warning decides how it is announced, in the terms of CAP.
     *
     * @param categories of its texts
     * @param urgency the highest of its texts
     * @param severity the highest of its texts
     * @param exercise whether it is a drill
     * @param stateWide whether it concerns the whole state, whatever its area
     * @param municipalities that its area touches; empty where the area is not known exactly
     */
    public record Warning(
            List<PublicWarning.Category> categories,
            PublicWarning.Urgency urgency,
            PublicWarning.Severity severity,
            boolean exercise,
            boolean stateWide,
            List<String> municipalities) {
        public Warning {
            categories = Field.list("categories", categories, MAX_CATEGORIES);
            Field.required("urgency", urgency);
            Field.required("severity", severity);
            municipalities = Field.texts("municipalities", municipalities, 1000, Limits.MAX_NAME);
        }
    }
}
