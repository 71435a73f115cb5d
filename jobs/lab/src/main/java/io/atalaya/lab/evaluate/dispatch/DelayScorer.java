package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Delays;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.Quantiles;
import io.atalaya.lab.evaluate.dispatch.DispatchLog.Message;
import io.atalaya.simulator.dispatch.TrueIncident;
import io.atalaya.simulator.dispatch.TrueIncident.Outcome;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures how soon the right site was sent what really happened. */
final class DelayScorer {
    /** An update can bring the first evidence of another true incident. */
    private static final Set<Purpose> IN_QUEUE =
            EnumSet.of(Purpose.ASSIGN, Purpose.DIGEST, Purpose.UPDATE);

    private final DispatchLog log;
    private final List<TrueIncident> truth;

    private DelayScorer(DispatchLog log, List<TrueIncident> truth) {
        this.log = log;
        this.truth = truth;
    }

    static Delays score(DispatchLog log, List<TrueIncident> truth) {
        return new DelayScorer(log, truth).delays();
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
                for (String event : eventsOf(message, events)) {
                    byEvent.computeIfAbsent(event, any -> new ArrayList<>()).add(message);
                }
            }
        }
        Map<String, Set<String>> standIns = standIns();
        Histogram all = new Histogram(3);
        Histogram grave = new Histogram(3);
        int unsent = 0;
        int elsewhere = 0;
        for (TrueIncident each : truth) {
            List<Message> messages =
                    each.events().stream()
                            .flatMap(event -> byEvent.getOrDefault(event, List.of()).stream())
                            .sorted(Comparator.comparingLong(Message::time))
                            .toList();
            if (!each.isNotified()) {
                continue;
            }
            if (messages.isEmpty()) {
                unsent += each.outcome() == Outcome.REAL ? 1 : 0;
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
                if (each.priority() >= DispatchScorer.GRAVE) {
                    grave.recordValue(delay);
                }
            }
        }
        return new Delays(Quantiles.of(all), Quantiles.of(grave), unsent, elsewhere);
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
                message.incident().kind() == Incident.Kind.DIGEST
                        && message.incident().site() != null
                        && message.incident().site().equals(site);
        return site == null
                || message.site().equals(site)
                || isDigestOfSite
                || standIns.getOrDefault(message.incident().incidentId(), Set.of())
                        .contains(message.site());
    }

    /** The events that a message is about; a digest names the incidents that it stands for. */
    private static Set<String> eventsOf(Message message, Map<String, Set<String>> events) {
        Set<String> all =
                message.incident().events().stream()
                        .map(Incident.Event::eventId)
                        .collect(Collectors.toCollection(HashSet::new));
        if (message.incident().kind() == Incident.Kind.DIGEST) {
            message.incident()
                    .links()
                    .forEach(link -> all.addAll(events.getOrDefault(link.incidentId(), Set.of())));
        }
        return all;
    }
}
