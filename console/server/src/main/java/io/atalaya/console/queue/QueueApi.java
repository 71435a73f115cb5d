package io.atalaya.console.queue;

import io.atalaya.console.account.Sessions;
import io.atalaya.console.act.Acts;
import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Settings;
import io.atalaya.console.item.Act;
import io.atalaya.console.item.Item;
import io.atalaya.console.item.Items;
import io.atalaya.console.map.Devices;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Limits.Limit;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.dispatch.Delivery;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The queue: items, their images, and the stream of what changes. */
@RestController
class QueueApi {
    private final Items items;
    private final Views views;
    private final Mutes mutes;
    private final Acts acts;
    private final Devices devices;
    private final Sessions sessions;
    private final Stream stream;
    private final Audit audit;
    private final Settings settings;
    private final Limits limits;

    QueueApi(
            Items items,
            Views views,
            Mutes mutes,
            Acts acts,
            Devices devices,
            Sessions sessions,
            Stream stream,
            Audit audit,
            Settings settings,
            Limits limits) {
        this.items = items;
        this.views = views;
        this.mutes = mutes;
        this.acts = acts;
        this.devices = devices;
        this.sessions = sessions;
        this.stream = stream;
        this.audit = audit;
        this.settings = settings;
        this.limits = limits;
    }

    @GetMapping(value = "/api/items", produces = MediaType.APPLICATION_JSON_VALUE)
    String items(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestParam(required = false) String after,
            @RequestParam(required = false) String purpose,
            @RequestParam(defaultValue = "" + Views.MAX_PAGE) int limit) {
        Views.Filter filter = Views.Filter.of(parameters);
        if (purpose != null) {
            Audit.requirePurpose(purpose);
        }
        Viewer viewer = actor.viewer();
        // Before the items, so that what changes meanwhile comes again by the stream.
        long seq = items.position();
        Views.Page page =
                views.page(viewer, filter, after, Math.max(1, Math.min(limit, Views.MAX_PAGE)));
        countPlates(viewer, filter, page.plates(), purpose);
        audit.write(
                actor,
                filter.plate() == null ? "LIST" : "SEARCH",
                "items",
                purpose,
                Map.of(
                        "query",
                        parameters,
                        "results",
                        page.items().size(),
                        "plates",
                        page.plates(),
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

    /**
     * Counts the rows with plates that the person gets.
     *
     * @throws Problem if there are too many for no reason; never for what waits, which a dispatcher
     *     has to see and the stream sends anyway
     */
    private void countPlates(Viewer viewer, Views.Filter filter, int plates, String purpose) {
        if (limits.count(Limit.PLATES, viewer.name(), plates)) {
            return;
        }
        boolean isSearch = filter.plate() != null || filter.lists().contains(Item.Tray.DONE);
        if (isSearch && purpose == null) {
            throw new Problem(
                    HttpStatus.FORBIDDEN,
                    new Problem.Body(
                            "reason-needed",
                            (limits.counted(Limit.PLATES, viewer.name()) + plates)
                                    + " rows with plates in an hour; expected at most "
                                    + limits.tries(Limit.PLATES)
                                    + ", or a purpose",
                            "purpose",
                            null));
        }
        limits.countAll(Limit.PLATES, viewer.name(), plates);
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
        List<Map<String, Object>> muted =
                mutes.holding(item, viewer).stream()
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

    @GetMapping("/api/stream")
    void stream(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor,
            @RequestHeader(value = "Last-Event-ID", required = false) String header,
            @RequestParam(value = "lastEventId", required = false) String parameter,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        // Once, because a record of each batch would delay those that follow.
        audit.write(actor, "STREAM", "stream", null, null);
        stream.open(sessions.of(request), header == null ? parameter : header, request, response);
    }
}
