package io.atalaya.console.map;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.connection.Settings;
import io.atalaya.console.item.Items;
import io.atalaya.console.item.Trust;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Routes;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the map shows beside items. */
@RestController
class PlacesApi {
    /**
     * How far a device is trusted, as far as everybody may know.
     *
     * @param correctShare of the answers, with one correct and one wrong before the first one, so
     *     that a single answer does not decide
     * @param value score of a plain read at the device
     */
    record Reliability(Map<String, Integer> answers, double correctShare, double value) {}

    record Layer(String name, String url, String type) {}

    private final Items items;
    private final Devices devices;
    private final Settings settings;
    private final Audit audit;

    PlacesApi(Items items, Devices devices, Settings settings, Audit audit) {
        this.audit = audit;
        this.items = items;
        this.devices = devices;
        this.settings = settings;
    }

    @GetMapping("/api/devices")
    Map<String, Object> devices(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        audit.write(actor, "LIST", "devices", null, null);
        return Map.of("devices", devices.all(actor.viewer()));
    }

    @GetMapping(value = "/api/devices/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    String device(@RequestAttribute(Audit.ACTOR) Audit.Actor actor, @PathVariable String id) {
        Devices.Shown shown = devices.get(id, actor.viewer());
        if (shown == null) {
            throw Problem.notFound();
        }
        Map<String, Integer> outcomes = new TreeMap<>(items.outcomes(id));
        int known =
                outcomes.values().stream().mapToInt(Integer::intValue).sum()
                        - outcomes.getOrDefault("NOT_ACTIONABLE", 0);
        Reliability trust =
                new Reliability(
                        outcomes,
                        (outcomes.getOrDefault("CORRECT", 0) + 1.0) / (known + 2),
                        shown.trust() == null ? Trust.value(List.of()) : shown.trust());
        // Who sees the map need not be one who reads items.
        String latest =
                actor.viewer().isOneOf(Routes.READING)
                        ? items.latestAlert(id, actor.viewer())
                        : null;
        audit.write(actor, "DEVICE", id, null, null);
        return "{\"device\":"
                + devices.json(id)
                + ",\"health\":\""
                + shown.health()
                + "\",\"faultItems\":"
                + Json.text(shown.faultItems())
                + ",\"trust\":"
                + Json.text(trust)
                + (latest == null ? "" : ",\"latestAlert\":" + latest)
                + "}";
    }

    @GetMapping("/api/sites")
    Map<String, Object> sites() {
        return Map.of("sites", devices.sites());
    }

    @GetMapping(value = "/api/videowall", produces = MediaType.APPLICATION_JSON_VALUE)
    String videowall(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        audit.write(actor, "LIST", "videowall", null, null);
        return "{\"records\":[" + String.join(",", devices.walls(actor.viewer())) + "]}";
    }

    @GetMapping(value = "/api/drone-tasks", produces = MediaType.APPLICATION_JSON_VALUE)
    String droneTasks(@RequestAttribute(Audit.ACTOR) Audit.Actor actor) {
        audit.write(actor, "LIST", "drone-tasks", null, null);
        return "{\"records\":[" + String.join(",", devices.tasks(actor.viewer())) + "]}";
    }

    @GetMapping("/api/basemap")
    Map<String, Object> basemap() throws IOException {
        if (settings.basemap() == null) {
            return Map.of("layers", List.of());
        }
        try (java.util.stream.Stream<Path> files = Files.list(settings.basemap())) {
            return Map.of(
                    "layers",
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.matches("[\\w.-]+\\.(geojson|pmtiles)"))
                            .sorted()
                            .map(
                                    name ->
                                            new Layer(
                                                    name.substring(0, name.lastIndexOf('.')),
                                                    "/api/basemap/" + name,
                                                    name.substring(name.lastIndexOf('.') + 1)))
                            .toList());
        }
    }

    /** A file of the base map; Spring answers requests for ranges of it. */
    @GetMapping("/api/basemap/{name}")
    ResponseEntity<Resource> file(@PathVariable String name, HttpServletResponse response)
            throws IOException {
        if (settings.basemap() == null
                || !name.matches("[\\w.-]+\\.(geojson|pmtiles)")
                || !Files.isRegularFile(settings.basemap().resolve(name))) {
            throw Problem.notFound();
        }
        Resource file = new FileSystemResource(settings.basemap().resolve(name));
        // Nothing in it is secret, and a map asks for the same parts again and again.
        response.setHeader("Cache-Control", "private, max-age=3600");
        return ResponseEntity.ok()
                .eTag(file.contentLength() + "-" + file.lastModified())
                .contentType(
                        name.endsWith("geojson")
                                ? MediaType.APPLICATION_JSON
                                : MediaType.APPLICATION_OCTET_STREAM)
                .body(file);
    }
}
