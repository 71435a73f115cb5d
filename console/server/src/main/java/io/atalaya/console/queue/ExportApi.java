package io.atalaya.console.queue;

import io.atalaya.console.audit.Audit;
import io.atalaya.console.item.Item;
import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Hash;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Viewer;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Lets items out of the house, with the name of who took them in each row. */
@RestController
class ExportApi {
    static final int MAX_ROWS = 1_000;
    private static final int MAX_TEXT = 1024;
    private static final int MAX_CASE = 64;
    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "list",
                    "kind",
                    "type",
                    "status",
                    "priority",
                    "score",
                    "site",
                    "deviceId",
                    "latitude",
                    "longitude",
                    "plate",
                    "reason",
                    "source",
                    "headline",
                    "openedAt",
                    "updatedAt",
                    "events",
                    "outcome",
                    "answeredBy",
                    "watermark");

    record Wanted(String query, String purpose, String caseNumber) {}

    /**
     * What belongs to the file of rows.
     *
     * @param truncated whether there were more
     * @param auditHash of the record of the look-up; not its number, which says how many others
     *     there were
     */
    record Manifest(
            String exportId,
            String user,
            String organisation,
            long time,
            String purpose,
            String caseNumber,
            String query,
            int rows,
            boolean truncated,
            String file,
            String sha256,
            String auditHash) {}

    private final Views views;
    private final Audit audit;
    private final Limits limits;

    ExportApi(Views views, Audit audit, Limits limits) {
        this.views = views;
        this.audit = audit;
        this.limits = limits;
    }

    @PostMapping("/api/exports")
    ResponseEntity<byte[]> export(
            @RequestAttribute(Audit.ACTOR) Audit.Actor actor, @RequestBody Wanted wanted)
            throws IOException {
        Audit.requirePurpose(wanted.purpose);
        EnteredText.required("caseNumber", wanted.caseNumber, MAX_CASE);
        if (wanted.query == null || wanted.query.length() > MAX_TEXT) {
            throw Problem.invalid("query", "at most " + MAX_TEXT + " characters");
        }
        Views.Filter filter = Views.Filter.of(Views.Filter.parameters(wanted.query));
        Viewer viewer = actor.viewer();
        Views.Page page = views.page(viewer, filter, null, MAX_ROWS);
        limits.countAll(Limits.Limit.PLATES, viewer.name(), page.plates());
        String exportId = UUID.randomUUID().toString();
        long now = System.currentTimeMillis();
        byte[] rows =
                csv(page.items(), viewer.name() + " " + time(now) + " " + wanted.caseNumber)
                        .getBytes(StandardCharsets.UTF_8);
        String sha256 = Hash.of(rows);
        Audit.Written written =
                audit.write(
                        actor,
                        "EXPORT",
                        exportId,
                        wanted.purpose,
                        Map.of(
                                "query",
                                wanted.query,
                                "caseNumber",
                                wanted.caseNumber,
                                "results",
                                page.items().size(),
                                "plates",
                                page.plates(),
                                "sha256",
                                sha256),
                        Audit.readers(viewer));
        String file = exportId + ".csv";
        Manifest manifest =
                new Manifest(
                        exportId,
                        viewer.name(),
                        viewer.agency(),
                        now,
                        wanted.purpose,
                        wanted.caseNumber,
                        wanted.query,
                        page.items().size(),
                        page.next() != null,
                        file,
                        sha256,
                        written.hash());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(file));
            zip.write(rows);
            zip.putNextEntry(new ZipEntry("manifest.json"));
            zip.write(Json.text(manifest).getBytes(StandardCharsets.UTF_8));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .header("Content-Disposition", "attachment; filename=\"" + exportId + ".zip\"")
                .body(bytes.toByteArray());
    }

    static String csv(List<Item> items, String watermark) {
        return String.join(",", COLUMNS)
                + "\r\n"
                + items.stream()
                        .map(item -> row(item, watermark) + "\r\n")
                        .collect(Collectors.joining());
    }

    private static String row(Item item, String watermark) {
        return Arrays.asList(
                        item.id(),
                        item.list(),
                        item.kind(),
                        item.type(),
                        item.status(),
                        item.priority(),
                        item.score(),
                        item.site(),
                        item.deviceId(),
                        item.place() == null ? null : item.place().latitude(),
                        item.place() == null ? null : item.place().longitude(),
                        item.plate(),
                        item.reason(),
                        item.source(),
                        item.headline() == null ? null : item.headline().es(),
                        time(item.openedAt()),
                        time(item.updatedAt()),
                        item.eventCount(),
                        item.answer() == null ? null : item.answer().outcome(),
                        item.answer() == null ? null : item.answer().operator(),
                        watermark)
                .stream()
                .map(ExportApi::cell)
                .collect(Collectors.joining(","));
    }

    private static String time(long at) {
        return Instant.ofEpochMilli(at).toString();
    }

    private static String cell(Object value) {
        String text = value == null ? "" : value.toString();
        // A spreadsheet would take it for a formula.
        boolean isFormula =
                !(value instanceof Number)
                        && !text.isEmpty()
                        && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
        return '"' + (isFormula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
