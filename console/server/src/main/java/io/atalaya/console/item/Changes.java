package io.atalaya.console.item;

import io.atalaya.console.security.Routes;
import io.atalaya.console.security.Viewer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The items as they are, and what changed since when: sent at once to those who watch, and to those
 * who come back from where they were.
 *
 * <p>The number of a change is its time in microseconds, and no count: from the numbers of two
 * changes that a viewer receives it does not show whether there was another one between them.
 */
final class Changes {
    private static final int MAX_DEPARTURES = 10_000;

    /**
     * What some no longer see.
     *
     * @param after null if no one does
     */
    private record Departure(long number, Item before, Item after) {}

    private record Missed(long number, String name, boolean isUrgent) {}

    private final Map<String, Item> items = new ConcurrentHashMap<>();
    private final List<Items.Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Deque<Departure> open = new ArrayDeque<>();
    private final Deque<Departure> restricted = new ArrayDeque<>();
    private final LongSupplier clock;
    private final long start;
    private long last;
    private int restrictedCount;

    /** Who goes on from no later number must load all again, because a departure is forgotten. */
    private long floor;

    /** The same for those whom a departure named that not all might know of, by name or group. */
    private final Map<String, Long> floors = new HashMap<>();

    /** When items last looked different to one person alone, by name. */
    private final Map<String, Long> personal = new HashMap<>();

    /**
     * @param clock microseconds that never go back
     */
    Changes(LongSupplier clock) {
        this.clock = clock;
        this.start = position();
    }

    /** Microseconds since 1970 by a clock that never goes back. */
    static LongSupplier micros() {
        long startNanos = System.nanoTime();
        long startMicros = System.currentTimeMillis() * 1_000;
        return () -> startMicros + (System.nanoTime() - startNanos) / 1_000;
    }

    Map<String, Item> items() {
        return items;
    }

    /** How many items not all may know of, or all the others. */
    synchronized int count(boolean isRestricted) {
        return isRestricted ? restrictedCount : items.size() - restrictedCount;
    }

    /** A number that no later change is below. */
    long position() {
        // A change within the same microsecond comes later.
        return clock.getAsLong() - 1;
    }

    private long next(long before) {
        last = Math.max(Math.max(clock.getAsLong(), last), before + 1);
        return last;
    }

    /** Whether the viewer receives items, and this one. */
    private static boolean receives(Viewer viewer, Item item) {
        return viewer.isOneOf(Routes.READING) && viewer.sees(item);
    }

    /** Takes an item as it is now, and sends it to those who may know of it. */
    synchronized void put(Item unnumbered) {
        Item before = items.get(unnumbered.id());
        Item item = unnumbered.withSeq(next(before == null ? 0 : before.seq()));
        items.put(item.id(), item);
        restrictedCount += count(item) - count(before);
        boolean isDeparture =
                before != null
                        && (before.covert() != item.covert()
                                || !before.notified().equals(item.notified())
                                || !before.sites().equals(item.sites()));
        if (isDeparture) {
            // A browser that was away cannot be asked to forget it without naming it.
            remember(new Departure(item.seq(), before, item));
        }
        for (Items.Watcher watcher : watchers) {
            Viewer viewer = watcher.viewer();
            if (receives(viewer, item)) {
                watcher.subscription().changed(item.seq(), item.id(), item.isUrgent());
            } else if (isDeparture && receives(viewer, before)) {
                watcher.subscription().resync(Subscription.Resync.CHANGED);
            }
        }
    }

    /** There is no such item any more. */
    synchronized void drop(String id) {
        Item item = items.remove(id);
        if (item == null) {
            return;
        }
        restrictedCount -= count(item);
        long number = next(item.seq());
        send(number, id, viewer -> receives(viewer, item));
        remember(new Departure(number, item, null));
    }

    private static int count(Item item) {
        return item != null && item.isRestricted() ? 1 : 0;
    }

    /** Sends items again that look different to all, for example because a mute has ended. */
    synchronized void touch(Predicate<Item> which) {
        items.values().stream()
                .filter(which)
                .sorted(Comparator.comparing(Item::id))
                .forEach(this::put);
    }

    /**
     * Sends items again that look different to one person, as they are and to that person alone.
     * Who was away loads all again, whether there are such items or not.
     */
    synchronized void touchFor(String person, Predicate<Item> which) {
        // After all others, so that who has this number has these items.
        long number = next(last);
        personal.put(person, number);
        for (Items.Watcher watcher : watchers) {
            Viewer viewer = watcher.viewer();
            if (viewer.name().equals(person)) {
                watcher.subscription()
                        .changed(
                                number,
                                items.values().stream()
                                        .filter(item -> receives(viewer, item) && which.test(item))
                                        .map(Item::id)
                                        .sorted()
                                        .toList());
            }
        }
    }

    /** Announces something beside items, which a browser loads whole. */
    synchronized void announce(String name, Predicate<Viewer> mayKnow) {
        send(next(0), name, mayKnow);
    }

    private void send(long number, String name, Predicate<Viewer> mayKnow) {
        for (Items.Watcher watcher : watchers) {
            if (mayKnow.test(watcher.viewer())) {
                watcher.subscription().changed(number, name, false);
            }
        }
    }

    private void remember(Departure departure) {
        Deque<Departure> of = departure.before.isRestricted() ? restricted : open;
        of.add(departure);
        if (of.size() <= MAX_DEPARTURES) {
            return;
        }
        Departure forgotten = of.remove();
        if (of == open) {
            floor = forgotten.number;
        } else {
            forgotten.before.notified().forEach(name -> floors.put(name, forgotten.number));
        }
    }

    /**
     * Sends changes to a watcher from now on.
     *
     * @param since from where it goes on, or null if it has loaded nothing
     * @return whether it can
     */
    synchronized boolean watch(Items.Watcher watcher, Long since) {
        watchers.add(watcher);
        Viewer viewer = watcher.viewer();
        Subscription to = watcher.subscription();
        Subscription.Resync reason = since == null ? null : obstacle(viewer, since);
        if (since == null || reason != null) {
            to.begin(position());
            if (reason != null) {
                to.resync(reason);
            }
            return reason == null;
        }
        to.begin(since);
        List<Missed> missed = new ArrayList<>();
        // Those of this very number too: not all of them may have been in the batch that has it.
        for (Item item : items.values()) {
            if (item.seq() >= since && receives(viewer, item)) {
                missed.add(new Missed(item.seq(), item.id(), item.isUrgent()));
            }
        }
        for (Deque<Departure> some : List.of(open, restricted)) {
            for (Departure each : some) {
                if (each.number >= since && each.after == null && receives(viewer, each.before)) {
                    missed.add(new Missed(each.number, each.before.id(), false));
                }
            }
        }
        missed.sort(Comparator.comparingLong(Missed::number).thenComparing(Missed::name));
        missed.forEach(each -> to.changed(each.number, each.name, each.isUrgent));
        return true;
    }

    /** Why a viewer cannot go on from a number, or null. */
    private Subscription.Resync obstacle(Viewer viewer, long since) {
        if (since < start || since > Math.max(clock.getAsLong(), last)) {
            return Subscription.Resync.RESTART;
        }
        boolean isForgotten =
                since <= floor
                        || floors.entrySet().stream()
                                .filter(each -> since <= each.getValue())
                                .anyMatch(each -> viewer.mayKnow(true, List.of(each.getKey())));
        if (isForgotten) {
            return Subscription.Resync.TOO_OLD;
        }
        if (since < personal.getOrDefault(viewer.name(), 0L)) {
            return Subscription.Resync.CHANGED;
        }
        for (Deque<Departure> some : List.of(open, restricted)) {
            for (Departure each : some) {
                if (each.number >= since
                        && each.after != null
                        && receives(viewer, each.before)
                        && !receives(viewer, each.after)) {
                    return Subscription.Resync.CHANGED;
                }
            }
        }
        return null;
    }

    void unwatch(Items.Watcher watcher) {
        watchers.remove(watcher);
    }

    int watchers() {
        return watchers.size();
    }
}
