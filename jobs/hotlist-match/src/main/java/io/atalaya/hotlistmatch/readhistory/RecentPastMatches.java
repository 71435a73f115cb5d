package io.atalaya.hotlistmatch.readhistory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The passages that looks into the past found lately. The tag of one may come after the look, and
 * has to follow the read by the same way: by the buckets it would overtake it, and nobody keeps a
 * tag of a passage that he does not know. Not kept in checkpoints: behind an aligned barrier the
 * reads that were found have arrived.
 */
final class RecentPastMatches {
    /** Longer than a read can take to where it was found for. */
    private static final long KEEP_MS = Duration.ofMinutes(10).toMillis();

    private static final int MAX = 10_000;

    private record Found(List<PastReadQuery> looks, long at) {}

    private final LinkedHashMap<String, Found> passages = new LinkedHashMap<>();

    /**
     * Notes a passage.
     *
     * @param now by the wall clock, epoch ms
     */
    void add(String passageId, PastReadQuery look, long now) {
        Found old = passages.remove(passageId);
        List<PastReadQuery> looks = new ArrayList<>(old == null ? List.of() : old.looks());
        if (!looks.contains(look)) {
            looks.add(look);
        }
        passages.put(passageId, new Found(looks, now));
        Map.Entry<String, Found> eldest = passages.entrySet().iterator().next();
        if (passages.size() > MAX || eldest.getValue().at() < now - KEEP_MS) {
            passages.remove(eldest.getKey());
        }
    }

    /** The looks that found a passage. */
    List<PastReadQuery> of(String passageId) {
        Found found = passages.get(passageId);
        return found == null ? List.of() : found.looks();
    }
}
