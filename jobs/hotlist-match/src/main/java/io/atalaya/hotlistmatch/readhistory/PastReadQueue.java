package io.atalaya.hotlistmatch.readhistory;

import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.contracts.topic.Traceable;
import io.atalaya.hotlistmatch.score.MatchTarget;

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
 * Queue of past-read queries. A query waits until every filter subtask has marked that it knows the
 * entry, because its earlier reads are then stored. Due queries are run by priority.
 */
final class PastReadQueue {
    private final long[] marks;
    private long appliedSequence;
    private final ArrayDeque<PastReadQuery> waiting = new ArrayDeque<>();
    private final PriorityQueue<PastReadQuery> due =
            new PriorityQueue<>(
                    Comparator.comparingInt((PastReadQuery query) -> -query.listed().priority())
                            .thenComparingLong(PastReadQuery::sequence));

    PastReadQueue(int filterSubtasks) {
        marks = new long[filterSubtasks];
    }

    /**
     * Restores the queries of a checkpoint. All of them are due, because behind an aligned barrier
     * every filter had applied all earlier changes and no read was in flight.
     */
    void restore(Iterable<PastReadQuery> queries) {
        Set<PastReadQuery> known = new HashSet<>();
        for (PastReadQuery query : queries) {
            PastReadQuery restored = query.ofEarlierRun();
            if (known.add(restored)) {
                due.add(restored);
            }
        }
    }

    /**
     * Adds a query. It may be due already, because the progress markers take another path than the
     * list.
     */
    void add(PastReadQuery query) {
        (query.sequence() <= appliedSequence ? due : waiting).add(query);
    }

    /** Applies a filter subtask's progress marker. */
    void mark(int from, long sequence) {
        marks[from] = Math.max(marks[from], sequence);
        appliedSequence = Arrays.stream(marks).min().orElseThrow();
        while (!waiting.isEmpty() && waiting.peek().sequence() <= appliedSequence) {
            due.add(waiting.poll());
        }
    }

    /** Removes and returns the due query of the highest priority, or null. */
    PastReadQuery poll() {
        return due.poll();
    }

    /** Number of queries that are due or wait for a marker. */
    int size() {
        return due.size() + waiting.size();
    }

    boolean hasDue() {
        return !due.isEmpty();
    }

    /** Drops the due queries, because there are no stored reads. */
    void clearDue() {
        due.clear();
    }

    Collection<PastReadQuery> all() {
        List<PastReadQuery> all = new ArrayList<>(due);
        all.addAll(waiting);
        return all;
    }

    /**
     * A due query: a new entry version is matched against the stored reads.
     *
     * @param sequence of the list change that brought it; 0 if all filters are known to have it
     * @param listed the entry's target
     * @param inForceFrom start of the entry version, epoch ms
     * @param earliestArrivalTime earliest arrival time of the reads to match; the previous version
     *     has found the earlier ones that both match
     * @param position of the version's record in topic {@code hotlist}
     */
    public record PastReadQuery(
            long sequence,
            MatchTarget listed,
            long inForceFrom,
            long earliestArrivalTime,
            RecordPosition position)
            implements Traceable {

        /** The query without its sequence, which counts within one run only. */
        private PastReadQuery ofEarlierRun() {
            return new PastReadQuery(0, listed, inForceFrom, earliestArrivalTime, position);
        }

        @Override
        public Origin origin() {
            return Origin.described(null, position.in(Topics.HOTLIST), this);
        }
    }
}
