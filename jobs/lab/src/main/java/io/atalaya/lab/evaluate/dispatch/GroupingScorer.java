package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.lab.evaluate.dispatch.Agreement.Grouped;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Grouping;
import io.atalaya.simulator.dispatch.TrueIncident;
import io.atalaya.simulator.dispatch.TrueIncident.Subject;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the incidents with what really happened. */
final class GroupingScorer {
    private static final Set<Purpose> NOTIFYING = EnumSet.of(Purpose.ASSIGN, Purpose.DIGEST);

    private final DispatchLog log;
    private final List<TrueIncident> truth;

    /** The incident that holds each event at the end. */
    private final Map<String, Incident> holders = new HashMap<>();

    private GroupingScorer(DispatchLog log, List<TrueIncident> truth) {
        this.log = log;
        this.truth = truth;
        for (Incident incident : log.incidentsAtEnd()) {
            incident.events()
                    .forEach(
                            event ->
                                    holders.merge(
                                            event.eventId(),
                                            incident,
                                            (a, b) -> a.revision() > b.revision() ? a : b));
        }
    }

    static Grouping score(DispatchLog log, List<TrueIncident> truth) {
        return new GroupingScorer(log, truth).grouping();
    }

    private Grouping grouping() {
        List<Grouped> events = new ArrayList<>();
        int unseen = 0;
        int wrongSplits = 0;
        int needless = 0;
        int trueIncidents = 0;
        Set<String> sent =
                log.messages().stream()
                        .filter(message -> NOTIFYING.contains(message.message().purpose()))
                        .map(message -> message.incident().incidentId())
                        .collect(Collectors.toSet());
        Map<String, Set<String>> trueIncidentsOf = new HashMap<>();
        Map<String, Set<Subject>> subjectsOf = new HashMap<>();
        for (TrueIncident each : truth) {
            Set<String> found = new HashSet<>();
            Set<String> seenDevices = new HashSet<>();
            for (String event : each.events()) {
                Incident holder = holders.get(event);
                if (holder != null) {
                    found.add(holder.incidentId());
                    seenDevices.add(device(event));
                    events.add(new Grouped(each.incidentId(), holder.incidentId()));
                    trueIncidentsOf
                            .computeIfAbsent(holder.incidentId(), any -> new HashSet<>())
                            .add(each.incidentId());
                    subjectsOf
                            .computeIfAbsent(
                                    holder.incidentId(), any -> EnumSet.noneOf(Subject.class))
                            .add(each.subject());
                }
            }
            if (!each.isNotified()) {
                needless += Collections.disjoint(found, sent) ? 0 : 1;
                continue;
            }
            trueIncidents++;
            for (String event : each.events()) {
                // A repeated press is part of the first one.
                if (!holders.containsKey(event) && !seenDevices.contains(device(event))) {
                    events.add(new Grouped(each.incidentId(), "none: " + event));
                    found.add("none: " + event);
                    unseen++;
                }
            }
            wrongSplits += found.size() > 1 ? 1 : 0;
        }
        return new Grouping(
                trueIncidents,
                events.size(),
                unseen,
                Agreement.ofPairs(events),
                Agreement.bCubed(events),
                (int) trueIncidentsOf.values().stream().filter(all -> all.size() > 1).count(),
                wrongSplits,
                (int)
                        subjectsOf.values().stream()
                                .filter(all -> all.size() > 1 && all.contains(Subject.VEHICLE))
                                .count(),
                needless);
    }

    /** The device of an event such as {@code device:BTN-1/17}; the event itself if it has none. */
    private static String device(String eventId) {
        String deviceId = EventId.deviceId(eventId);
        return deviceId == null ? eventId : EventId.of(EventId.Source.DEVICE, deviceId);
    }
}
