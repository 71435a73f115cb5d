package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Incident.Status;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

import static io.atalaya.contracts.dispatch.Incident.Status.ACCEPTED;
import static io.atalaya.contracts.dispatch.Incident.Status.ACKNOWLEDGED;
import static io.atalaya.contracts.dispatch.Incident.Status.CANCELLED;
import static io.atalaya.contracts.dispatch.Incident.Status.CLOSED;
import static io.atalaya.contracts.dispatch.Incident.Status.ON_SCENE;
import static io.atalaya.contracts.dispatch.Incident.Status.OPEN;
import static io.atalaya.contracts.dispatch.Incident.Status.REOPENED;

/** The state machine of an incident. An act that a status does not list is refused. */
public final class Lifecycle {
    private static final Map<Status, Map<Act, Status>> TABLE = new EnumMap<>(Status.class);

    static {
        for (Status waiting : new Status[] {OPEN, REOPENED}) {
            on(waiting, Act.ACKNOWLEDGE, ACKNOWLEDGED);
            on(waiting, Act.ACCEPT, ACCEPTED);
            on(waiting, Act.REJECT, waiting);
            on(waiting, Act.ARRIVE, ON_SCENE);
            on(waiting, Act.CLOSE, CLOSED);
        }
        on(ACKNOWLEDGED, Act.ACKNOWLEDGE, ACKNOWLEDGED);
        on(ACKNOWLEDGED, Act.ACCEPT, ACCEPTED);
        on(ACKNOWLEDGED, Act.REJECT, OPEN);
        on(ACKNOWLEDGED, Act.ARRIVE, ON_SCENE);
        on(ACKNOWLEDGED, Act.CLOSE, CLOSED);

        on(ACCEPTED, Act.REJECT, OPEN);
        on(ACCEPTED, Act.ARRIVE, ON_SCENE);
        on(ACCEPTED, Act.CLOSE, CLOSED);

        on(ON_SCENE, Act.CLOSE, CLOSED);

        on(CLOSED, Act.REOPEN, REOPENED);

        on(CANCELLED, Act.REOPEN, REOPENED);
        on(CANCELLED, Act.CLOSE, CLOSED);
    }

    private Lifecycle() {}

    /** What a person or a dispatch system does with an incident. */
    public enum Act {
        ACKNOWLEDGE,
        ACCEPT,
        REJECT,
        ARRIVE,
        CLOSE,
        REOPEN
    }

    /** What becomes of an act. */
    public sealed interface Result {}

    /** The incident has this status now. */
    public record Moved(Status to) implements Result {}

    /**
     * The act is not possible.
     *
     * @param reason stable code, such as {@code is-closed}
     */
    public record Refused(String reason) implements Result {}

    /** Applies an act to an incident of this status. */
    public static Result apply(Status status, Act act) {
        Status to = TABLE.get(status).get(act);
        return to == null
                ? new Refused("is-" + status.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                : new Moved(to);
    }

    /** Whether no one has answered. */
    static boolean isWaiting(Status status) {
        return status == OPEN || status == REOPENED;
    }

    /** Whether it waits for someone to take it. */
    static boolean isUnaccepted(Status status) {
        return isWaiting(status) || status == ACKNOWLEDGED;
    }

    static boolean isOver(Status status) {
        return status == CLOSED || status == CANCELLED;
    }

    private static void on(Status from, Act act, Status to) {
        TABLE.computeIfAbsent(from, status -> new EnumMap<>(Act.class)).put(act, to);
    }
}
