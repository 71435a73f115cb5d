package io.atalaya.campaign;

import io.atalaya.campaign.Finding.Kind;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.dispatch.Incident.Status;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Checks the invariants of all incidents of a world, and of the messages to the sites. */
final class IncidentLedger {
    /** Longer ago an incident may be forgotten, so that its events found another. */
    private static final long REMEMBERED_MS = 24 * 3_600_000;

    private final Map<String, Incident> last = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Incident.Kind> kinds = new HashMap<>();
    private final Map<String, Set<String>> holders = new HashMap<>();
    private final Consumer<Finding> findings;

    IncidentLedger(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /** Checks the next revision of an incident. */
    void add(Incident incident) {
        Incident before = last.put(incident.incidentId(), incident);
        if (before == null) {
            ids.add(incident.incidentId());
        } else if (incident.revision() <= before.revision()) {
            find(
                    Kind.REVISION,
                    "incident",
                    incident,
                    "got revision " + incident.revision() + " after " + before.revision());
        }
        for (Incident.Event event : incident.events()) {
            Incident.Kind kind = kinds.putIfAbsent(event.eventId(), incident.kind());
            if (kind == Incident.Kind.VEHICLE && incident.kind() != kind) {
                find(
                        Kind.VEHICLE_IN_PLACE,
                        incident.kind().name(),
                        incident,
                        event.eventId() + " was in an incident of a vehicle");
            }
        }
    }

    /** Notes which sites may take an incident; one notified that it is closed is done. */
    void add(String site, DispatchMessage message) {
        Incident incident = message.incident();
        Set<String> sites = holders.computeIfAbsent(incident.incidentId(), any -> new TreeSet<>());
        if (message.purpose() == Purpose.WITHDRAWN || incident.status() == Status.CLOSED) {
            sites.remove(site);
        } else if (message.epoch() != null) {
            sites.add(site);
        }
    }

    /** Checks what holds whenever nothing is on its way. */
    void requireConsistent(long now) {
        Map<String, Incident> byEvent = new HashMap<>();
        for (Incident incident : last.values()) {
            if (incident.revision() < now - REMEMBERED_MS) {
                continue;
            }
            for (Incident.Event event : incident.events()) {
                Incident other = byEvent.put(event.eventId(), incident);
                if (other != null) {
                    find(
                            Kind.EVENT_IN_TWO_INCIDENTS,
                            incident.kind() + " and " + other.kind(),
                            incident,
                            event.eventId() + " is also in " + other.incidentId());
                }
            }
            requireReplacement(incident);
            requireOneOwner(incident);
        }
    }

    private void requireReplacement(Incident incident) {
        if (!incident.events().isEmpty() || incident.kind() == Incident.Kind.DIGEST) {
            return;
        }
        boolean isReplaced =
                incident.links().stream()
                        .filter(link -> link.relation() == Relation.REPLACED)
                        .map(Link::incidentId)
                        .anyMatch(last::containsKey);
        if (!isReplaced) {
            find(Kind.ID_WITHOUT_INCIDENT, incident.kind().name(), incident, "no replacement");
        }
    }

    private void requireOneOwner(Incident incident) {
        boolean isOwned =
                incident.status() == Status.ACCEPTED || incident.status() == Status.ON_SCENE;
        Set<String> others = new TreeSet<>(holders.getOrDefault(incident.incidentId(), Set.of()));
        if (isOwned && incident.assignment() != null) {
            others.remove(incident.assignment().site());
            incident.assignments().forEach(each -> others.remove(each.site()));
            if (!others.isEmpty()) {
                find(
                        Kind.TWO_OWNERS,
                        incident.status().name(),
                        incident,
                        incident.assignment() + ", and also sent to " + others);
            }
        }
    }

    private void find(Kind kind, String where, Incident incident, String detail) {
        findings.accept(new Finding(kind, where, incident.incidentId() + ": " + detail, null));
    }

    /** Ids of all incidents, in the order in which they were first sent. */
    List<String> ids() {
        return ids;
    }

    Incident incident(String incidentId) {
        return last.get(incidentId);
    }

    /** The number of events in all of them. */
    int events() {
        return kinds.size();
    }

    Collection<Incident> incidents() {
        return last.values();
    }
}
