package io.atalaya.hotlistmatch.readhistory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The passages that past-read queries found recently. A tag that arrives after the query must
 * follow the read on the same path: through the buckets it would overtake the read, and receivers
 * drop a tag of an unknown passage. Not in checkpoints, because behind an aligned barrier the found
 * reads have arrived.
 */
final class RecentPastMatches {
    /** Longer than a read takes to reach its receiver. */
    private static final long KEEP_MS = Duration.ofMinutes(10).toMillis();

    private static final int MAX = 10_000;

    private record FoundMatches(List<PastReadQueue.PastReadQuery> queries, long foundAt) {}

    private final LinkedHashMap<String, FoundMatches> passages = new LinkedHashMap<>();

    /**
     * Notes a passage.
     *
     * @param now wall clock, epoch ms
     */
    void add(String passageId, PastReadQueue.PastReadQuery query, long now) {
        FoundMatches old = passages.remove(passageId);
        List<PastReadQueue.PastReadQuery> queries =
                new ArrayList<>(old == null ? List.of() : old.queries());
        if (!queries.contains(query)) {
            queries.add(query);
        }
        passages.put(passageId, new FoundMatches(queries, now));
        if (passages.size() > MAX) {
            passages.remove(passages.keySet().iterator().next());
        }
    }

    /**
     * Whether no passage was found recently.
     *
     * @param now wall clock, epoch ms
     */
    boolean isEmpty(long now) {
        Iterator<FoundMatches> eldest = passages.values().iterator();
        while (eldest.hasNext() && eldest.next().foundAt() < now - KEEP_MS) {
            eldest.remove();
        }
        return passages.isEmpty();
    }

    /** The queries that found a passage. */
    List<PastReadQueue.PastReadQuery> of(String passageId) {
        FoundMatches recentMatches = passages.get(passageId);
        return recentMatches == null ? List.of() : recentMatches.queries();
    }
}
