package io.atalaya.console;

import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.topic.Topics;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The queue: items, what is done with them, mutes and saved views. */
@RestController
class QueueApi {
    private static final int MAX_ACTS = 200;
    private static final int MAX_TEXT = 1024;
    private static final int MAX_NAME = 128;
    private static final int MAX_MUTES = 50;

    record Acted(List<Act> acts, String note) {}

    record NewMute(
            Mutes.Effect effect,
            Mutes.Scope scope,
            Mutes.Matcher matcher,
            int minutes,
            String reason,
            String caseNumber,
            String operator) {}

    /** {@code shared}: null for no. */
    record NewView(String name, String query, Boolean shared) {}

    record View(
            String viewId,
            String name,
            String query,
            boolean shared,
            String owner,
            long createdAt) {}

    private final Accounts accounts;
    private final Items items;
    private final Views views;
    private final Mutes mutes;
    private final Acts acts;
    private final Devices devices;
    private final Stream stream;
    private final Audit audit;
    private final Broker broker;
    private final Settings settings;
    private final JdbcClient jdbc;

    QueueApi(
            Accounts accounts,
            Items items,
            Views views,
            Mutes mutes,
            Acts acts,
            Devices devices,
            Stream stream,
            Audit audit,
            Broker broker,
            Settings settings,
            JdbcClient jdbc) {
        this.accounts = accounts;
        this.items = items;
        this.views = views;
        this.mutes = mutes;
        this.acts = acts;
        this.devices = devices;
        this.stream = stream;
        this.audit = audit;
        this.broker = broker;
        this.settings = settings;
        this.jdbc = jdbc;
        jdbc.sql("SELECT body FROM operator_mute WHERE ends_at > now()")
                .query(String.class)
                .list()
                .forEach(body -> mutes.put(Json.MAPPER.readValue(body, Mutes.Shown.class)));
    }

    @GetMapping(value = "/api/items", produces = MediaType.APPLICATION_JSON_VALUE)
    String items(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestParam(required = false) String after,
            @RequestParam(defaultValue = "" + Views.MAX_PAGE) int limit) {
        Views.Filter filter = Views.Filter.of(parameters);
        Viewer viewer = actor.viewer();
        // Before the items, so that what changes meanwhile comes again by the stream.
        long seq = items.position();
        Views.Page page =
                views.page(viewer, filter, after, Math.max(1, Math.min(limit, Views.MAX_PAGE)));
        audit.write(
                actor,
                filter.plate() == null ? "LIST" : "SEARCH",
                "items",
                null,
                Map.of(
                        "query",
                        parameters,
                        "results",
                        page.items().size(),
                        "items",
                        page.items().stream().map(Item::id).toList()),
                Audit.readers(viewer));
        List<String> parts = new ArrayList<>();
        page.items().forEach(item -> parts.add(views.json(item, viewer)));
        return "{\"cursor\":\""
                + stream.cursor(viewer, seq)
                + "\",\"seq\":"
                + seq
                + ",\"ready\":"
                + items.isCaughtUp()
                + ",\"items\":["
                + String.join(",", parts)
                + "],\"counts\":"
                + Json.text(views.counts(viewer))
                + (page.next() == null ? "" : ",\"next\":" + Json.text(page.next()))
                + "}";
    }

    @GetMapping(value = "/api/items/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    String item(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String id) {
        Viewer viewer = actor.viewer();
        Item item = items.get(id, viewer);
        if (item == null) {
            throw Problem.notFound();
        }
        audit.write(actor, "OPEN", item, null, null);
        String incident = items.incident(item, viewer);
        List<String> deliveries = new ArrayList<>();
        items.deliveries(item)
                .forEach(each -> deliveries.add(Json.text(Delivery.CODEC.write(each))));
        List<Mutes.Shown> all = mutes.visible(viewer);
        List<String> mutedBy = mutes.of(item, viewer);
        List<Map<String, Object>> muted =
                all.stream()
                        .filter(mute -> mutedBy.contains(mute.muteId()))
                        .map(
                                mute ->
                                        Map.<String, Object>of(
                                                "muteId", mute.muteId(),
                                                "author", mute.author(),
                                                "to", mute.to()))
                        .toList();
        return "{\"item\":"
                + views.json(item, viewer)
                + (incident == null ? "" : ",\"incident\":" + incident)
                + ",\"alerts\":["
                + String.join(",", items.alerts(item))
                + "],\"deliveries\":["
                + String.join(",", deliveries)
                + "],\"acts\":"
                + Json.text(viewer.is(Role.WALL) ? List.of() : acts.of(item))
                + ",\"suppressed\":"
                + Json.text(Map.of("grouped", Math.max(0, item.eventCount() - 1), "muted", muted))
                + ",\"linked\":["
                + items.linkedOver(item, viewer).stream()
                        .map(each -> views.json(each, viewer))
                        .collect(Collectors.joining(","))
                + "]"
                + ",\"nextArches\":"
                + Json.text(devices.next(item))
                + ",\"allowed\":"
                + Json.text(
                        viewer.is(Role.DISPATCHER, Role.SUPERVISOR) ? Act.allowed(item) : Set.of())
                + "}";
    }

    /** An image that an alert refers to, where the installation keeps them in a directory. */
    @GetMapping("/api/alerts/{alertId}/images/{n}")
    ResponseEntity<byte[]> image(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @PathVariable String alertId,
            @PathVariable int n)
            throws IOException {
        Item item =
                items.visible(actor.viewer()).stream()
                        .filter(each -> each.alertIds().contains(alertId))
                        .findFirst()
                        .orElseThrow(Problem::notFound);
        List<String> images = items.images(alertId, actor.viewer());
        if (settings.images() == null || n < 0 || n >= images.size()) {
            throw Problem.notFound();
        }
        Path root = settings.images().toRealPath();
        Path file = root.resolve(images.get(n).replaceFirst("^[a-z0-9]+://[^/]*/", "")).normalize();
        boolean isPng = file.toString().endsWith(".png");
        if (!file.startsWith(root)
                || !Files.isRegularFile(file)
                || !file.toRealPath().startsWith(root)
                || !isPng && !file.toString().endsWith(".jpg")) {
            throw Problem.notFound();
        }
        audit.write(actor, "IMAGE", item, null, Map.of("alertId", alertId, "image", n));
        return ResponseEntity.ok()
                .contentType(isPng ? MediaType.IMAGE_PNG : MediaType.IMAGE_JPEG)
                .body(Files.readAllBytes(file));
    }

    @PostMapping("/api/acts")
    Map<String, Object> act(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody Acted request) {
        List<Act> all = request.acts;
        if (all == null || all.isEmpty() || all.size() > MAX_ACTS) {
            throw Problem.invalid(
                    "acts", all == null ? null : all.size() + " acts", "1 to " + MAX_ACTS);
        }
        if (all.size() > 1 && (request.note == null || request.note.isBlank())) {
            throw Problem.invalid("note", "one reason for all");
        }
        return Map.of(
                "results",
                all.stream().map(act -> acts.act(actor, act.noted(request.note))).toList());
    }

    @GetMapping("/api/acts")
    Map<String, Object> acts(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestParam(required = false) String item,
            @RequestParam(defaultValue = "50") int limit) {
        if (item == null) {
            return Map.of("acts", acts.by(actor.viewer(), Math.max(1, Math.min(limit, MAX_ACTS))));
        }
        Item of = items.get(item, actor.viewer());
        if (of == null) {
            throw Problem.notFound();
        }
        return Map.of("acts", acts.of(of));
    }

    @PostMapping("/api/acts/{actId}/undo")
    Acts.Shown undo(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String actId) {
        return acts.undo(actor, actId);
    }

    @GetMapping("/api/mutes")
    Map<String, Object> mutes(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        return Map.of("mutes", mutes.visible(actor.viewer()));
    }

    @PostMapping("/api/mutes")
    Mutes.Shown mute(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody NewMute wanted) {
        Viewer viewer = actor.viewer();
        Mutes.Effect effect = wanted.effect == null ? Mutes.Effect.MUTE : wanted.effect;
        boolean isForAll = wanted.scope == Mutes.Scope.ALL;
        if (isForAll && effect == Mutes.Effect.SUBSCRIBE) {
            throw Problem.invalid("scope", "one subscribes for oneself");
        }
        String operator = wanted.operator == null ? viewer.name() : wanted.operator;
        if (wanted.scope == null || wanted.matcher == null || wanted.matcher.isEmpty()) {
            throw Problem.invalid("matcher", "a field that limits what is muted");
        }
        if (!viewer.is(Role.SUPERVISOR) && (isForAll || !operator.equals(viewer.name()))) {
            throw Problem.of(HttpStatus.FORBIDDEN, "forbidden", "only for oneself");
        }
        Accounts.Account concerned = accounts.active(operator);
        if (concerned == null
                || !operator.equals(viewer.name()) && !viewer.coversSites(concerned.sites())) {
            throw Problem.invalid("operator", operator, "an account of the own sites");
        }
        Mutes.Matcher matcher = isForAll ? ofOwnSite(wanted.matcher, viewer) : wanted.matcher;
        // What one does not subscribe to waits; what is muted may never be looked at.
        long maxMinutes =
                (effect == Mutes.Effect.SUBSCRIBE ? Sessions.LENGTH : Mute.MAX_LENGTH).toMinutes();
        if (wanted.minutes < 1 || wanted.minutes > maxMinutes) {
            throw Problem.invalid("minutes", wanted.minutes, "1 to " + maxMinutes);
        }
        EnteredText.required("reason", wanted.reason, MAX_TEXT);
        EnteredText.checked("caseNumber", wanted.caseNumber, MAX_NAME);
        requireShort(wanted.matcher);
        if (mutes.by(viewer.name()) >= MAX_MUTES) {
            throw Problem.of(
                    HttpStatus.CONFLICT,
                    "conflict",
                    "at most " + MAX_MUTES + " mutes of one person at a time");
        }
        long now = System.currentTimeMillis();
        Mutes.Shown mute =
                new Mutes.Shown(
                        "console-" + UUID.randomUUID(),
                        effect,
                        wanted.scope,
                        isForAll ? null : operator,
                        matcher,
                        viewer.name(),
                        wanted.reason,
                        wanted.caseNumber,
                        now,
                        now + TimeUnit.MINUTES.toMillis(wanted.minutes),
                        null);
        byte[] message = isForAll ? message(mute) : null;
        audit.write(
                actor,
                effect.name(),
                mute.muteId(),
                mute.reason(),
                Map.of("mute", mute),
                mute.matcher().plate() == null ? null : Audit.readers(viewer));
        if (isForAll) {
            broker.send(Topics.MUTES, mute.muteId(), message, Map.of());
        } else {
            jdbc.sql("INSERT INTO operator_mute (mute_id, body, ends_at) VALUES (?, ?::jsonb, ?)")
                    .params(mute.muteId(), Json.text(mute), new Timestamp(mute.to()))
                    .update();
        }
        mutes.put(mute);
        return mute;
    }

    private static void requireShort(Mutes.Matcher of) {
        EnteredText.checked("matcher.type", of.type(), MAX_NAME);
        EnteredText.checked("matcher.site", of.site(), MAX_NAME);
        EnteredText.checked("matcher.deviceId", of.deviceId(), MAX_NAME);
        EnteredText.checked("matcher.plate", of.plate(), MAX_NAME);
        EnteredText.checked("matcher.cell", of.cell(), MAX_NAME);
        EnteredText.checked("matcher.source", of.source(), MAX_NAME);
        EnteredText.checked("matcher.reason", of.reason(), MAX_NAME);
        EnteredText.checked("matcher.municipality", of.municipality(), MAX_NAME);
    }

    /** A mute for all covers the own sites alone; who has one site need not name it. */
    private static Mutes.Matcher ofOwnSite(Mutes.Matcher of, Viewer viewer) {
        if (of.site() == null && viewer.sites().size() == 1) {
            return of.at(viewer.sites().iterator().next());
        }
        if (!viewer.coversSites(Viewer.sitesOf(of.site()))) {
            throw Problem.invalid("matcher.site", of.site(), "one of the own sites");
        }
        return of;
    }

    /** Whether a supervisor may end it: what concerns other sites is theirs to end. */
    private boolean isOfOwnSites(Mutes.Shown mute, Viewer viewer) {
        if (mute.scope() == Mutes.Scope.ALL) {
            return viewer.coversSites(Viewer.sitesOf(mute.matcher().site()));
        }
        Accounts.Account concerned = accounts.any(mute.operator());
        return concerned != null && viewer.coversSites(concerned.sites());
    }

    private static byte[] message(Mutes.Shown mute) {
        Mutes.Matcher of = mute.matcher();
        if (of.source() != null
                || of.reason() != null
                || of.municipality() != null
                || of.area() != null) {
            throw Problem.invalid("matcher", "dispatch knows no source, reason or area");
        }
        return Mute.CODEC.write(
                new Mute(
                        mute.muteId(),
                        new Mute.Matcher(
                                of.kind(),
                                of.type(),
                                of.site(),
                                of.deviceId(),
                                of.plate(),
                                of.cell()),
                        mute.author(),
                        mute.reason(),
                        mute.caseNumber(),
                        mute.from(),
                        mute.to()));
    }

    @DeleteMapping("/api/mutes/{muteId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void unmute(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String muteId) {
        Mutes.Shown mute =
                mutes.visible(actor.viewer()).stream()
                        .filter(each -> each.muteId().equals(muteId))
                        .findFirst()
                        .orElseThrow(Problem::notFound);
        Viewer viewer = actor.viewer();
        boolean isOwn = mute.author().equals(viewer.name());
        if (!isOwn && !(viewer.is(Role.SUPERVISOR) && isOfOwnSites(mute, viewer))) {
            throw Problem.of(HttpStatus.FORBIDDEN, "forbidden", "another's mute");
        }
        audit.write(
                actor,
                mute.effect() == Mutes.Effect.SUBSCRIBE ? "UNSUBSCRIBE" : "UNMUTE",
                muteId,
                null,
                null);
        if (mute.scope() == Mutes.Scope.ALL) {
            broker.send(Topics.MUTES, muteId, null, Map.of());
        } else {
            jdbc.sql("DELETE FROM operator_mute WHERE mute_id = ?").param(muteId).update();
        }
        mutes.remove(muteId);
    }

    @GetMapping("/api/views")
    Map<String, Object> views(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        return Map.of(
                "views",
                jdbc.sql("SELECT * FROM saved_view WHERE owner = ? OR shared ORDER BY created_at")
                        .param(actor.viewer().name())
                        .query(
                                (row, n) ->
                                        new View(
                                                row.getString("view_id"),
                                                row.getString("name"),
                                                row.getString("query"),
                                                row.getBoolean("shared"),
                                                row.getString("owner"),
                                                row.getTimestamp("created_at").getTime()))
                        .list());
    }

    @PostMapping("/api/views")
    View save(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody NewView wanted) {
        if (wanted.name == null || wanted.name.isBlank() || wanted.name.length() > 80) {
            throw Problem.invalid("name", "1 to 80 characters");
        }
        if (wanted.query == null || wanted.query.length() > MAX_TEXT) {
            throw Problem.invalid("query", "at most " + MAX_TEXT + " characters");
        }
        boolean isShared = Boolean.TRUE.equals(wanted.shared);
        if (isShared && !actor.viewer().is(Role.SUPERVISOR)) {
            throw Problem.of(HttpStatus.FORBIDDEN, "forbidden", "only a supervisor shares");
        }
        // The plate may be that of something covert, which others would read in the view.
        if (isShared && namesPlate(wanted.query)) {
            throw Problem.invalid("query", "a plate", "a shared view without a plate");
        }
        long now = System.currentTimeMillis();
        View view =
                new View(
                        UUID.randomUUID().toString(),
                        wanted.name,
                        wanted.query,
                        isShared,
                        actor.viewer().name(),
                        now);
        jdbc.sql("INSERT INTO saved_view VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        view.viewId,
                        view.owner,
                        view.name,
                        view.query,
                        view.shared,
                        new Timestamp(now))
                .update();
        return view;
    }

    private static boolean namesPlate(String query) {
        return Arrays.stream(query.replaceFirst("^[?]", "").split("&"))
                .map(each -> URLDecoder.decode(each.split("=", 2)[0], StandardCharsets.UTF_8))
                .anyMatch("plate"::equals);
    }

    @DeleteMapping("/api/views/{viewId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String viewId) {
        int deleted =
                jdbc.sql("DELETE FROM saved_view WHERE view_id = ? AND owner = ?")
                        .params(viewId, actor.viewer().name())
                        .update();
        if (deleted == 0) {
            throw Problem.notFound();
        }
    }
}
