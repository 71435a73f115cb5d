package io.atalaya.console.act;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Broker;
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
        audit.write(
                actor,
                "HOTLIST_ADD",
                entryId,
                wanted.purpose,
                null,
                entry.covert() || !entry.notified().isEmpty() ? entry.notified() : null);
        broker.send(
                Topics.HOTLIST,
                entryId,
                HotlistEntryCodec.write(entry),
                responsible(actor, wanted.purpose));
        jdbc.sql("INSERT INTO hotlist_entry (entry_id, author) VALUES (?, ?)")
                .params(entryId, actor.viewer().name())
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
        boolean isOwn =
                !jdbc.sql("SELECT 1 FROM hotlist_entry WHERE entry_id = ? AND author = ?")
                        .params(entryId, actor.viewer().name())
                        .query()
                        .listOfRows()
                        .isEmpty();
        boolean isSeen =
                items.visible(actor.viewer()).stream()
                        .anyMatch(item -> entryId.equals(item.entryId()));
        if (!isOwn && !isSeen) {
            throw Problem.notFound();
        }
        audit.write(
                actor,
                "HOTLIST_REMOVE",
                entryId,
                purpose,
                null,
                Audit.notified(items.all(item -> entryId.equals(item.entryId()))));
        broker.send(Topics.HOTLIST, entryId, null, responsible(actor, purpose));
    }

    private static Map<String, String> responsible(Audit.Actor actor, String purpose) {
        return Map.of("operator", actor.viewer().name(), "purpose", purpose);
    }
}
