package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What another policy changes on the same day.
 *
 * @param regrouped incidents whose events are grouped differently
 * @param reprioritized incidents of the same events with another priority
 * @param rerouted incidents of the same events that were sent to other sites or positions, or at
 *     another time
 */
record PolicyChanges(List<String> regrouped, List<String> reprioritized, List<String> rerouted) {

    /** Instead of a position: it interrupts no one. */
    private static final String IN_A_LIST = "in a list";

    private static final int SHORT_ID = 8;

    private record Assigned(String site, String position, long afterMillis) {}

    static PolicyChanges between(DispatchRun first, DispatchRun second) {
        Map<Set<String>, Incident> others = new HashMap<>();
        Map<String, Set<String>> holders = new HashMap<>();
        for (Incident incident : second.log().incidentsAtEnd()) {
            others.put(events(incident), incident);
            events(incident)
                    .forEach(
                            event ->
                                    holders.computeIfAbsent(event, any -> new TreeSet<>())
                                            .add(incident.incidentId()));
        }
        Map<String, List<Assigned>> sent = sent(first.log());
        Map<String, List<Assigned>> otherSent = sent(second.log());
        PolicyChanges changes =
                new PolicyChanges(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Incident incident : first.log().incidentsAtEnd()) {
            Incident other = others.get(events(incident));
            if (other == null) {
                Set<String> now = new TreeSet<>();
                events(incident).stream()
                        .flatMap(event -> holders.getOrDefault(event, Set.of()).stream())
                        .map(PolicyChanges::shortId)
                        .forEach(now::add);
                changes.regrouped.add(
                        "%s: its %d events are in %d incidents: %s"
                                .formatted(
                                        name(incident), incident.events().size(), now.size(), now));
                continue;
            }
            if (incident.priority() != other.priority()) {
                changes.reprioritized.add(
                        "%s: priority %d instead of %d"
                                .formatted(name(incident), other.priority(), incident.priority()));
            }
            List<Assigned> before = sent.getOrDefault(incident.incidentId(), List.of());
            List<Assigned> after = otherSent.getOrDefault(other.incidentId(), List.of());
            if (!before.equals(after)) {
                changes.rerouted.add(
                        "%s: %s instead of %s"
                                .formatted(name(incident), text(after), text(before)));
            }
        }
        return changes;
    }

    /** The assignments and lists of each incident, with the time since its first event. */
    private static Map<String, List<Assigned>> sent(DispatchLog log) {
        Map<String, List<Assigned>> sent = new HashMap<>();
        Map<String, Incident> opened = log.lastRevisions();
        for (DispatchLog.Message message : log.messages()) {
            Incident incident = message.incident();
            if (message.message().purpose() == Purpose.ASSIGN) {
                sent.computeIfAbsent(incident.incidentId(), any -> new ArrayList<>())
                        .add(
                                new Assigned(
                                        message.site(),
                                        incident.assignment() == null
                                                ? null
                                                : incident.assignment().position(),
                                        message.time() - incident.openedAt()));
            } else if (incident.kind() == Incident.Kind.DIGEST) {
                incident.links().stream()
                        .filter(link -> link.relation() == Relation.CHILD)
                        .map(link -> opened.get(link.incidentId()))
                        .filter(child -> child != null)
                        .forEach(
                                child ->
                                        addOnce(
                                                sent.computeIfAbsent(
                                                        child.incidentId(),
                                                        any -> new ArrayList<>()),
                                                new Assigned(
                                                        message.site(),
                                                        IN_A_LIST,
                                                        message.time() - child.openedAt())));
            }
        }
        return sent;
    }

    /** A list is sent again with each incident that is added to it. */
    private static void addOnce(List<Assigned> all, Assigned next) {
        boolean isKnown =
                all.stream()
                        .anyMatch(
                                each ->
                                        IN_A_LIST.equals(each.position)
                                                && each.site.equals(next.site));
        if (!isKnown) {
            all.add(next);
        }
    }

    private static String text(List<Assigned> assigned) {
        if (assigned.isEmpty()) {
            return "no site";
        }
        List<String> texts = new ArrayList<>();
        for (Assigned each : assigned) {
            texts.add(
                    "%s%s after %d s"
                            .formatted(
                                    each.site,
                                    each.position == null ? "" : " " + each.position,
                                    each.afterMillis / 1_000));
        }
        return String.join(", ", texts);
    }

    private static String name(Incident incident) {
        return "%s %s at %s"
                .formatted(
                        incident.type(),
                        shortId(incident.incidentId()),
                        Instant.ofEpochMilli(incident.openedAt()).truncatedTo(ChronoUnit.SECONDS));
    }

    private static String shortId(String id) {
        return "#" + id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    private static Set<String> events(Incident incident) {
        Set<String> events = new HashSet<>();
        incident.events().forEach(event -> events.add(event.eventId()));
        return events;
    }
}
