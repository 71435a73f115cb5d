package io.atalaya.lab.demo;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.text.Text;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Formats incidents for the console: when a site receives one, all of it with its story so far;
 * then a line for each further decision about it.
 */
final class IncidentPrinter {
    private static final int LABEL = 12;
    private static final int EVENTS = 4;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16,}");

    /** Incidents whose story is kept; the demo has fewer. */
    private static final int MAX_STORIES = 10_000;

    private final Language language;
    private final AnsiColor color;
    private final ZoneId zone;
    private final Map<String, Story> stories = new HashMap<>();

    /** What was decided about an incident, and the message by which a site received it. */
    private static final class Story {
        private final List<Decision> decisions = new ArrayList<>();
        private String site;
        private Incident incident;
        private boolean isShown;

        /** The topics have no order, so that its beginning may be read after the message. */
        boolean isComplete() {
            return incident != null
                    && decisions.stream().anyMatch(each -> each.kind() == Decision.Kind.OPENED);
        }

        /** Its beginning first, which is decided together with what follows from it. */
        List<Decision> inOrder() {
            return decisions.stream()
                    .sorted(Comparator.comparing(each -> each.kind() != Decision.Kind.OPENED))
                    .toList();
        }
    }

    IncidentPrinter(Language language, AnsiColor color, ZoneId zone) {
        this.language = language;
        this.color = color;
        this.zone = zone;
    }

    /** What to print when a site receives a message, or null. */
    String onMessage(String site, DispatchMessage message) {
        Story story = story(message.incident().incidentId());
        if (story != null
                && story.incident == null
                && message.purpose() == DispatchMessage.Purpose.ASSIGN) {
            story.site = site;
            story.incident = message.incident();
        }
        return first(story);
    }

    /** What to print of a decision, or null. */
    String onDecision(Decision decision) {
        Story story = decision.incidentId() == null ? null : story(decision.incidentId());
        if (story == null) {
            return null;
        }
        story.decisions.add(decision);
        return story.isShown ? change(decision) : first(story);
    }

    /** The whole incident, once its story is complete. */
    private String first(Story story) {
        if (story == null || story.isShown || !story.isComplete()) {
            return null;
        }
        story.isShown = true;
        return whole(story.site, story.incident, story);
    }

    private String change(Decision decision) {
        return color.faint(
                "%s   └ %s  (%s)"
                        .formatted(
                                Screen.clock(decision.time(), zone),
                                words(decision),
                                Screen.shortId(decision.incidentId())));
    }

    private Story story(String incidentId) {
        return stories.size() < MAX_STORIES
                ? stories.computeIfAbsent(incidentId, any -> new Story())
                : stories.get(incidentId);
    }

    private String whole(String site, Incident incident, Story story) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s %s %s%s  %s"
                        .formatted(
                                Screen.clock(incident.openedAt(), zone),
                                color.alarm(language.of("INCIDENTE", "INCIDENT")),
                                color.strong(
                                        of(incident.headline(), incident.type()) + " → " + site),
                                incident.covert() ? language.covert(incident.notified()) : "",
                                Screen.shortId(incident.incidentId())));
        lines.add(line(language.of("eventos", "events"), events(incident)));
        lines.add(line(language.of("urgencia", "urgency"), priority(incident)));
        String label = language.of("historia", "story");
        for (Decision decision : story.inOrder()) {
            lines.add(line(label, Screen.clock(decision.time(), zone) + " " + words(decision)));
            label = "";
        }
        return String.join("\n", lines);
    }

    private String events(Incident incident) {
        String events =
                incident.events().stream()
                        .limit(EVENTS)
                        .map(
                                event ->
                                        "%s %s"
                                                .formatted(
                                                        Screen.clock(event.time(), zone),
                                                        of(event.summary(), event.type())))
                        .collect(Collectors.joining(", "));
        int more = incident.events().size() - EVENTS;
        return more > 0 ? events + language.format(" y %d más", " and %d more", more) : events;
    }

    private String priority(Incident incident) {
        String parts =
                incident.priorityParts().stream()
                        .map(
                                part ->
                                        language.format(
                                                "%s (%+.0f)",
                                                "%s (%+.0f)",
                                                of(part.text(), part.code()),
                                                part.points()))
                        .collect(Collectors.joining("; "));
        return incident.priority() + (parts.isEmpty() ? "" : ": " + parts);
    }

    private String of(Text.Translation text, String code) {
        String words = text == null ? null : language.of(text.es(), text.en());
        return words == null ? code : words;
    }

    private String words(Decision decision) {
        String what =
                switch (decision.kind()) {
                    case OPENED -> language.of("abierto", "opened");
                    case ATTACHED -> language.of("se agregó un evento", "an event was added");
                    case CANDIDATE -> language.of("espera a una persona", "waits for a person");
                    case MERGED -> language.of("unido con otro", "merged with another");
                    case SPLIT -> language.of("separado de otro", "split off another");
                    case LINKED -> language.of("relacionado con otro", "linked to another");
                    case PRIORITIZED -> language.of("otra prioridad", "another priority");
                    case ROUTED -> language.of("asignado", "assigned");
                    case ESCALATED -> language.of("escalado", "escalated");
                    case REMINDED -> language.of("recordado", "reminded");
                    case FAILED_OVER ->
                            language.of("pasa al otro centro", "moved to the other site");
                    case WITHDRAWN -> language.of("retirado de un centro", "withdrawn from a site");
                    case RETRACTED -> language.of("desmentido", "retracted");
                    case SUPPRESSED -> language.of("no se envía", "not sent");
                    case HELD -> language.of("espera confirmación", "waits for confirmation");
                    case INHIBITED -> language.of("otro incidente lo cubre", "covered by another");
                    case MUTED -> language.of("silenciado", "muted");
                    case BUDGETED -> language.of("sin interrumpir", "without interruption");
                    case FLOOD_BEGAN -> language.of("empieza una avalancha", "a flood began");
                    case FLOOD_ENDED -> language.of("termina la avalancha", "the flood ended");
                    case TRANSITION -> language.of("respuesta", "answer");
                    case REJECTED_TRANSITION ->
                            language.of("respuesta no posible", "answer not possible");
                    case EXPIRED -> language.of("vencido", "expired");
                };
        String details =
                decision.details().stream()
                        .filter(detail -> !detail.value().isEmpty())
                        .filter(detail -> !detail.name().equals("epoch"))
                        .map(detail -> name(detail.name()) + " " + shortened(detail.value()))
                        .collect(Collectors.joining(", "));
        return what
                + ": "
                + of(decision.text(), decision.reason())
                + (details.isEmpty() ? "" : " (" + details + ")");
    }

    private String name(String detail) {
        return switch (detail) {
            case "site" -> language.of("centro", "site");
            case "position" -> language.of("puesto", "position");
            case "operator" -> language.of("operador", "operator");
            case "from" -> language.of("de", "from");
            case "to" -> language.of("a", "to");
            case "other" -> language.of("otro", "other");
            case "digest" -> language.of("lista", "list");
            default -> detail;
        };
    }

    /** The ids of other incidents are long. */
    private static String shortened(String value) {
        return ID.matcher(value).matches() ? Screen.shortId(value) : value;
    }

    private static String line(String label, String text) {
        return " ".repeat(2) + label + " ".repeat(LABEL - 2 - label.length()) + text;
    }
}
