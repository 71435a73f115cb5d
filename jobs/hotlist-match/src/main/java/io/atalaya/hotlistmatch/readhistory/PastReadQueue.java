package io.atalaya.hotlistmatch.readhistory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Looks into the past, first waiting until every filter subtask has marked that it knows the entry
 * (its earlier reads are then among the sightings), then worked off by priority.
 */
final class PastReadQueue {
    private final long[] marks;
    private long known;
    private final ArrayDeque<PastReadQuery> waiting = new ArrayDeque<>();
    private final PriorityQueue<PastReadQuery> due =
            new PriorityQueue<>(
                    Comparator.comparingInt((PastReadQuery look) -> -look.listed().priority())
                            .thenComparingLong(PastReadQuery::sequence));

    PastReadQueue(int filterSubtasks) {
        marks = new long[filterSubtasks];
    }

    /**
     * Takes up what a checkpoint held. Behind an aligned barrier every filter had applied every
     * change before it and no read was under way, so all of it is due.
     */
    void restore(Iterable<PastReadQuery> looks) {
        Set<String> known = new HashSet<>();
        for (PastReadQuery look : looks) {
            if (known.add(look.from() + "/" + look.listed().entryId())) {
                due.add(look);
            }
        }
    }

    /** Takes up a look. The marks travel another way than the list and may have come before it. */
    void add(PastReadQuery look) {
        (look.sequence() <= known ? due : waiting).add(look);
    }

    /** Notes a filter subtask's progress. */
    void mark(int from, long sequence) {
        marks[from] = Math.max(marks[from], sequence);
        known = Arrays.stream(marks).min().orElseThrow();
        while (!waiting.isEmpty() && waiting.peek().sequence() <= known) {
            due.add(waiting.poll());
        }
    }

    /** The most urgent look that is due, or null. */
    PastReadQuery poll() {
        return due.poll();
    }

    /** How many looks are due or wait for a mark. */
    int size() {
        return due.size() + waiting.size();
    }

    boolean hasDue() {
        return !due.isEmpty();
    }

    /** Drops what is due: there is no past to look into. */
    void clearDue() {
        due.clear();
    }

    Collection<PastReadQuery> all() {
        List<PastReadQuery> all = new ArrayList<>(due);
        all.addAll(waiting);
        return all;
    }
}
