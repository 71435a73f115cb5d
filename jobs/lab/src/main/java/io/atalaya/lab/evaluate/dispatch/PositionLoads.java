package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Assignment;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.PositionLoad;
import io.atalaya.lab.evaluate.dispatch.DispatchLog.Message;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The interruptions of each position, and its floods. */
final class PositionLoads {
    /** A digest waits until a person looks at it. */
    private static final Set<Purpose> INTERRUPTING = EnumSet.of(Purpose.ASSIGN, Purpose.REMINDER);

    private static final long WINDOW_MS = Duration.ofMinutes(10).toMillis();
    private static final int FLOOD_BEGINS_ABOVE = 10;
    private static final int FLOOD_ENDS_BELOW = 5;
    private static final int BUDGET = 10;
    private static final String ALL = "all";

    /** The job's reasons for notifying the next of the chain. */
    private static final Set<String> ESCALATED = Set.of("unanswered", "rejected", "not-delivered");

    /** The job's reasons for moving an incident from or to its site. */
    private static final Set<String> MOVED = Set.of("site-down", "site-back");

    /** The job's reasons for sending what a site had under another id, as a part. */
    private static final Set<String> CONTINUED = Set.of("merged", "split");

    private PositionLoads() {}

    /** What goes to no single position interrupts all of its site but the supervisor. */
    static List<PositionLoad> of(DispatchLog log) {
        Map<String, Map<String, List<Message>>> sites = new TreeMap<>();
        for (Message message : log.messages()) {
            if (INTERRUPTING.contains(message.message().purpose())) {
                sites.computeIfAbsent(message.site(), any -> new TreeMap<>())
                        .computeIfAbsent(position(message), any -> new ArrayList<>())
                        .add(message);
            }
        }
        List<PositionLoad> loads = new ArrayList<>();
        sites.forEach(
                (site, positions) -> {
                    List<Message> all =
                            positions.size() > 1 ? positions.remove(ALL) : List.<Message>of();
                    positions.forEach(
                            (position, messages) -> {
                                if (all != null && !isSupervisor(messages)) {
                                    messages.addAll(all);
                                }
                                messages.sort(Comparator.comparingLong(Message::time));
                                loads.add(load(site, position, messages, log));
                            });
                });
        return loads;
    }

    /** Only a supervisor is never notified first. */
    private static boolean isSupervisor(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.message().purpose() == Purpose.ASSIGN)
                .map(message -> String.valueOf(message.message().reason()))
                .allMatch(reason -> ESCALATED.contains(reason) || MOVED.contains(reason));
    }

    private static String position(Message message) {
        Assignment assignment = message.incident().assignment();
        return assignment == null || assignment.position() == null ? ALL : assignment.position();
    }

    private static PositionLoad load(
            String site, String position, List<Message> messages, DispatchLog log) {
        int floods = 0;
        long inFlood = 0;
        boolean isFlood = false;
        long floodBegan = 0;
        List<Long> times = messages.stream().map(Message::time).toList();
        for (int i = 0; i < times.size(); i++) {
            long time = times.get(i);
            if (isFlood && endOfFlood(times, i) < time) {
                inFlood += endOfFlood(times, i) - floodBegan;
                isFlood = false;
            }
            if (!isFlood
                    && i >= FLOOD_BEGINS_ABOVE
                    && time - times.get(i - FLOOD_BEGINS_ABOVE) < WINDOW_MS) {
                isFlood = true;
                floodBegan = time;
                floods++;
            }
        }
        if (isFlood) {
            inFlood += Math.min(log.to(), endOfFlood(times, times.size())) - floodBegan;
        }
        return new PositionLoad(
                site,
                position,
                times.size(),
                times.size() / log.hours(),
                floods,
                (double) inFlood / (log.to() - log.from()),
                overBudget(messages));
    }

    /** When fewer than 5 of the first interruptions are within the last 10 minutes. */
    private static long endOfFlood(List<Long> times, int count) {
        return times.get(count - FLOOD_ENDS_BELOW) + WINDOW_MS;
    }

    /** How many come when there were 10 already in 10 minutes. */
    private static int overBudget(List<Message> messages) {
        int over = 0;
        Deque<Long> recent = new ArrayDeque<>();
        for (Message message : messages) {
            if (isBudgeted(message)) {
                while (!recent.isEmpty() && recent.peek() <= message.time() - WINDOW_MS) {
                    recent.remove();
                }
                over += recent.size() >= BUDGET ? 1 : 0;
                recent.add(message.time());
            }
        }
        return over;
    }

    /**
     * The gravest incidents and public warnings have no budget, nor has what is moved from a site
     * that is down, or what the site had already before a merge or split. Covert ones have a budget
     * of their own, because it would show.
     */
    private static boolean isBudgeted(Message message) {
        return message.incident().priority() < DispatchScorer.GRAVE
                && message.incident().kind() != Incident.Kind.PUBLIC_WARNING
                && !message.incident().covert()
                && !MOVED.contains(String.valueOf(message.message().reason()))
                && !CONTINUED.contains(String.valueOf(message.message().reason()));
    }
}
