package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.clock.DueQueue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Facts of convoys that wait for the clock, by entry, on the heap: the dozens that a passage of a
 * listed vehicle brings are then taken in at once. What is taken in may still wait to be told.
 */
final class PendingConvoyEvents {
    /** Facts of one entry, and of all: some 20 MB. */
    private static final int MAX_OF_ENTRY = 64;

    private static final int MAX_IN_ALL = 10_000;

    private static final ConvoyEvent[] NONE = {};

    private final Map<String, Entry> entries = new HashMap<>();
    private final DueQueue queue = new DueQueue();
    private int size;

    private static final class Entry {
        private final List<ConvoyEvent> facts = new ArrayList<>();

        /** Arrival clock at which something has waited long enough. */
        private final TreeSet<Long> due = new TreeSet<>();
    }

    void add(ConvoyEvent fact) {
        entry(fact.entryId()).facts.add(fact);
        size++;
    }

    /**
     * Takes up that something of an entry has to be told.
     *
     * @param due arrival clock
     */
    void add(String entryId, long due) {
        Entry entry = entry(entryId);
        entry.due.add(due);
        queue.set(entryId, entry.due.first());
    }

    private Entry entry(String entryId) {
        return entries.computeIfAbsent(entryId, id -> new Entry());
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    int size() {
        return entries.size();
    }

    /** Whether an entry has to be taken in, so that it does not grow. */
    boolean isFull(String entryId) {
        return entries.get(entryId).facts.size() >= MAX_OF_ENTRY;
    }

    boolean isFull() {
        return size >= MAX_IN_ALL;
    }

    /** The entries with something that is due. */
    List<String> dueBy(long clock) {
        return queue.dueBy(clock);
    }

    /** Whether something of an entry is due by then. */
    boolean isDueBy(String entryId, long clock) {
        return entries.get(entryId).due.first() <= clock;
    }

    /** What was taken up of an entry, to be taken in. */
    ConvoyEvent[] take(String entryId) {
        Entry entry = entries.get(entryId);
        if (entry == null || entry.facts.isEmpty()) {
            return NONE;
        }
        ConvoyEvent[] facts = entry.facts.toArray(NONE);
        entry.facts.clear();
        size -= facts.length;
        return facts;
    }

    /** Everything of an entry, to be put back as it was. */
    Memento memento(String entryId) {
        Entry entry = entries.get(entryId);
        return entry == null
                ? new Memento(List.of(), List.of())
                : new Memento(List.copyOf(entry.facts), List.copyOf(entry.due));
    }

    /** What waits of one entry. */
    record Memento(List<ConvoyEvent> facts, List<Long> due) {}

    /** Puts an entry back; with nothing, it is forgotten. */
    void restore(String entryId, Memento memento) {
        Entry old = entries.remove(entryId);
        size -= old == null ? 0 : old.facts.size();
        queue.set(entryId, Long.MAX_VALUE);
        memento.facts().forEach(this::add);
        memento.due().forEach(due -> add(entryId, due));
    }

    void forget(String entryId) {
        restore(entryId, new Memento(List.of(), List.of()));
    }

    /** What was due by then is told. */
    void emitted(String entryId, long clock) {
        Entry entry = entries.get(entryId);
        if (entry != null) {
            entry.due.headSet(clock, true).clear();
            queue.set(entryId, entry.due.isEmpty() ? Long.MAX_VALUE : entry.due.first());
            if (entry.due.isEmpty()) {
                entries.remove(entryId);
            }
        }
    }

    List<String> all() {
        return List.copyOf(entries.keySet());
    }

    /** Every moment at which something of an entry is due. */
    void forEachDue(BiConsumer<String, Long> each) {
        entries.forEach((entryId, entry) -> entry.due.forEach(due -> each.accept(entryId, due)));
    }
}
