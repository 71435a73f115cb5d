package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditRecord;
import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The after-action report of one incident as a page without scripts or links to other servers: when
 * who was sent what and answered what, by the audit; title and place from messages that are still
 * kept and are those that were audited.
 */
public final class IncidentPage {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS xxx", Locale.ROOT);

    private static final Map<String, String> WHAT =
            Map.of(
                    Topics.DISPATCH_TOLUCA, "Sent to site",
                    Topics.DISPATCH_ECATEPEC, "Sent to site",
                    Topics.ANNOUNCEMENTS, "Sent to loudspeaker",
                    Topics.NATIONAL_EXCHANGE, "Sent to agency",
                    Topics.DELIVERIES, "Delivery to system",
                    Topics.DECISIONS, "Decision",
                    Topics.DISPATCH_RESPONSES, "Answer of");

    private static final double METRES_PER_DEGREE = 111_320;
    private static final double MIN_METRES = 100;
    private static final int PIXELS = 480;

    private final String incidentId;
    private final ZoneId zone;
    private final List<Row> rows = new ArrayList<>();
    private final Set<String> addresses = new HashSet<>();
    private final Map<String, RawRecord> sent = new HashMap<>();

    private record Row(int partition, AuditRecord record) {
        Envelope envelope() {
            return record.envelope();
        }
    }

    public IncidentPage(String incidentId, ZoneId zone) {
        this.incidentId = incidentId;
        this.zone = zone;
    }

    /** Takes a record of the audit, in any order. */
    public void addAudited(int partition, AuditRecord record) {
        if (incidentId.equals(record.envelope().incidentId())) {
            rows.add(new Row(partition, record));
            addresses.add(record.envelope().address());
        }
    }

    /**
     * Takes a message that is still kept, after the audit: those of other incidents are left out.
     */
    public void addSent(RawRecord message) {
        String address = message.address().toString();
        if (addresses.contains(address)) {
            sent.put(address, message);
        }
    }

    /** Whether the audit has nothing about the incident. */
    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The page. */
    public String html() {
        rows.sort(
                Comparator.comparingLong((Row row) -> row.envelope().time())
                        .thenComparing(row -> row.envelope().topic())
                        .thenComparingInt(row -> row.envelope().partition())
                        .thenComparingLong(row -> row.envelope().offset()));
        TreeMap<Long, Incident> revisions = revisions();
        StringBuilder out = new StringBuilder();
        out.append(
                        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Incident ")
                .append(escaped(incidentId))
                .append("</title>\n<style>body{font:14px sans-serif;margin:2em}")
                .append("td,th{padding:.2em .6em;text-align:left;border-bottom:1px solid #ccc}")
                .append(".bad{color:#b00;font-weight:bold}svg{border:1px solid #ccc}</style>\n");
        out.append("<h1>Incident ").append(escaped(incidentId)).append("</h1>\n");
        if (revisions.isEmpty()) {
            out.append("<p>No message that says what it was is kept any longer.</p>\n");
        } else {
            describe(revisions.lastEntry().getValue(), out);
            draw(revisions, out);
        }
        out.append("<h2>Who was sent what, and what was answered?</h2>\n<table>\n<tr>");
        for (String head :
                List.of("Time", "After", "What", "Who", "Purpose", "Reason", "Audit", "Message")) {
            out.append("<th>").append(head).append("</th>");
        }
        out.append("</tr>\n");
        rows.forEach(row -> append(row, out));
        return out.append("</table>\n</html>\n").toString();
    }

    /** The revisions in messages that are those that were audited. */
    private TreeMap<Long, Incident> revisions() {
        TreeMap<Long, Incident> revisions = new TreeMap<>();
        for (Row row : rows) {
            RawRecord message = sent.get(row.envelope().address());
            if (message == null
                    || !Topics.QUEUES.containsValue(message.topic())
                    || !isAudited(message, row)) {
                continue;
            }
            try {
                Incident incident = DispatchMessage.CODEC.read(message.value()).incident();
                revisions.put(incident.revision(), incident);
            } catch (InvalidRecordException e) {
                // It was sent and audited like this, and says nothing here.
            }
        }
        return revisions;
    }

    private static boolean isAudited(RawRecord message, Row row) {
        return Envelopes.of(message).equals(row.envelope());
    }

    private void describe(Incident incident, StringBuilder out) {
        if (incident.headline() != null) {
            out.append("<p><b>")
                    .append(escaped(incident.headline().es()))
                    .append("</b><br>")
                    .append(escaped(incident.headline().en()))
                    .append("</p>\n");
        }
        out.append("<p>")
                .append(escaped(incident.type()))
                .append(", priority ")
                .append(incident.priority())
                .append(", ")
                .append(incident.status())
                .append(incident.plate() == null ? "" : ", plate " + escaped(incident.plate()))
                .append(", opened ")
                .append(at(incident.openedAt()))
                .append("</p>\n");
    }

    /** The places of the revisions, with their radius, and the newest route. */
    private static void draw(TreeMap<Long, Incident> revisions, StringBuilder out) {
        List<Place> places =
                revisions.values().stream()
                        .map(Incident::place)
                        .filter(place -> place != null)
                        .distinct()
                        .toList();
        List<Place> route =
                revisions.lastEntry().getValue().route().stream()
                        .map(Incident.RoutePoint::place)
                        .toList();
        List<Place> all = new ArrayList<>(places);
        all.addAll(route);
        if (all.isEmpty()) {
            return;
        }
        View view = View.of(all);
        out.append("<h2>Where was it?</h2>\n");
        out.append("<svg width=\"%d\" height=\"%d\">\n".formatted(PIXELS, PIXELS));
        for (Place each : places) {
            out.append(
                    "<circle cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"#06c4\" stroke=\"#06c\"/>\n"
                            .formatted(view.x(each), view.y(each), view.radius(each)));
        }
        out.append("<polyline fill=\"none\" stroke=\"#c00\" stroke-width=\"2\" points=\"");
        route.forEach(each -> out.append("%d,%d ".formatted(view.x(each), view.y(each))));
        out.append("\"/>\n");
        List<Incident.RoutePoint> points = revisions.lastEntry().getValue().route();
        if (!points.isEmpty()) {
            mark("1", points.get(0).place(), view, out);
            mark("2", points.get(points.size() - 1).place(), view, out);
        }
        out.append("</svg>\n");
        out.append(
                String.format(
                        Locale.ROOT,
                        "<p>North is up. In the middle %.5f, %.5f; %.0f m wide. Blue: the place;"
                                + " red: the way from 1 to 2.</p>%n",
                        view.middle.latitude(),
                        view.middle.longitude(),
                        PIXELS * view.metresPerPixel));
    }

    private static void mark(String text, Place place, View view, StringBuilder out) {
        out.append(
                "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>\n"
                        .formatted(view.x(place) + 6, view.y(place) - 6, text));
    }

    /** North is up. */
    private record View(Place middle, double metresPerPixel) {
        static View of(List<Place> places) {
            View metres = new View(middle(places), 1);
            double half = MIN_METRES;
            for (Place each : places) {
                int far = Math.max(Math.abs(metres.east(each)), Math.abs(metres.north(each)));
                half = Math.max(half, far + metres.radius(each));
            }
            return new View(metres.middle, 2.2 * half / PIXELS);
        }

        private static Place middle(List<Place> places) {
            var latitudes = places.stream().mapToDouble(Place::latitude).summaryStatistics();
            var longitudes = places.stream().mapToDouble(Place::longitude).summaryStatistics();
            return new Place(
                    (latitudes.getMin() + latitudes.getMax()) / 2,
                    (longitudes.getMin() + longitudes.getMax()) / 2,
                    0);
        }

        private int east(Place place) {
            double metres =
                    (place.longitude() - middle.longitude())
                            * METRES_PER_DEGREE
                            * Math.cos(Math.toRadians(middle.latitude()));
            return (int) Math.round(metres / metresPerPixel);
        }

        private int north(Place place) {
            double metres = (place.latitude() - middle.latitude()) * METRES_PER_DEGREE;
            return (int) Math.round(metres / metresPerPixel);
        }

        int x(Place place) {
            return PIXELS / 2 + east(place);
        }

        int y(Place place) {
            return PIXELS / 2 - north(place);
        }

        int radius(Place place) {
            double metres = Math.min(place.radiusMetres(), Place.MAX_RADIUS_METRES);
            return (int) Math.max(3, metres / metresPerPixel);
        }
    }

    private void append(Row row, StringBuilder out) {
        Envelope envelope = row.envelope();
        out.append("<tr>");
        cell(at(envelope.time()), out);
        cell(
                String.format(
                        Locale.ROOT,
                        "%.1f s",
                        (envelope.time() - rows.get(0).envelope().time()) / 1000.0),
                out);
        cell(WHAT.getOrDefault(envelope.topic(), envelope.topic()), out);
        cell(envelope.who(), out);
        cell(envelope.purpose(), out);
        cell(envelope.reason(), out);
        cell(row.partition + "/" + row.record.number(), out);
        RawRecord message = sent.get(envelope.address());
        if (message == null) {
            cell("no longer kept", out);
        } else if (isAudited(message, row)) {
            cell("kept, as audited", out);
        } else {
            out.append("<td class=\"bad\">differs from the audit</td>");
        }
        out.append("</tr>\n");
    }

    private String at(long time) {
        return TIME.format(Instant.ofEpochMilli(time).atZone(zone));
    }

    private static void cell(String text, StringBuilder out) {
        out.append("<td>").append(escaped(text)).append("</td>");
    }

    private static String escaped(String text) {
        return text == null
                ? ""
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;");
    }
}
