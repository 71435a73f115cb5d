package io.atalaya.lab.evaluate.score;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The revisions of one alert, folded: its last revision says what holds, and the first that shows a
 * piece of evidence says when it was known. Revisions may come in any order, and twice.
 */
public final class AlertHistory {
    private ScoredAlert last;
    private long firstAt = Long.MAX_VALUE;
    private final Map<String, Long> readKnownAt = new HashMap<>();

    /** Folds the records of a topic, in any order. */
    public static Collection<AlertHistory> of(List<ScoredAlert> revisions) {
        Map<String, AlertHistory> byId = new LinkedHashMap<>();
        for (ScoredAlert revision : revisions) {
            byId.computeIfAbsent(revision.alertId(), id -> new AlertHistory()).add(revision);
        }
        return byId.values();
    }

    private void add(ScoredAlert revision) {
        if (last == null || revision.revision() >= last.revision()) {
            last = revision;
        }
        if (!revision.isCancelled()) {
            firstAt = Math.min(firstAt, revision.at());
            for (String read : revision.reads()) {
                readKnownAt.merge(read, revision.at(), Math::min);
            }
        }
    }

    /** What the alert came to: its highest revision. */
    public ScoredAlert last() {
        return last;
    }

    /** When one of the reads was first in the alert, or else when the alert first came. */
    public long knownAt(Collection<String> reads) {
        long at = Long.MAX_VALUE;
        for (String read : reads) {
            at = Math.min(at, readKnownAt.getOrDefault(read, Long.MAX_VALUE));
        }
        return at == Long.MAX_VALUE ? firstAt : at;
    }
}
