package io.atalaya.console.item;

import io.atalaya.console.security.Matter;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.text.Text;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;

import java.util.List;
import java.util.Set;

/**
 * A row of the queue: an incident, or an alert where no dispatch has made an incident of it.
 *
 * @param id {@code incident:} or {@code alert:} and its id
 * @param seq of its latest change, by {@link Changes}; says nothing of other items
 * @param source list with which the hot-list entry came
 * @param covert only those in {@code notified} may know of it
 * @param alert the latest one, as it travels, or null
 * @param sites that it concerns; empty means all
 * @param incident null for an alert
 */
public record Item(
        String id,
        long seq,
        long revision,
        Tray list,
        Incident.Kind kind,
        String type,
        Incident.Status status,
        int priority,
        Double score,
        String site,
        String municipality,
        String deviceId,
        Place place,
        String plate,
        String reason,
        String source,
        String entryId,
        Text.Translation headline,
        long openedAt,
        long updatedAt,
        long receivedAt,
        Incident.Deadlines deadlines,
        Incident.Assignment assignment,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Incident.Assignment> assignments,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean covert,
        int eventCount,
        List<String> alertIds,
        Pending pending,
        Answer answer,
        @JsonRawValue String alert,
        @JsonIgnore Set<String> sites,
        @JsonIgnore List<String> notified,
        @JsonIgnore Incident incident)
        implements Matter {
    /** With these begin the ids of items, before the id of the incident or alert. */
    public static final String INCIDENT = "incident:";

    public static final String ALERT = "alert:";

    /**
     * From here on nothing is muted, and nothing waits for the next batch. The policy's {@code
     * never}, which the console does not read, and {@code levels.ts} must have the same value.
     */
    public static final int URGENT = 90;

    /** The three lists. */
    public enum Tray {
        /** It interrupts a person. */
        QUEUE,
        /** It waits for one. */
        REVIEW,
        /** It is over. */
        DONE
    }

    /** An act on the item that its operator can still undo. */
    public record Pending(
            String actId,
            Act.Type type,
            Disposition.Outcome outcome,
            String operator,
            long undoUntil) {}

    /** What was found out about the latest alert. */
    public record Answer(Disposition.Outcome outcome, String operator, long time) {}

    public boolean isUrgent() {
        return priority >= URGENT;
    }

    public boolean isAlert() {
        return incident == null;
    }

    /** The id in its topic. */
    public String bareId() {
        return id.substring(id.indexOf(':') + 1);
    }

    /** The same with the number of its latest change. */
    Item withSeq(long seq) {
        return new Item(
                id,
                seq,
                revision,
                list,
                kind,
                type,
                status,
                priority,
                score,
                site,
                municipality,
                deviceId,
                place,
                plate,
                reason,
                source,
                entryId,
                headline,
                openedAt,
                updatedAt,
                receivedAt,
                deadlines,
                assignment,
                assignments,
                covert,
                eventCount,
                alertIds,
                pending,
                answer,
                alert,
                sites,
                notified,
                incident);
    }
}
