package io.atalaya.contracts.dispatch;

import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.json.EpochMillis;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.json.RecordCodec;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.text.Text;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import java.util.List;

/** What agencies send each other: the payload of a signed message, named by its {@code type}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NationalContent.SharedIncident.class, name = "INCIDENT"),
    @JsonSubTypes.Type(value = NationalContent.Retraction.class, name = "RETRACTION"),
    @JsonSubTypes.Type(value = NationalContent.Entries.class, name = "HOTLIST")
})
public sealed interface NationalContent {
    RecordCodec<NationalContent> CODEC =
            new RecordCodec<>(NationalContent.class, NationalMessage.MAX_JWS);

    int MAX_ENTRIES = 500;
    int MAX_ROUTE = 100;
    int MAX_LINKS = 100;

    /**
     * One whole revision of an incident, with the fields that the sender shares. The highest
     * revision counts.
     *
     * @param kind the sender's code, such as {@code stolen-vehicle}
     * @param eidoType the code of EIDO's registry of common incident types, or null
     * @param name of the kind, for people
     * @param openedAt time of the first event, epoch ms
     * @param updatedAt time of the last event or act, epoch ms
     * @param expiresAt from when on a warning to the public counts no more, epoch ms, or null
     * @param place where it is, as exactly as is shared, or null
     * @param route of a moving vehicle, oldest first
     * @param plate of the vehicle, or null
     * @param headline one sentence, or null
     * @param links to other incidents that the receiver was informed of
     */
    record SharedIncident(
            String incidentId,
            @EpochMillis long revision,
            String kind,
            @JsonProperty("incidentTypeCommonRegistryText") String eidoType,
            Text.Translation name,
            Status status,
            @EpochMillis long openedAt,
            @EpochMillis long updatedAt,
            @EpochMillis Long expiresAt,
            int priority,
            Place place,
            List<Waypoint> route,
            String plate,
            Text.Translation headline,
            List<Link> links)
            implements NationalContent {
        public SharedIncident {
            Limits.id("incidentId", incidentId);
            Field.time("revision", revision);
            Field.visible("kind", kind, Limits.MAX_CODE);
            Field.visibleOrNull("incidentTypeCommonRegistryText", eidoType, Limits.MAX_CODE);
            Limits.textOrNull("name", name);
            Field.required("status", status);
            Field.time("openedAt", openedAt);
            Field.time("updatedAt", updatedAt);
            Field.timeOrNull("expiresAt", expiresAt);
            Field.integer("priority", priority, 0, 100);
            Place.usableOrNull("place", place);
            route = Field.list("route", route, MAX_ROUTE);
            Field.visibleOrNull("plate", plate, Limits.MAX_CODE);
            Limits.textOrNull("headline", headline);
            links = Field.list("links", links, MAX_LINKS);
        }
    }

    /** A place where the vehicle was. */
    record Waypoint(@EpochMillis long time, Place place) {
        public Waypoint {
            Field.time("time", time);
            Place.usableOrNull("place", Field.required("place", place));
        }
    }

    /** The incident is not shared any more, and nothing that was informed of it counts. */
    record Retraction(String incidentId, @EpochMillis long revision) implements NationalContent {
        public Retraction {
            Limits.id("incidentId", incidentId);
            Field.time("revision", revision);
        }
    }

    /**
     * Changes to the sender's part of the hot list.
     *
     * @param entries new versions of entries
     * @param withdrawn the sender's ids of entries that hold no more
     */
    record Entries(List<Entry> entries, List<String> withdrawn) implements NationalContent {
        public Entries {
            entries = Field.list("entries", entries, MAX_ENTRIES);
            withdrawn = Field.texts("withdrawn", withdrawn, MAX_ENTRIES, Limits.MAX_ID);
        }
    }

    /**
     * An entry of another agency's hot list, as in topic {@code hotlist}. It has no pattern,
     * because one pattern can name the vehicles of a whole state, and neither scope nor recipients,
     * because these are the receiver's own.
     *
     * @param entryId unique for the sender
     * @param plate as listed, or null
     * @param tagId of an RFID tag, or null
     * @param source the list that contains the entry, or null
     */
    record Entry(
            String entryId,
            String plate,
            String tagId,
            String country,
            String state,
            String reason,
            String caseNumber,
            String source,
            @JsonProperty(defaultValue = "50") int priority,
            @EpochMillis Long validFrom,
            @EpochMillis Long validUntil,
            Vehicle vehicle,
            boolean covert) {
        /** Checks what the hot list checks. */
        public Entry {
            HotlistEntry.Fault fault =
                    new HotlistEntry(
                                    entryId,
                                    plate,
                                    null,
                                    tagId,
                                    country,
                                    state,
                                    reason,
                                    caseNumber,
                                    "any",
                                    source,
                                    priority,
                                    validFrom,
                                    validUntil,
                                    vehicle,
                                    null,
                                    null,
                                    covert,
                                    List.of())
                            .fault();
            if (fault != null) {
                throw Field.invalid(fault.field(), fault.value(), fault.expected());
            }
        }
    }
}
