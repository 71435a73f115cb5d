package io.atalaya.console.act;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Broker;
import io.atalaya.console.item.Act;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.item.Trust;
import io.atalaya.console.map.Devices;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.topic.Topics;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What operators have done. An act is stored before it is confirmed, so that it is neither lost nor
 * doubled if the console is killed; most leave only when they can no longer be undone.
 */
public final class Acts {
    private static final Logger LOG = LoggerFactory.getLogger(Acts.class);

    /** How long an act can be undone. */
    public static final long UNDO_MS = 10_000;

    /** How long an act that has left is taken for done before dispatch says so. */
    private static final long ECHO_MS = 30_000;

    private static final int DUE_AT_ONCE = 200;

    /** What became of an act. */
    public enum State {
        HELD,
        SENDING,
        SENT,
        UNDONE
    }

    /** An act as the console shows it. */
    public record Shown(
            String actId,
            String item,
            Act.Type type,
            Disposition.Outcome outcome,
            String note,
            String operator,
            String position,
            String site,
            long time,
            State state,
            Long undoUntil) {}

    /**
     * The result of one act of a request.
     *
     * @param trust in the device, before it and with it; null if it says nothing of a device
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            String actId,
            String item,
            boolean ok,
            State state,
            Long undoUntil,
            String code,
            String detail,
            Trust trust) {}

    private record Stored(
            Act act,
            String topic,
            String key,
            byte[] message,
            String operator,
            String position,
            String site,
            long at,
            long dueAt,
            State state) {
        Shown shown() {
            return new Shown(
                    act.actId(),
                    act.item(),
                    act.type(),
                    act.outcome(),
                    act.note() == null ? act.text() : act.note(),
                    operator,
                    position,
                    site,
                    at,
                    state == State.SENDING ? State.HELD : state,
                    state == State.HELD ? dueAt : null);
        }
    }

    private final JdbcClient jdbc;
    private final Broker broker;
    private final Items items;
    private final Devices devices;
    private final Audit audit;

    /** When the latest act that dispatch is to confirm has left, by item. */
    private final Map<String, Long> left = new ConcurrentHashMap<>();

    public Acts(JdbcClient jdbc, Broker broker, Items items, Devices devices, Audit audit) {
        this.jdbc = jdbc;
        this.broker = broker;
        this.items = items;
        this.devices = devices;
        this.audit = audit;
        jdbc.sql("SELECT * FROM act WHERE state IN ('HELD', 'SENDING')")
                .query((row, n) -> stored(row))
                .list()
                .forEach(each -> items.pending(each.act.item(), pending(each)));
        jdbc.sql(
                        "SELECT DISTINCT item FROM act WHERE item LIKE ?"
                                + " AND type = 'ACKNOWLEDGE' AND at > now() - interval '7 days'")
                .param(Item.ALERT + "%")
                .query(String.class)
                .list()
                .forEach(items::acknowledged);
        jdbc.sql(
                        "SELECT * FROM act WHERE item LIKE ? AND type = 'DISPOSE'"
                                + " AND state = 'SENT' AND at > now() - interval '7 days' ORDER BY at")
                .param(Item.ALERT + "%")
                .query((row, n) -> stored(row))
                .list()
                .forEach(this::answered);
    }

    private void answered(Stored dispose) {
        items.answer(
                dispose.key, new Item.Answer(dispose.act.outcome(), dispose.operator, dispose.at));
    }

    private static Item.Pending pending(Stored stored) {
        return new Item.Pending(
                stored.act.actId(),
                stored.act.type(),
                stored.act.outcome(),
                stored.operator,
                stored.dueAt);
    }

    /** Does one act. */
    public Result act(Audit.Actor actor, Act act) {
        try {
            return perform(actor, act);
        } catch (Problem e) {
            return refused(act, e.body().code(), e.body().detail());
        } catch (IllegalArgumentException e) {
            return refused(act, "invalid", e.getMessage());
        }
    }

    private static Result refused(Act act, String code, String detail) {
        return new Result(act.actId(), act.item(), false, null, null, code, detail, null);
    }

    private Result perform(Audit.Actor actor, Act act) {
        requireId(act.actId());
        if (act.type() == null) {
            throw Problem.invalid("type", "required");
        }
        if (act.type() == Act.Type.DISPOSE && act.outcome() == null) {
            throw Problem.invalid(
                    "outcome", null, "one of " + List.of(Disposition.Outcome.values()));
        }
        Item item = items.get(act.item() == null ? "" : act.item(), actor.viewer());
        if (item == null) {
            throw Problem.notFound();
        }
        if (act.item().equals(act.other())) {
            throw Problem.invalid("other", act.other(), "another item");
        }
        if (act.other() != null && items.get(act.other(), actor.viewer()) == null) {
            throw Problem.notFound();
        }
        Stored before = stored(act.actId());
        if (before != null) {
            if (!before.operator.equals(actor.viewer().name())
                    || !before.act.item().equals(act.item())) {
                throw Problem.of(HttpStatus.CONFLICT, "conflict", "the actId is taken");
            }
            return done(before, item);
        }
        if (!Act.allowed(item).contains(act.type())) {
            throw Problem.of(
                    HttpStatus.CONFLICT, "not-allowed-now", act.type() + " when " + item.status());
        }
        boolean isOfDrone =
                act.type() == Act.Type.ACCEPT_DRONE || act.type() == Act.Type.DECLINE_DRONE;
        if (isOfDrone && !devices.isTaskOf(item, act.taskId())) {
            throw Problem.invalid("taskId", act.taskId(), "the task of this incident");
        }
        requireEvents(item, act);
        long now = System.currentTimeMillis();
        Stored stored =
                message(
                        actor,
                        item,
                        act,
                        now,
                        act.type().isImmediate() ? now : now + UNDO_MS,
                        State.HELD);
        audit.write(
                actor,
                act.type().name(),
                item,
                act.note(),
                act.outcome() == null
                        ? Map.of("actId", act.actId())
                        : Map.of("actId", act.actId(), "outcome", act.outcome()));
        int added =
                jdbc.sql(
                                "INSERT INTO act (act_id, item, type, body, topic, key, message,"
                                        + " operator, position, site, at, due_at, state) VALUES (?, ?, ?,"
                                        + " ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(
                                act.actId(),
                                act.item(),
                                act.type().name(),
                                Json.text(act),
                                stored.topic,
                                stored.key,
                                stored.message,
                                stored.operator,
                                stored.position,
                                stored.site,
                                new Timestamp(now),
                                new Timestamp(stored.dueAt),
                                State.HELD.name())
                        .update();
        if (added == 0) {
            return done(stored(act.actId()), item);
        }
        if (!act.type().isImmediate()) {
            items.pending(act.item(), pending(stored));
            return done(stored, item);
        }
        if (!send(stored)) {
            // Nothing was done: the operator sees that and tries again with the same actId.
            jdbc.sql("DELETE FROM act WHERE act_id = ? AND state <> 'SENT'")
                    .param(act.actId())
                    .update();
            throw Problem.unavailable("the broker has not taken it");
        }
        return done(stored(act.actId()), item);
    }

    /** What is taken out of an incident must be in it. */
    private static void requireEvents(Item item, Act act) {
        List<String> named =
                switch (act.type()) {
                    case SPLIT -> act.eventIds() == null ? List.of() : act.eventIds();
                    case NOT_THIS_INCIDENT ->
                            act.eventId() == null ? List.of() : List.of(act.eventId());
                    default -> List.of();
                };
        for (String eventId : named) {
            if (item.incident().events().stream()
                    .noneMatch(event -> event.eventId().equals(eventId))) {
                throw Problem.invalid("eventId", eventId, "an event of this incident");
            }
        }
    }

    private static void requireId(String actId) {
        try {
            UUID.fromString(actId == null ? "" : actId);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("actId", "a UUID");
        }
    }

    private Result done(Stored stored, Item item) {
        Shown shown = stored.shown();
        boolean canUndo =
                stored.state == State.HELD
                        || stored.state == State.SENT && stored.act.type() == Act.Type.ACCEPT;
        return new Result(
                stored.act.actId(),
                stored.act.item(),
                true,
                shown.state,
                canUndo ? Long.valueOf(stored.at + UNDO_MS) : null,
                null,
                null,
                items.trust(item, stored.act.outcome()));
    }

    private static Stored message(
            Audit.Actor actor, Item item, Act act, long now, long dueAt, State state) {
        String site = site(actor, item);
        String topic = "";
        byte[] message = null;
        if (!item.isAlert()) {
            topic = Topics.DISPATCH_RESPONSES;
            message =
                    DispatchResponse.CODEC.write(
                            new DispatchResponse(
                                    act.actId(),
                                    item.bareId(),
                                    item.revision(),
                                    actor.viewer().name(),
                                    actor.position(),
                                    actor.viewer().agency(),
                                    site,
                                    now,
                                    act.action()));
        } else if (act.type() == Act.Type.DISPOSE && !item.covert()) {
            // A covert alert's outcome stays here, because the scores of others would show it.
            topic = Topics.DISPOSITIONS;
            message =
                    Disposition.CODEC.write(
                            act.disposition(
                                    item,
                                    actor.viewer().name(),
                                    now,
                                    item.source(),
                                    item.deviceId()));
        }
        return new Stored(
                act,
                topic,
                item.bareId(),
                message,
                actor.viewer().name(),
                actor.position(),
                site,
                now,
                dueAt,
                state);
    }

    /**
     * The site that answers: where the person has none, the one that has the incident, because
     * dispatch takes no answer of another. An alert is of no site's dispatch.
     */
    private static String site(Audit.Actor actor, Item item) {
        if (actor.site() != null) {
            return actor.site();
        } else if (item.assignment() != null) {
            return item.assignment().site();
        } else if (item.site() != null) {
            return item.site();
        } else if (item.isAlert()) {
            return "";
        }
        throw Problem.of(HttpStatus.BAD_REQUEST, "no-site", "the session and the item have none");
    }

    /** Sends what can no longer be undone; called several times a second. */
    public void sendDue() {
        List<Stored> due =
                jdbc.sql(
                                "UPDATE act SET state = 'SENDING' WHERE act_id IN (SELECT act_id FROM act"
                                        + " WHERE state IN ('HELD', 'SENDING') AND due_at <= now()"
                                        + " AND (due_at > at OR at < now() - interval '8 seconds')"
                                        + " ORDER BY at LIMIT ?) RETURNING *")
                        .param(DUE_AT_ONCE)
                        .query((row, n) -> stored(row))
                        .list();
        // What an UPDATE returns is in no order.
        for (Stored each : due.stream().sorted(Comparator.comparingLong(Stored::at)).toList()) {
            if (!send(each)) {
                return;
            }
        }
    }

    /** Whether it has left. */
    private synchronized boolean send(Stored stored) {
        Act act = stored.act;
        try {
            if (stored.message != null) {
                broker.send(stored.topic, stored.key, stored.message, Map.of());
            }
        } catch (Problem e) {
            LOG.warn("An act waits for the broker: {}", e.getMessage());
            return false;
        }
        jdbc.sql("UPDATE act SET state = 'SENT' WHERE act_id = ?").param(act.actId()).update();
        if (act.item().startsWith(Item.ALERT)) {
            if (act.type() == Act.Type.ACKNOWLEDGE) {
                items.acknowledged(act.item());
            } else if (act.type() == Act.Type.DISPOSE) {
                answered(stored);
                items.pending(act.item(), null);
            }
        } else if (!act.type().isImmediate()) {
            left.put(act.item(), System.currentTimeMillis());
            items.pending(
                    act.item(),
                    new Item.Pending(act.actId(), act.type(), act.outcome(), stored.operator, 0));
        }
        return true;
    }

    /** Ends what dispatch has not confirmed in time; called every second. */
    public void forgetUnconfirmed(long now) {
        left.forEach(
                (item, leftAt) -> {
                    // An act that has left meanwhile has its own time.
                    if (leftAt <= now - ECHO_MS && left.remove(item, leftAt)) {
                        items.unconfirmed(item);
                    }
                });
    }

    /** Takes an act back. */
    public Shown undo(Audit.Actor actor, String actId) {
        Stored stored = stored(actId);
        if (stored == null
                || !stored.operator.equals(actor.viewer().name())
                || stored.at < actor.viewer().since()
                || items.get(stored.act.item(), actor.viewer()) == null) {
            throw Problem.notFound();
        }
        Item item = items.get(stored.act.item(), actor.viewer());
        long now = System.currentTimeMillis();
        if (stored.state == State.UNDONE) {
            return stored.shown();
        }
        boolean isHeld = stored.state == State.HELD && now < stored.dueAt;
        boolean isAccepted =
                stored.state == State.SENT
                        && stored.act.type() == Act.Type.ACCEPT
                        && now < stored.at + UNDO_MS;
        if (!isHeld && !isAccepted) {
            throw notUndoable();
        }
        audit.write(actor, "UNDO", item, null, Map.of("actId", actId));
        if (isHeld) {
            takeBackHeld(actId, item);
        } else {
            takeBackAccepted(actor, stored, item, now);
        }
        return stored(actId).shown();
    }

    private static Problem notUndoable() {
        return Problem.of(HttpStatus.CONFLICT, "not-undoable", null);
    }

    private void takeBackHeld(String actId, Item item) {
        int undone =
                jdbc.sql(
                                "UPDATE act SET state = 'UNDONE' WHERE act_id = ? AND state = 'HELD'"
                                        + " AND due_at > now()")
                        .param(actId)
                        .update();
        if (undone == 0) {
            throw notUndoable();
        }
        items.pending(item.id(), null);
    }

    private void takeBackAccepted(Audit.Actor actor, Stored stored, Item item, long now) {
        String actId = stored.act.actId();
        Act reject =
                new Act(
                        UUID.nameUUIDFromBytes(actId.getBytes(StandardCharsets.UTF_8)).toString(),
                        item.id(),
                        item.revision(),
                        Act.Type.REJECT,
                        null,
                        DispatchResponse.Reject.Reason.OTHER,
                        null,
                        null,
                        "undo",
                        null,
                        null,
                        null,
                        null,
                        null);
        // From the site that has accepted; the person may have chosen another since.
        Audit.Actor then = new Audit.Actor(actor.viewer(), stored.site, stored.position);
        Stored back = message(then, item, reject, now, now, State.SENT);
        broker.send(back.topic, back.key, back.message, Map.of());
        jdbc.sql("UPDATE act SET state = 'UNDONE' WHERE act_id = ?").param(actId).update();
    }

    /** The acts on an item, oldest first. */
    public List<Shown> of(Item item) {
        return jdbc.sql("SELECT * FROM act WHERE item = ? ORDER BY at LIMIT 200")
                .param(item.id())
                .query((row, n) -> stored(row).shown())
                .list();
    }

    /** The latest acts of an operator on what the operator still may know of. */
    public List<Shown> by(Viewer viewer, int max) {
        return jdbc
                .sql("SELECT * FROM act WHERE operator = ? AND at >= ? ORDER BY at DESC LIMIT ?")
                .params(viewer.name(), new Timestamp(viewer.since()), max)
                .query((row, n) -> stored(row).shown())
                .list()
                .stream()
                .filter(act -> items.get(act.item(), viewer) != null)
                .toList();
    }

    private Stored stored(String actId) {
        return jdbc.sql("SELECT * FROM act WHERE act_id = ?")
                .param(actId)
                .query((row, n) -> stored(row))
                .optional()
                .orElse(null);
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                Json.MAPPER.readValue(row.getString("body"), Act.class),
                row.getString("topic"),
                row.getString("key"),
                row.getBytes("message"),
                row.getString("operator"),
                row.getString("position"),
                row.getString("site"),
                row.getTimestamp("at").getTime(),
                row.getTimestamp("due_at").getTime(),
                State.valueOf(row.getString("state")));
    }
}
