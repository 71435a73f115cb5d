package io.atalaya.console.act;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Broker;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Problem;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.Topics;

import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lists vehicles, and takes them off the list. */
@RestController
class HotlistApi {
    record NewEntry(ObjectNode entry, String purpose) {}

    private final Items items;
    private final Audit audit;
    private final Broker broker;
    private final JdbcClient jdbc;

    HotlistApi(Items items, Audit audit, Broker broker, JdbcClient jdbc) {
        this.items = items;
        this.audit = audit;
        this.broker = broker;
        this.jdbc = jdbc;
    }

    @PostMapping("/api/hotlist")
    Map<String, String> list(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody NewEntry wanted) {
        Audit.requirePurpose(wanted.purpose);
        if (wanted.entry == null) {
            throw Problem.invalid("entry", "required");
        }
        EnteredText.check("entry", wanted.entry);
        String entryId = "console-" + UUID.randomUUID();
        HotlistEntry entry;
        try {
            entry =
                    HotlistEntryCodec.read(
                            wanted.entry
                                    .put("entryId", entryId)
                                    .toString()
                                    .getBytes(StandardCharsets.UTF_8));
            if (entry.fault() != null) {
                throw Problem.invalid(
                        "entry." + entry.fault().field(),
                        entry.fault().value(),
                        entry.fault().expected());
            }
        } catch (InvalidRecordException e) {
            throw Problem.invalid("entry." + e.field(), e.getMessage());
        }
        List<String> notified =
                entry.covert() || !entry.notified().isEmpty() ? entry.notified() : null;
        audit.write(actor, "HOTLIST_ADD", entryId, wanted.purpose, null, notified);
        broker.send(
                Topics.HOTLIST,
                entryId,
                HotlistEntryCodec.write(entry),
                responsible(actor, wanted.purpose));
        jdbc.sql("INSERT INTO hotlist_entry (entry_id, author, notified) VALUES (?, ?, ?)")
                .params(
                        entryId,
                        actor.viewer().name(),
                        notified == null ? null : notified.toArray(String[]::new))
                .update();
        return Map.of("entryId", entryId);
    }

    @DeleteMapping("/api/hotlist/{entryId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unlist(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @PathVariable String entryId,
            @RequestParam(required = false) String purpose) {
        Audit.requirePurpose(purpose);
        List<List<String>> own =
                jdbc.sql("SELECT notified FROM hotlist_entry WHERE entry_id = ? AND author = ?")
                        .params(entryId, actor.viewer().name())
                        .query((row, n) -> notified(row.getArray("notified")))
                        .list();
        List<Item> seen =
                items.visible(actor.viewer()).stream()
                        .filter(item -> entryId.equals(item.entryId()))
                        .toList();
        if (own.isEmpty() && seen.isEmpty()) {
            throw Problem.notFound();
        }
        // By what the person knows of the entry, so that it shows nothing hidden.
        audit.write(
                actor,
                "HOTLIST_REMOVE",
                entryId,
                purpose,
                null,
                own.isEmpty() ? Audit.notified(seen) : own.get(0));
        broker.send(Topics.HOTLIST, entryId, null, responsible(actor, purpose));
    }

    private static List<String> notified(Array column) throws SQLException {
        return column == null ? null : List.of((String[]) column.getArray());
    }

    private static Map<String, String> responsible(Audit.Actor actor, String purpose) {
        return Map.of("operator", actor.viewer().name(), "purpose", purpose);
    }
}
