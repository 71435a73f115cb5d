package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.alert.Alert;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Folds the revisions of one alert: the highest revision is the result, and the first revision that
 * contains a read gives the time at which it was known. Revisions may arrive in any order and
 * twice.
 */
public final class AlertHistory {
    private ScoredAlert last;
    private long firstAt = Long.MAX_VALUE;
    private boolean hasInterrupted;
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
            firstAt = Math.min(firstAt, revision.arrivalTime());
            hasInterrupted |= revision.action() == Alert.Action.ALERT;
            for (String read : revision.reads()) {
                readKnownAt.merge(read, revision.arrivalTime(), Math::min);
            }
        }
    }

    /** The highest revision. */
    public ScoredAlert last() {
        return last;
    }

    /** Whether it was cancelled after it had interrupted a person as an ALERT. */
    public boolean isTakenBack() {
        return hasInterrupted && last.isCancelled();
    }

    /**
     * Time at which one of the reads was first in the alert; without such a read, time of the first
     * revision.
     */
    public long knownAt(Collection<String> reads) {
        long at = Long.MAX_VALUE;
        for (String read : reads) {
            at = Math.min(at, readKnownAt.getOrDefault(read, Long.MAX_VALUE));
        }
        return at == Long.MAX_VALUE ? firstAt : at;
    }
}
