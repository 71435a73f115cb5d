package io.atalaya.console;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.model.ModelControl;
import io.atalaya.contracts.topic.Topics;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** What few may do: hot list, models, health, audit, accounts and walls. */
@RestController
class AdminApi {
    private static final int MAX_RECORDS = 1_000;

    record NewEntry(ObjectNode entry, String purpose) {}

    record NewModel(String model, String active, String shadow, String purpose) {}

    record NewWall(int wall, String site) {}

    private final Items items;
    private final Health health;
    private final Audit audit;
    private final Accounts accounts;
    private final Grants grants;
    private final Broker broker;
    private final JdbcClient jdbc;

    AdminApi(
            Items items,
            Health health,
            Audit audit,
            Accounts accounts,
            Grants grants,
            Broker broker,
            JdbcClient jdbc) {
        this.items = items;
        this.health = health;
        this.audit = audit;
        this.accounts = accounts;
        this.grants = grants;
        this.broker = broker;
        this.jdbc = jdbc;
    }

    static void requirePurpose(String purpose) {
        if (purpose == null || purpose.isBlank() || purpose.length() > 1024) {
            throw Problem.invalid("purpose", "required, at most 1024 characters");
        }
    }

    private static Map<String, String> responsible(Audit.Actor actor, String purpose) {
        return Map.of("operator", actor.viewer().name(), "purpose", purpose);
    }

    @PostMapping("/api/hotlist")
    Map<String, String> list(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody NewEntry wanted) {
        requirePurpose(wanted.purpose);
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
        requirePurpose(purpose);
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

    @GetMapping("/api/models")
    Health.Models models() {
        return health.models();
    }

    @PostMapping("/api/models")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void model(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody NewModel wanted) {
        requirePurpose(wanted.purpose);
        byte[] message =
                ModelControl.CODEC.write(
                        new ModelControl(
                                wanted.model,
                                wanted.active,
                                wanted.shadow,
                                actor.viewer().name(),
                                wanted.purpose,
                                System.currentTimeMillis()));
        audit.write(actor, "MODEL", wanted.model, wanted.purpose, null);
        broker.send(Topics.MODEL_CONTROL, wanted.model, message, Map.of());
    }

    @GetMapping("/api/health")
    Health.Now health() {
        return health.now();
    }

    @GetMapping("/api/health/series")
    Health.Series series(
            @RequestParam(required = false) Long from, @RequestParam(required = false) Long to) {
        long now = System.currentTimeMillis();
        return health.series(
                from == null ? now - Duration.ofDays(1).toMillis() : from,
                to == null ? now + 1 : to);
    }

    @GetMapping(value = "/api/audit", produces = MediaType.APPLICATION_JSON_VALUE)
    String audit(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestParam(required = false) Long from,
            @RequestParam(required = false) Long to,
            @RequestParam(required = false) String user,
            @RequestParam(required = false) String action,
            @RequestParam(required = false) Long before,
            @RequestParam(defaultValue = "200") int limit) {
        audit.write(actor, "AUDIT_READ", "audit", null, null);
        return "{\"records\":["
                + String.join(
                        ",",
                        audit.read(
                                actor.viewer(),
                                from,
                                to,
                                user,
                                action,
                                before,
                                Math.max(1, Math.min(limit, MAX_RECORDS))))
                + "]}";
    }

    /** For the auditor's own program, which compares them with the signed audit. */
    @GetMapping(value = "/api/audit/hashes", produces = MediaType.TEXT_PLAIN_VALUE)
    void hashes(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, HttpServletResponse response)
            throws IOException {
        audit.write(actor, "AUDIT_READ", "hashes", null, null);
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        PrintWriter lines = response.getWriter();
        audit.hashes(line -> lines.append(line).append('\n'));
    }

    @GetMapping("/api/audit/verify")
    Audit.Verdict verify() {
        return audit.verify();
    }

    @GetMapping("/api/accounts")
    Map<String, Object> accounts(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        return Map.of(
                "accounts",
                grants.people(actor.viewer()),
                "requests",
                grants.requests(actor.viewer()));
    }

    @PostMapping("/api/accounts")
    Grants.Granted create(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestBody Grants.NewAccount wanted) {
        return grants.ask(actor, wanted.name(), wanted);
    }

    @PatchMapping("/api/accounts/{name}")
    Grants.Granted change(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @PathVariable String name,
            @RequestBody Grants.Change wanted) {
        return grants.ask(actor, name, wanted);
    }

    @PostMapping("/api/account-requests/{requestId}/confirm")
    Grants.Granted confirm(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String requestId) {
        return grants.confirm(actor, requestId);
    }

    @DeleteMapping("/api/account-requests/{requestId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void refuse(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String requestId) {
        grants.refuse(actor, requestId);
    }

    @GetMapping("/api/walls")
    Map<String, Object> walls(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        return Map.of(
                "walls",
                accounts.walls().stream()
                        .filter(each -> actor.viewer().coversSites(Viewer.sitesOf(each.site())))
                        .toList());
    }

    @PostMapping("/api/walls")
    Map<String, String> wall(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody NewWall wanted) {
        if (wanted.wall < 1 || wanted.wall > 999) {
            throw Problem.invalid("wall", wanted.wall, "1 to 999");
        }
        Grants.requireNames("site", Viewer.sitesOf(wanted.site));
        requireOwnWall(actor.viewer(), wanted.wall);
        if (!actor.viewer().coversSites(Viewer.sitesOf(wanted.site))) {
            throw Problem.of(HttpStatus.FORBIDDEN, "beyond-own", "site: one of the own");
        }
        audit.write(
                actor,
                "WALL_CREATE",
                Accounts.WALL + wanted.wall,
                null,
                Map.of("sites", Viewer.sitesOf(wanted.site)));
        return Map.of(
                "link", "/wall/" + wanted.wall + "#" + accounts.wallKey(wanted.wall, wanted.site));
    }

    @DeleteMapping("/api/walls/{wall}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeWall(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable int wall) {
        requireOwnWall(actor.viewer(), wall);
        audit.write(actor, "WALL_REMOVE", Accounts.WALL + wall, null, null);
        accounts.removeWall(wall);
    }

    /** A new link ends the one before, so that of another site's wall is not for this person. */
    private void requireOwnWall(Viewer viewer, int wall) {
        Accounts.Account before = accounts.any(Accounts.WALL + wall);
        if (before != null && !viewer.coversSites(before.sites())) {
            throw Problem.notFound();
        }
    }
}
