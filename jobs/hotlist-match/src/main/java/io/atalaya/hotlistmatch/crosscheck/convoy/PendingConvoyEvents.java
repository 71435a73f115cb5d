package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.flink.clock.DueQueue;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Convoy events that wait for the watermark, by entry, on the heap, so that the dozens caused by
 * one listed passage are applied at once. An event that was moved to state may still wait to be
 * emitted.
 */
final class PendingConvoyEvents {
    /** Maximum number of events per entry and in total; about 20 MB. */
    private static final int MAX_OF_ENTRY = 64;

    private static final int MAX_IN_ALL = 10_000;

    private static final ConvoyEvent[] NONE = {};

    private final Map<String, Entry> entries = new HashMap<>();
    private final DueQueue queue = new DueQueue();
    private int size;

    private static final class Entry {
        private final List<ConvoyEvent> facts = new ArrayList<>();

        /** Watermarks at which an event has waited long enough. */
        private final TreeSet<Long> due = new TreeSet<>();
    }

    /**
     * Adds an event; returns what undoes it, as long as the entry has not changed otherwise.
     *
     * @param due watermarks at which the entry has something to emit because of it
     */
    Runnable add(ConvoyEvent fact, LongSet due) {
        String entryId = fact.entryId();
        Entry entry = entry(entryId);
        LongSet added = new LongOpenHashSet(due);
        added.removeAll(entry.due);
        entry.due.addAll(added);
        add(fact);
        schedule(entryId, entry);
        return () -> {
            // Not the one above, because another undo may have restored it.
            Entry now = entries.get(entryId);
            now.facts.remove(now.facts.size() - 1);
            size--;
            now.due.removeAll(added);
            schedule(entryId, now);
        };
    }

    private void add(ConvoyEvent fact) {
        entry(fact.entryId()).facts.add(fact);
        size++;
    }

    /**
     * Notes that an entry has something to emit.
     *
     * @param due watermark at which to emit it
     */
    void add(String entryId, long due) {
        Entry entry = entry(entryId);
        entry.due.add(due);
        schedule(entryId, entry);
    }

    /** An entry with nothing to emit is removed. */
    private void schedule(String entryId, Entry entry) {
        queue.set(entryId, entry.due.isEmpty() ? Long.MAX_VALUE : entry.due.first());
        if (entry.due.isEmpty()) {
            entries.remove(entryId);
        }
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

    /** Whether an entry's events must be moved to state, which bounds its size here. */
    boolean isFull(String entryId) {
        return entries.get(entryId).facts.size() >= MAX_OF_ENTRY;
    }

    boolean isFull() {
        return size >= MAX_IN_ALL;
    }

    /** The entries with something due at this watermark. */
    List<String> dueBy(long clock) {
        return queue.dueBy(clock);
    }

    /** Whether an entry has something due at this watermark. */
    boolean isDueBy(String entryId, long clock) {
        return entries.get(entryId).due.first() <= clock;
    }

    /** Removes and returns an entry's events, so that they can be moved to state. */
    ConvoyEvent[] drain(String entryId) {
        Entry entry = entries.get(entryId);
        if (entry == null || entry.facts.isEmpty()) {
            return NONE;
        }
        ConvoyEvent[] facts = entry.facts.toArray(NONE);
        entry.facts.clear();
        size -= facts.length;
        return facts;
    }

    /** A copy of an entry's events and due times, for {@link #restore}. */
    Memento memento(String entryId) {
        Entry entry = entries.get(entryId);
        return entry == null
                ? new Memento(List.of(), List.of())
                : new Memento(List.copyOf(entry.facts), List.copyOf(entry.due));
    }

    /** The waiting events and due times of one entry. */
    record Memento(List<ConvoyEvent> facts, List<Long> due) {}

    /** Restores an entry; an empty memento removes it. */
    void restore(String entryId, Memento memento) {
        Entry old = entries.remove(entryId);
        size -= old == null ? 0 : old.facts.size();
        queue.set(entryId, Long.MAX_VALUE);
        memento.facts().forEach(this::add);
        memento.due().forEach(due -> add(entryId, due));
    }

    void evict(String entryId) {
        restore(entryId, new Memento(List.of(), List.of()));
    }

    /** Removes the due times up to this watermark, because they were emitted. */
    void emitted(String entryId, long clock) {
        Entry entry = entries.get(entryId);
        if (entry != null) {
            entry.due.headSet(clock, true).clear();
            schedule(entryId, entry);
        }
    }

    List<String> all() {
        return List.copyOf(entries.keySet());
    }

    /** Calls {@code each} for every due time of every entry. */
    void forEachDue(BiConsumer<String, Long> each) {
        entries.forEach((entryId, entry) -> entry.due.forEach(due -> each.accept(entryId, due)));
    }
}
