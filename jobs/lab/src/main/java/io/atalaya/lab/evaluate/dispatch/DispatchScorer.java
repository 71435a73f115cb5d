package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.lab.evaluate.dispatch.Agreement.Grouped;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Deadline;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Delays;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Grouping;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Handover;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Quantiles;
import io.atalaya.lab.evaluate.dispatch.DispatchLog.Message;
import io.atalaya.simulator.dispatch.TrueIncident;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;
import io.atalaya.simulator.dispatch.TrueIncident.Subject;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Derives the figures of a day from what the job emitted. */
final class DispatchScorer {
    /** From this priority on an incident is never held back. */
    static final int GRAVE = 90;

    private static final long SECOND_MS = 1_000;

    /** The deadlines of the Norma Técnica 9-1-1, in seconds. */
    private static final long REGISTER = 90;

    private static final long DISPATCH = 120;
    private static final long ON_SCENE = 600;

    private static final Set<Purpose> TELLING = EnumSet.of(Purpose.ASSIGN, Purpose.DIGEST);

    /** An update can bring the first evidence of another true incident. */
    private static final Set<Purpose> IN_QUEUE =
            EnumSet.of(Purpose.ASSIGN, Purpose.DIGEST, Purpose.UPDATE);

    /** The job's reason for telling the next, because the first has rejected the incident. */
    private static final String REJECTED = "rejected";

    private final DispatchLog log;
    private final List<TrueIncident> truth;

    /** The last revision of each incident that is still one of its own. */
    private final Map<String, Incident> current = new HashMap<>();

    /** The incident that holds each event at the end. */
    private final Map<String, Incident> holders = new HashMap<>();

    private DispatchScorer(DispatchLog log, List<TrueIncident> truth) {
        this.log = log;
        this.truth = truth;
        for (Incident incident : log.lastRevisions().values()) {
            if (incident.kind() != Incident.Kind.DIGEST && !isReplaced(incident)) {
                current.put(incident.incidentId(), incident);
                incident.events()
                        .forEach(
                                event ->
                                        holders.merge(
                                                event.eventId(),
                                                incident,
                                                (a, b) -> a.revision() > b.revision() ? a : b));
            }
        }
    }

    private static boolean isReplaced(Incident incident) {
        return incident.links().stream().anyMatch(link -> link.relation() == Relation.REPLACED);
    }

    /**
     * @param truth empty if it is not known
     */
    static DispatchFigures score(DispatchLog log, List<TrueIncident> truth) {
        DispatchScorer scorer = new DispatchScorer(log, truth);
        return new DispatchFigures(
                scorer.current.size(),
                truth.isEmpty() ? null : scorer.grouping(),
                truth.isEmpty() ? null : scorer.delays(),
                PositionLoads.of(log),
                List.of(
                        scorer.deadline("register", REGISTER, Status.ACKNOWLEDGED),
                        scorer.deadline("dispatch", DISPATCH, Status.ACCEPTED),
                        scorer.deadline("on scene", ON_SCENE, Status.ON_SCENE)),
                scorer.handover(),
                scorer.decisions(),
                BadActors.of(log));
    }

    private Grouping grouping() {
        List<Grouped> events = new ArrayList<>();
        int unseen = 0;
        int wrongSplits = 0;
        int needless = 0;
        int trueIncidents = 0;
        Set<String> told =
                log.messages().stream()
                        .filter(message -> TELLING.contains(message.message().purpose()))
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
            if (each.outcome() == Outcome.NOTHING) {
                needless += Collections.disjoint(found, told) ? 0 : 1;
                continue;
            }
            trueIncidents++;
            for (String event : each.events()) {
                // A repeated press is told of as the first one.
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
    static String device(String eventId) {
        int end = eventId.lastIndexOf('/');
        return eventId.startsWith("device:") && end > 0 ? eventId.substring(0, end) : eventId;
    }

    private Delays delays() {
        Map<String, List<Message>> byEvent = new HashMap<>();
        Map<String, Set<String>> events = new HashMap<>();
        for (Incident incident : log.incidents()) {
            incident.events()
                    .forEach(
                            event ->
                                    events.computeIfAbsent(
                                                    incident.incidentId(), any -> new HashSet<>())
                                            .add(event.eventId()));
        }
        for (Message message : log.messages()) {
            if (IN_QUEUE.contains(message.message().purpose())) {
                for (String event : told(message, events)) {
                    byEvent.computeIfAbsent(event, any -> new ArrayList<>()).add(message);
                }
            }
        }
        Map<String, Set<String>> standIns = standIns();
        Histogram all = new Histogram(3);
        Histogram grave = new Histogram(3);
        int untold = 0;
        int elsewhere = 0;
        for (TrueIncident each : truth) {
            List<Message> messages =
                    each.events().stream()
                            .flatMap(event -> byEvent.getOrDefault(event, List.of()).stream())
                            .sorted((a, b) -> Long.compare(a.time(), b.time()))
                            .toList();
            if (each.outcome() == Outcome.NOTHING) {
                continue;
            }
            if (messages.isEmpty()) {
                untold += each.outcome() == Outcome.REAL ? 1 : 0;
                continue;
            }
            Message first =
                    messages.stream()
                            .filter(message -> isRight(message, each.site(), standIns))
                            .findFirst()
                            .orElse(null);
            if (first == null || first.time() > messages.get(0).time()) {
                elsewhere++;
            }
            if (first != null) {
                long delay = Math.max(0, first.time() - each.arrival());
                all.recordValue(delay);
                if (each.priority() >= GRAVE) {
                    grave.recordValue(delay);
                }
            }
        }
        return new Delays(quantiles(all), quantiles(grave), untold, elsewhere);
    }

    /** The sites that each incident was moved to because its own was down. */
    private Map<String, Set<String>> standIns() {
        Map<String, Set<String>> standIns = new HashMap<>();
        for (Decision decision : log.decisions()) {
            if (decision.kind() == Decision.Kind.FAILED_OVER && decision.incidentId() != null) {
                decision.details().stream()
                        .filter(detail -> detail.name().equals("to"))
                        .forEach(
                                detail ->
                                        standIns.computeIfAbsent(
                                                        decision.incidentId(),
                                                        any -> new HashSet<>())
                                                .add(detail.value()));
            }
        }
        return standIns;
    }

    /**
     * @param site of the truth; null: any
     */
    private static boolean isRight(
            Message message, String site, Map<String, Set<String>> standIns) {
        boolean isDigestOfSite =
                message.message().purpose() == Purpose.DIGEST
                        && site != null
                        && site.equals(message.incident().site());
        return site == null
                || message.site().equals(site)
                || isDigestOfSite
                || standIns.getOrDefault(message.incident().incidentId(), Set.of())
                        .contains(message.site());
    }

    /** The events that a message tells of; a digest names the incidents that it stands for. */
    private static Set<String> told(Message message, Map<String, Set<String>> events) {
        Set<String> told =
                message.incident().events().stream()
                        .map(Incident.Event::eventId)
                        .collect(Collectors.toCollection(HashSet::new));
        if (message.incident().kind() == Incident.Kind.DIGEST) {
            message.incident()
                    .links()
                    .forEach(link -> told.addAll(events.getOrDefault(link.incidentId(), Set.of())));
        }
        return told;
    }

    /** Counts from the first message about an incident; a close is an answer as well. */
    private Deadline deadline(String name, long seconds, Status answer) {
        Map<String, Long> told = new HashMap<>();
        for (Message message : log.messages()) {
            if (message.message().purpose() == Purpose.ASSIGN) {
                told.putIfAbsent(message.incident().incidentId(), message.time());
            }
        }
        Map<String, Long> answered = new HashMap<>();
        for (Incident incident : log.incidents()) {
            if (rank(incident.status()) >= rank(answer)) {
                answered.putIfAbsent(incident.incidentId(), incident.revision());
            }
        }
        Histogram delays = new Histogram(3);
        int due = 0;
        int missed = 0;
        for (Map.Entry<String, Long> each : told.entrySet()) {
            Incident incident = current.get(each.getKey());
            boolean hasScene =
                    incident != null
                            && (incident.kind() == Incident.Kind.PLACE
                                    || incident.kind() == Incident.Kind.VEHICLE);
            Long time = answered.get(each.getKey());
            long delay = (time == null ? log.to() : time) - each.getValue();
            boolean isMissed = delay > seconds * SECOND_MS;
            if (incident == null
                    || (answer == Status.ON_SCENE && !hasScene)
                    || (time == null && !isMissed)) {
                continue;
            }
            due++;
            missed += isMissed ? 1 : 0;
            if (time != null) {
                delays.recordValue(Math.max(0, delay));
            }
        }
        return new Deadline(name, seconds, due, missed, quantiles(delays));
    }

    /** How far the life cycle is; an incident that is over needs no further answer. */
    private static int rank(Status status) {
        return switch (status) {
            case OPEN, REOPENED -> 0;
            case ACKNOWLEDGED -> 1;
            case ACCEPTED -> 2;
            case ON_SCENE -> 3;
            case CLOSED, CANCELLED -> 4;
        };
    }

    private Handover handover() {
        Map<String, Set<String>> told = new HashMap<>();
        Map<String, Set<String>> holding = new HashMap<>();
        int withdrawn = 0;
        for (Message message : log.messages()) {
            String incidentId = message.incident().incidentId();
            if (message.message().purpose() == Purpose.ASSIGN) {
                told.computeIfAbsent(incidentId, any -> new HashSet<>()).add(message.site());
                Set<String> sites = holding.computeIfAbsent(incidentId, any -> new HashSet<>());
                if (REJECTED.equals(message.message().reason())) {
                    // The others know, because one of them rejected it.
                    sites.clear();
                }
                sites.add(message.site());
            } else if (message.message().purpose() == Purpose.WITHDRAWN) {
                withdrawn++;
                holding.getOrDefault(incidentId, new HashSet<>()).remove(message.site());
            } else if (message.incident().status() == Status.CLOSED) {
                holding.getOrDefault(incidentId, new HashSet<>()).remove(message.site());
            }
        }
        int stillTwice = 0;
        for (Incident incident : current.values()) {
            boolean isAccepted =
                    incident.kind() != Incident.Kind.PUBLIC_WARNING
                            && rank(incident.status()) >= rank(Status.ACCEPTED)
                            && incident.status() != Status.CANCELLED;
            if (isAccepted && holding.getOrDefault(incident.incidentId(), Set.of()).size() > 1) {
                stillTwice++;
            }
        }
        return new Handover(
                count(Decision.Kind.FAILED_OVER),
                (int) told.values().stream().filter(sites -> sites.size() > 1).count(),
                withdrawn,
                stillTwice);
    }

    private int count(Decision.Kind kind) {
        return (int) log.decisions().stream().filter(each -> each.kind() == kind).count();
    }

    private Map<String, Integer> decisions() {
        Map<String, Integer> counts = new TreeMap<>();
        log.decisions().forEach(each -> counts.merge(each.kind().name(), 1, Integer::sum));
        return counts;
    }

    private static Quantiles quantiles(Histogram histogram) {
        return new Quantiles(
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getMaxValue());
    }
}
