package io.atalaya.dispatch.incident;

import io.atalaya.dispatch.policy.Policy.Storms.Budget;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often each position may be interrupted: a token bucket whose tokens come back one period
 * after they were taken, so that no period has more interruptions than the budget. A position that
 * would be interrupted more often is in a flood, until it is less than half the budget (ISA-18.2).
 */
final class Interruptions {
    private final Map<String, Position> positions = new TreeMap<>();
    private final IncidentStore store;
    private final FloodListener listener;
    private Budget budget;

    /** The interruptions of a position, arrival times, oldest first. */
    static final class Position {
        String site;
        String name;

        /** Who may know of what interrupts it, or null for everyone. */
        String audience;

        /** The tokens that are not back yet. */
        final ArrayDeque<Long> taken = new ArrayDeque<>();

        /** The last ones that were asked for, one more than the budget. */
        final ArrayDeque<Long> asked = new ArrayDeque<>();

        boolean isFlooded;

        private String key() {
            return site + "/" + name + (audience == null ? "" : "/" + audience);
        }
    }

    /** A position of a site. */
    record Seat(String site, String position) {}

    /** Learns when a position's flood begins or ends. */
    interface FloodListener {
        void flood(Seat seat, boolean begins, long now);
    }

    Interruptions(Budget budget, IncidentStore store, FloodListener listener) {
        this.budget = budget;
        this.store = store;
        this.listener = listener;
    }

    void budget(Budget other) {
        budget = other;
    }

    void restore(String key, Position position) {
        positions.put(key, position);
    }

    /**
     * Interrupts positions, all or none.
     *
     * @param audience separates what only some may know of from what all see, because a used token
     *     would show it
     * @param priority of what interrupts
     * @param isUrgent whether it needs no token
     * @param isRetry whether it was asked for before, and so does not count again
     */
    boolean take(
            List<Seat> seats,
            String audience,
            int priority,
            boolean isUrgent,
            boolean isRetry,
            long now) {
        List<Position> all = seats.stream().map(seat -> position(seat, audience)).toList();
        if (!isRetry) {
            all.forEach(position -> ask(position, now));
        }
        boolean isFree = isUrgent || all.stream().allMatch(each -> hasToken(each, priority, now));
        if (isRetry && !isFree) {
            // Each second asks for every held step.
            return false;
        }
        if (isFree && !isUrgent) {
            all.forEach(position -> position.taken.add(now));
        }
        all.forEach(position -> store.put(Section.POSITION, position.key(), position));
        return isFree;
    }

    /** Ends the floods that are over, and forgets positions with nothing to remember. */
    void tick(long now) {
        positions
                .entrySet()
                .removeIf(
                        each -> {
                            endFlood(each.getKey(), each.getValue(), now);
                            boolean isIdle = isIdle(each.getValue(), now);
                            if (isIdle) {
                                store.remove(Section.POSITION, each.getKey());
                            }
                            return isIdle;
                        });
    }

    private void endFlood(String key, Position position, long now) {
        if (position.isFlooded && recent(position, now) * 2 < budget.interruptions()) {
            position.isFlooded = false;
            store.put(Section.POSITION, key, position);
            flood(position, false, now);
        }
    }

    private boolean isIdle(Position position, long now) {
        return !position.isFlooded
                && recent(position, now) == 0
                && position.taken.stream().allMatch(time -> isBack(time, now));
    }

    private void ask(Position position, long now) {
        position.asked.add(now);
        while (position.asked.size() > budget.interruptions() + 1) {
            position.asked.remove();
        }
        if (!position.isFlooded && recent(position, now) > budget.interruptions()) {
            position.isFlooded = true;
            flood(position, true, now);
        }
    }

    /** What only some may know of does not show by its floods either. */
    private void flood(Position position, boolean begins, long now) {
        if (position.audience == null) {
            listener.flood(new Seat(position.site, position.name), begins, now);
        }
    }

    private boolean hasToken(Position position, int priority, long now) {
        position.taken.removeIf(time -> isBack(time, now));
        return position.taken.size() < budget.interruptions(priority);
    }

    private boolean isBack(long taken, long now) {
        return taken <= now - budget.per().toMillis();
    }

    private long recent(Position position, long now) {
        return position.asked.stream().filter(time -> time > now - budget.per().toMillis()).count();
    }

    private Position position(Seat seat, String audience) {
        Position position = new Position();
        position.site = seat.site;
        position.name = seat.position;
        position.audience = audience;
        return positions.computeIfAbsent(position.key(), any -> position);
    }
}
