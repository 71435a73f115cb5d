package io.atalaya.console.item;

import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.disposition.Disposition.Outcome;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What an operator does with an item.
 *
 * @param actId made by the browser; a repeated one is the same act
 * @param revision of the item that the operator saw
 * @param disposition code of EIDO's registry, or null for the one of the outcome
 */
public record Act(
        String actId,
        String item,
        long revision,
        Type type,
        Outcome outcome,
        DispatchResponse.Reject.Reason reason,
        @JsonProperty("dispositionCommonRegistryCode") String disposition,
        String cadNumber,
        String note,
        String text,
        String other,
        List<String> eventIds,
        String eventId,
        String taskId) {
    private static final String REPORT = "01";
    private static final String CANCELLED = "10";
    private static final String FALSE_ALARM = "17";

    /** The types of acts; those of topic {@code dispatch-responses}, and the one-letter answer. */
    public enum Type {
        ACKNOWLEDGE,
        ACCEPT,
        REJECT,
        ON_SCENE,
        CLOSE,
        NOTE,
        REOPEN,
        MERGE,
        SPLIT,
        LINK,
        NOT_THIS_INCIDENT,
        ACCEPT_DRONE,
        DECLINE_DRONE,
        DISPOSE;

        /** Whether it leaves at once, because someone waits for it; others can be undone first. */
        public boolean isImmediate() {
            return switch (this) {
                case ACKNOWLEDGE, ACCEPT, ON_SCENE, NOTE, ACCEPT_DRONE, DECLINE_DRONE -> true;
                default -> false;
            };
        }

        /** Whether the item is over with it. */
        boolean isEnd() {
            return this == CLOSE || this == DISPOSE;
        }
    }

    /** What may be done with an item, by the table in docs/incidents.md. */
    public static Set<Type> allowed(Item item) {
        if (item.isAlert()) {
            return item.status() == Incident.Status.OPEN
                    ? EnumSet.of(Type.ACKNOWLEDGE, Type.DISPOSE, Type.NOTE)
                    : EnumSet.of(Type.DISPOSE, Type.NOTE);
        }
        Set<Type> allowed =
                EnumSet.of(
                        Type.NOTE,
                        Type.LINK,
                        Type.MERGE,
                        Type.SPLIT,
                        Type.NOT_THIS_INCIDENT,
                        Type.ACCEPT_DRONE,
                        Type.DECLINE_DRONE);
        switch (item.status()) {
            case OPEN, REOPENED, ACKNOWLEDGED ->
                    allowed.addAll(
                            List.of(
                                    Type.ACKNOWLEDGE,
                                    Type.ACCEPT,
                                    Type.REJECT,
                                    Type.ON_SCENE,
                                    Type.CLOSE,
                                    Type.DISPOSE));
            case ACCEPTED ->
                    allowed.addAll(List.of(Type.REJECT, Type.ON_SCENE, Type.CLOSE, Type.DISPOSE));
            case ON_SCENE -> allowed.addAll(List.of(Type.CLOSE, Type.DISPOSE));
            case CLOSED -> allowed.add(Type.REOPEN);
            case CANCELLED -> allowed.addAll(List.of(Type.REOPEN, Type.CLOSE));
        }
        return allowed;
    }

    /**
     * The act as dispatch understands it.
     *
     * @throws IllegalArgumentException naming the field that is wrong
     */
    public DispatchResponse.Action action() {
        return switch (type) {
            case ACKNOWLEDGE -> new DispatchResponse.Acknowledge();
            case ACCEPT -> new DispatchResponse.Accept(null, cadNumber);
            case REJECT -> new DispatchResponse.Reject(reason, note);
            case ON_SCENE -> new DispatchResponse.OnScene();
            case CLOSE, DISPOSE -> new DispatchResponse.Close(code(), outcome, note);
            case NOTE -> new DispatchResponse.Note(text);
            case REOPEN -> new DispatchResponse.Reopen();
            case MERGE -> new DispatchResponse.Merge(bare(other));
            case SPLIT -> new DispatchResponse.Split(eventIds);
            case LINK -> new DispatchResponse.Link(bare(other));
            case NOT_THIS_INCIDENT -> new DispatchResponse.NotThisIncident(eventId);
            case ACCEPT_DRONE -> new DispatchResponse.AcceptDrone(taskId);
            case DECLINE_DRONE -> new DispatchResponse.DeclineDrone(taskId);
        };
    }

    private String code() {
        if (disposition != null) {
            return disposition;
        }
        return outcome == null
                ? CANCELLED
                : switch (outcome) {
                    case CORRECT -> REPORT;
                    case WRONG_PLATE, WRONG_STATE -> FALSE_ALARM;
                    case NOT_ACTIONABLE -> CANCELLED;
                };
    }

    private static String bare(String item) {
        return item == null ? null : item.substring(item.indexOf(':') + 1);
    }

    /** The same with the reason that a bulk was given, where it has none of its own. */
    public Act noted(String reasonOfAll) {
        return note != null || reasonOfAll == null
                ? this
                : new Act(
                        actId,
                        item,
                        revision,
                        type,
                        outcome,
                        reason,
                        disposition,
                        cadNumber,
                        reasonOfAll,
                        text,
                        other,
                        eventIds,
                        eventId,
                        taskId);
    }

    public Disposition disposition(
            Item about, String operator, long time, String source, String device) {
        return new Disposition(
                actId,
                about.bareId(),
                about.entryId(),
                source,
                device,
                outcome,
                operator,
                note,
                time);
    }
}
