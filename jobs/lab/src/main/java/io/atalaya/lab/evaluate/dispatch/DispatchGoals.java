package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.DispatchOptions;
import io.atalaya.simulator.dispatch.TrueIncident;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What dispatch must reach on a simulated day, and whether it does. */
final class DispatchGoals {
    private static final double MIN_F1 = 0.98;

    /** From the first evidence of an incident of priority 90 or more to the right site. */
    private static final long MAX_GRAVE_MS = 2_000;

    private DispatchGoals() {}

    /**
     * A day and the goals that it misses.
     *
     * @param missed empty if all are reached
     */
    record Result(DispatchRun run, List<String> missed) {}

    /** Generates a day with its covert entries and without, and runs both. */
    static Result check(DispatchOptions options, Policy policy) {
        DispatchDay day = DispatchDay.generate(options.withCovert(true));
        DispatchLog log = CoreRun.of(day, policy);
        DispatchRun run = new DispatchRun(policy.version(), log, day.truth());
        List<String> missed = missed(run.figures(), day.truth());
        DispatchDay openDay = DispatchDay.generate(options.withCovert(false));
        String difference = difference(log, CoreRun.of(openDay, policy), day.truth());
        if (difference != null) {
            missed.add("covert entries change an open incident: " + difference);
        }
        return new Result(run, missed);
    }

    static List<String> missed(DispatchFigures figures, List<TrueIncident> truth) {
        List<String> missed = new ArrayList<>();
        double f1 = figures.grouping().pairs().f1();
        if (f1 < MIN_F1) {
            missed.add("pairwise F1: got %.4f, expected %.2f".formatted(f1, MIN_F1));
        }
        int vehicles = figures.grouping().vehiclesInPlaces();
        if (vehicles > 0) {
            missed.add(
                    "vehicles merged with something else: got %d, expected 0".formatted(vehicles));
        }
        long grave =
                truth.stream()
                        .filter(TrueIncident::isNotified)
                        .filter(each -> each.priority() >= DispatchScorer.GRAVE)
                        .count();
        DispatchFigures.Quantiles delays = figures.delays().grave();
        if (delays.count() < grave) {
            missed.add(
                    "incidents of priority 90 at the right site: got %d, expected %d"
                            .formatted(delays.count(), grave));
        }
        if (delays.max() > MAX_GRAVE_MS) {
            missed.add(
                    "longest delay of priority 90: got %d ms, expected at most %d ms"
                            .formatted(delays.max(), MAX_GRAVE_MS));
        }
        int over =
                figures.positions().stream()
                        .mapToInt(DispatchFigures.PositionLoad::overBudget)
                        .sum();
        if (over > 0) {
            missed.add("interruptions above the budget: got %d, expected 0".formatted(over));
        }
        if (figures.handover().stillTwice() > 0) {
            missed.add(
                    "accepted incidents that two sites hold: got %d, expected 0"
                            .formatted(figures.handover().stillTwice()));
        }
        return missed;
    }

    /**
     * The first open incident, message, decision or disposition that differs, or null.
     *
     * @param truth of the day with covert entries
     */
    static String difference(DispatchLog with, DispatchLog without, List<TrueIncident> truth) {
        List<String> first = open(with, truth);
        List<String> second = open(without, truth);
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            String a = i < first.size() ? first.get(i) : "nothing";
            String b = i < second.size() ? second.get(i) : "nothing";
            if (!a.equals(b)) {
                return a + " with them, " + b + " without";
            }
        }
        return null;
    }

    /** What everyone may see. */
    private static List<String> open(DispatchLog log, List<TrueIncident> truth) {
        Set<String> covert = new HashSet<>();
        truth.stream().filter(TrueIncident::covert).forEach(each -> covert.addAll(each.events()));
        log.incidents().stream()
                .filter(Incident::covert)
                .forEach(incident -> covert.add(incident.incidentId()));
        List<String> open = new ArrayList<>();
        log.incidents().stream()
                .filter(incident -> !incident.covert())
                .forEach(incident -> open.add(incident.toString()));
        log.messages().stream()
                .filter(message -> !message.incident().covert())
                .forEach(message -> open.add(message.toString()));
        log.decisions().stream()
                .filter(decision -> !covert.contains(decision.incidentId()))
                .filter(decision -> !covert.contains(decision.eventId()))
                .forEach(decision -> open.add(decision.toString()));
        log.dispositions().forEach(disposition -> open.add(disposition.toString()));
        return open;
    }
}
