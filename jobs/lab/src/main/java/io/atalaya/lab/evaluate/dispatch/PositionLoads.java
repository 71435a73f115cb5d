package io.atalaya.lab.evaluate.dispatch;

import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident.Assignment;
import io.atalaya.lab.evaluate.dispatch.DispatchFigures.PositionLoad;
import io.atalaya.lab.evaluate.dispatch.DispatchLog.Message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The interruptions of each position, and its floods. */
final class PositionLoads {
    private static final Set<Purpose> INTERRUPTING =
            EnumSet.of(Purpose.ASSIGN, Purpose.REMINDER, Purpose.DIGEST);

    private static final long WINDOW_MS = Duration.ofMinutes(10).toMillis();
    private static final int FLOOD_BEGINS_ABOVE = 10;
    private static final int FLOOD_ENDS_BELOW = 5;
    private static final int BUDGET = 10;

    private PositionLoads() {}

    static List<PositionLoad> of(DispatchLog log) {
        Map<String, List<Message>> byPosition = new TreeMap<>();
        for (Message message : log.messages()) {
            if (INTERRUPTING.contains(message.message().purpose())) {
                byPosition
                        .computeIfAbsent(
                                message.site() + "/" + position(message), any -> new ArrayList<>())
                        .add(message);
            }
        }
        return byPosition.values().stream().map(each -> load(each, log)).toList();
    }

    private static String position(Message message) {
        Assignment assignment = message.incident().assignment();
        return assignment == null || assignment.position() == null ? "all" : assignment.position();
    }

    private static PositionLoad load(List<Message> messages, DispatchLog log) {
        int floods = 0;
        long inFlood = 0;
        boolean isFlood = false;
        long floodBegan = 0;
        double tokens = BUDGET;
        int overBudget = 0;
        long last = log.from();
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
            Message message = messages.get(i);
            tokens = Math.min(BUDGET, tokens + (double) BUDGET * (time - last) / WINDOW_MS);
            last = time;
            if (message.incident().priority() < DispatchScorer.GRAVE
                    && message.message().purpose() == Purpose.ASSIGN) {
                // The job adds up its tokens in other steps.
                if (tokens < 1 - 1e-6) {
                    overBudget++;
                } else {
                    tokens--;
                }
            }
        }
        if (isFlood) {
            inFlood += Math.min(log.to(), endOfFlood(times, times.size())) - floodBegan;
        }
        Message first = messages.get(0);
        return new PositionLoad(
                first.site(),
                position(first),
                times.size(),
                times.size() / log.hours(),
                floods,
                (double) inFlood / (log.to() - log.from()),
                overBudget);
    }

    /** When fewer than 5 of the first interruptions are within the last 10 minutes. */
    private static long endOfFlood(List<Long> times, int count) {
        return times.get(count - FLOOD_ENDS_BELOW) + WINDOW_MS;
    }
}
