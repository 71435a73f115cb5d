package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One message of topic {@code dispatch-responses}: what a person or a dispatch system did with an
 * incident.
 *
 * @param responseId unique; a repeated one is the same response
 * @param revision of the incident that the sender saw
 * @param operator person who did it; null for {@link Delivered} only
 * @param position at which that person sits, or null
 * @param agency that the person works for, or null
 * @param site command centre that answers
 * @param time of the act, epoch ms
 */
public record DispatchResponse(
        String responseId,
        String incidentId,
        @EpochMillis long revision,
        String operator,
        String position,
        String agency,
        String site,
        @EpochMillis long time,
        Action action) {
    public static final RecordCodec<DispatchResponse> CODEC =
            new RecordCodec<>(DispatchResponse.class, 1024 * 1024);

    static final int MAX_EVENTS = 1000;

    public DispatchResponse {
        Limits.id("responseId", responseId);
        Limits.id("incidentId", incidentId);
        Field.time("revision", revision);
        Field.required("action", action);
        Field.visibleOrNull("operator", operator, Limits.MAX_NAME);
        if (operator == null && !(action instanceof Delivered)) {
            throw Field.invalid("operator", null, Field.REQUIRED);
        }
        Field.textOrNull("position", position, 1, Limits.MAX_NAME);
        Field.textOrNull("agency", agency, 1, Limits.MAX_NAME);
        Field.visible("site", site, Limits.MAX_NAME);
        Field.time("time", time);
    }

    /** What was done; in JSON an object whose {@code type} names it. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Delivered.class, name = "DELIVERED"),
        @JsonSubTypes.Type(value = Acknowledge.class, name = "ACKNOWLEDGE"),
        @JsonSubTypes.Type(value = Accept.class, name = "ACCEPT"),
        @JsonSubTypes.Type(value = Reject.class, name = "REJECT"),
        @JsonSubTypes.Type(value = OnScene.class, name = "ON_SCENE"),
        @JsonSubTypes.Type(value = Close.class, name = "CLOSE"),
        @JsonSubTypes.Type(value = Note.class, name = "NOTE"),
        @JsonSubTypes.Type(value = Reopen.class, name = "REOPEN"),
        @JsonSubTypes.Type(value = Merge.class, name = "MERGE"),
        @JsonSubTypes.Type(value = Split.class, name = "SPLIT"),
        @JsonSubTypes.Type(value = Link.class, name = "LINK"),
        @JsonSubTypes.Type(value = NotThisIncident.class, name = "NOT_THIS_INCIDENT"),
        @JsonSubTypes.Type(value = AcceptDrone.class, name = "ACCEPT_DRONE"),
        @JsonSubTypes.Type(value = DeclineDrone.class, name = "DECLINE_DRONE")
    })
    public sealed interface Action {}

    /** An answer to a {@link DroneTask}, which changes nothing about the incident itself. */
    public sealed interface DroneAction extends Action {
        String taskId();
    }

    /** The incident is on a screen. */
    public record Delivered() implements Action {}

    /** A person has seen it; this is a lease that runs out. */
    public record Acknowledge() implements Action {}

    /**
     * The site takes the incident.
     *
     * @param epoch of the assignment that is accepted, or null for the present one
     * @param cadNumber number of the event in the dispatch system, or null
     */
    public record Accept(Integer epoch, String cadNumber) implements Action {
        public Accept {
            if (epoch != null) {
                Field.integer("epoch", epoch, 0, Integer.MAX_VALUE);
            }
            Limits.idOrNull("cadNumber", cadNumber);
        }
    }

    /**
     * The site does not take the incident.
     *
     * @param note for people, or null
     */
    public record Reject(Reason reason, String note) implements Action {
        public Reject {
            Field.required("reason", reason);
            Field.textOrNull("note", note, 0, Limits.MAX_TEXT);
        }

        /** The reasons of APCO's Automated Secure Alarm Protocol. */
        public enum Reason {
            /** The place is unknown or not the site's. */
            ADDRESS,
            /** The site does not handle this type of event. */
            TYPE,
            TOO_OLD,
            OTHER
        }
    }

    /** A unit is there. */
    public record OnScene() implements Action {}

    /**
     * The incident is over.
     *
     * @param disposition two digits of EIDO's registry of common dispositions, such as 17 for a
     *     false alarm
     * @param outcome what was found out about the alert behind the incident, or null
     * @param note for people, or null
     */
    public record Close(
            @JsonProperty("dispositionCommonRegistryCode") String disposition,
            Disposition.Outcome outcome,
            String note)
            implements Action {
        private static final Pattern DISPOSITION = Pattern.compile("[0-9]{2}");

        public Close {
            Limits.matching(
                    "dispositionCommonRegistryCode",
                    Field.required("dispositionCommonRegistryCode", disposition),
                    DISPOSITION,
                    "2 digits");
            Field.textOrNull("note", note, 0, Limits.MAX_TEXT);
        }
    }

    /** A remark of a person. */
    public record Note(String text) implements Action {
        public Note {
            Field.visible("text", text, Limits.MAX_TEXT);
        }
    }

    /** The incident is not over. */
    public record Reopen() implements Action {}

    /**
     * Another incident is the same one and becomes part of this.
     *
     * @param other the id that is replaced
     */
    public record Merge(@JsonProperty("incidentId") String other) implements Action {
        public Merge {
            Limits.id("incidentId", other);
        }
    }

    /** Some events are another incident. */
    public record Split(@JsonProperty("eventIds") List<String> events) implements Action {
        public Split {
            events = Field.texts("eventIds", events, MAX_EVENTS, Limits.MAX_ID);
            if (events.isEmpty()) {
                throw Field.fault("eventIds", "no element", "at least 1 element");
            }
        }
    }

    /** Another incident has to do with this one and stays another. */
    public record Link(@JsonProperty("incidentId") String other) implements Action {
        public Link {
            Limits.id("incidentId", other);
        }
    }

    /** An event or candidate does not belong to this incident. */
    public record NotThisIncident(String eventId) implements Action {
        public NotThisIncident {
            Limits.id("eventId", eventId);
        }
    }

    /** The drone is to fly. */
    public record AcceptDrone(String taskId) implements DroneAction {
        public AcceptDrone {
            Limits.id("taskId", taskId);
        }
    }

    /** The drone is not to fly; another one may be proposed. */
    public record DeclineDrone(String taskId) implements DroneAction {
        public DeclineDrone {
            Limits.id("taskId", taskId);
        }
    }
}
