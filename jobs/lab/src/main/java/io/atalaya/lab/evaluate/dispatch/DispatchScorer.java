package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Deadline;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Handover;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Quantiles;
import io.atalaya.lab.evaluate.dispatch.DispatchLog.Message;
import io.atalaya.simulator.dispatch.TrueIncident;

import org.HdrHistogram.Histogram;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Derives the figures of a day from what the job emitted. */
final class DispatchScorer {
    /** From this priority on an incident is never held back. */
    static final int GRAVE = 90;

    private static final long SECOND_MS = 1_000;

    /** The deadlines of the Norma Técnica 9-1-1, in seconds. */
    private static final long REGISTER = 90;

    private static final long DISPATCH = 120;
    private static final long ON_SCENE = 600;

    /** The job's reason for notifying the next, because the first has rejected the incident. */
    private static final String REJECTED = "rejected";

    private final DispatchLog log;

    /** The last revision of each incident that is still one of its own. */
    private final Map<String, Incident> current = new HashMap<>();

    private DispatchScorer(DispatchLog log) {
        this.log = log;
        log.incidentsAtEnd().forEach(incident -> current.put(incident.incidentId(), incident));
    }

    /**
     * @param truth empty if it is not known
     */
    static DispatchFigures score(DispatchLog log, List<TrueIncident> truth) {
        DispatchScorer scorer = new DispatchScorer(log);
        return new DispatchFigures(
                scorer.current.size(),
                truth.isEmpty() ? null : GroupingScorer.score(log, truth),
                truth.isEmpty() ? null : DelayScorer.score(log, truth),
                PositionLoads.of(log),
                List.of(
                        scorer.deadline("register", REGISTER, Status.ACKNOWLEDGED),
                        scorer.deadline("dispatch", DISPATCH, Status.ACCEPTED),
                        scorer.deadline("on scene", ON_SCENE, Status.ON_SCENE)),
                scorer.handover(),
                scorer.decisions(),
                BadActors.of(log));
    }

    /** Counts from the first message about an incident; a close is an answer as well. */
    private Deadline deadline(String name, long seconds, Status answer) {
        Map<String, Long> sent = new HashMap<>();
        for (Message message : log.messages()) {
            if (message.message().purpose() == Purpose.ASSIGN) {
                sent.putIfAbsent(message.incident().incidentId(), message.time());
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
        for (Map.Entry<String, Long> each : sent.entrySet()) {
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
        return new Deadline(name, seconds, due, missed, Quantiles.of(delays));
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
        Map<String, Set<String>> sent = new HashMap<>();
        Map<String, Set<String>> holding = new HashMap<>();
        int withdrawn = 0;
        for (Message message : log.messages()) {
            String incidentId = message.incident().incidentId();
            if (message.message().purpose() == Purpose.ASSIGN) {
                sent.computeIfAbsent(incidentId, any -> new HashSet<>()).add(message.site());
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
                (int) sent.values().stream().filter(sites -> sites.size() > 1).count(),
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
}
