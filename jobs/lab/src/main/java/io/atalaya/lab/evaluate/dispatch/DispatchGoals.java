package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.DispatchOptions;
import io.atalaya.simulator.dispatch.TrueIncident;

import java.util.ArrayList;
import java.util.List;

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
        String difference = difference(log, CoreRun.of(openDay, policy));
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

    /** The first open incident or message that differs, or null. */
    private static String difference(DispatchLog with, DispatchLog without) {
        List<String> first = open(with);
        List<String> second = open(without);
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            String a = i < first.size() ? first.get(i) : "nothing";
            String b = i < second.size() ? second.get(i) : "nothing";
            if (!a.equals(b)) {
                return a + " with them, " + b + " without";
            }
        }
        return null;
    }

    private static List<String> open(DispatchLog log) {
        List<String> open = new ArrayList<>();
        for (Incident incident : log.incidents()) {
            if (!incident.covert()) {
                open.add(incident.toString());
            }
        }
        for (DispatchLog.Message message : log.messages()) {
            if (!message.incident().covert()) {
                open.add(message.toString());
            }
        }
        return open;
    }
}
