package io.atalaya.cli.demo;

import io.atalaya.alert.Alert;
import io.atalaya.cli.demo.Delays.Percentiles;
import io.atalaya.loadgenerator.Truth;
import io.atalaya.loadgenerator.Truth.WantedPassage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Keeps what came out, and compares it with what had to. Thread-safe. */
final class Scoreboard {

    /** How many of what had to be found were. */
    record Found(int found, int required) {
        Found plus(boolean hit) {
            return new Found(found + (hit ? 1 : 0), required + 1);
        }
    }

    /**
     * The comparison with the truth.
     *
     * @param byClass of live and retrospective passages, by read class
     * @param retrospective those whose entry came after the read, part of {@code byClass}
     * @param falseAlerts alerts that interrupt somebody without a reason in the truth
     * @param falseReviews the same for those that wait in a list
     */
    record Outcome(
            Map<String, Found> byClass, Found retrospective, int falseAlerts, int falseReviews) {}

    private static final class Seen {
        private int revision;
        private Alert last;
        private final Set<String> reads = new HashSet<>();
    }

    private final Map<String, Seen> alerts = new LinkedHashMap<>();
    private final Delays live = new Delays();
    private final Delays liveWhileLoading = new Delays();
    private final Delays past = new Delays();
    private boolean loading;

    /** Whether a bulk load of the list is under way. */
    synchronized void loading(boolean now) {
        loading = now;
    }

    /**
     * An alert's revision was seen.
     *
     * @param now wall clock, epoch ms
     */
    synchronized void seen(Alert alert, long now) {
        Seen seen = alerts.get(alert.alertId());
        boolean retrospective = alert.evidence() != null && alert.evidence().retrospective();
        if (seen == null) {
            seen = new Seen();
            alerts.put(alert.alertId(), seen);
            if (retrospective) {
                past.add(now - alert.at());
            } else {
                live.add(now - alert.at());
                if (loading) {
                    liveWhileLoading.add(now - alert.at());
                }
            }
        }
        if (alert.evidence() != null) {
            seen.reads.addAll(alert.evidence().reads());
        }
        if (alert.revision() >= seen.revision) {
            seen.revision = alert.revision();
            seen.last = alert;
        }
    }

    /** Alerts by type, action and last status, for example {@code hotlist-match ALERT NEW}. */
    synchronized Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Seen seen : alerts.values()) {
            counts.merge(
                    String.join(
                            " ",
                            seen.last.type().wireName(),
                            seen.last.action().name(),
                            seen.last.status().name()),
                    1,
                    Integer::sum);
        }
        return counts;
    }

    synchronized Percentiles liveDelays() {
        return live.percentiles();
    }

    synchronized Percentiles liveDelaysWhileLoading() {
        return liveWhileLoading.percentiles();
    }

    synchronized Percentiles retrospectiveDelays() {
        return past.percentiles();
    }

    /**
     * Compares with the truth.
     *
     * @param due whether a passage's read, and its entry, had been sent
     * @param ours whether an entry is of the demo's own making, not of the truth's
     */
    synchronized Outcome outcome(
            Truth truth, Predicate<WantedPassage> due, Predicate<String> ours) {
        Map<String, Set<String>> foundByEntry = new HashMap<>();
        for (Seen seen : alerts.values()) {
            if (seen.last.status() != Alert.Status.CANCELLED) {
                foundByEntry
                        .computeIfAbsent(entryId(seen), e -> new HashSet<>())
                        .addAll(seen.reads);
            }
        }
        Map<String, Found> byClass = new LinkedHashMap<>();
        Found retrospective = new Found(0, 0);
        Map<String, Set<String>> wanted = new HashMap<>();
        for (WantedPassage passage : truth.wantedPassages()) {
            wanted.computeIfAbsent(passage.entryId(), e -> new HashSet<>()).add(passage.readId());
            if (!passage.required() || !due.test(passage)) {
                continue;
            }
            boolean hit =
                    foundByEntry
                            .getOrDefault(passage.entryId(), Set.of())
                            .contains(passage.readId());
            byClass.merge(
                    passage.readClass(),
                    new Found(0, 0).plus(hit),
                    (before, ignored) -> before.plus(hit));
            if (passage.retrospective()) {
                retrospective = retrospective.plus(hit);
            }
        }
        int falseAlerts = 0;
        int falseReviews = 0;
        for (Seen seen : alerts.values()) {
            Set<String> right = wanted.getOrDefault(entryId(seen), Set.of());
            boolean isFalse =
                    seen.last.status() != Alert.Status.CANCELLED
                            && !ours.test(entryId(seen))
                            && seen.reads.stream().noneMatch(right::contains);
            if (isFalse && seen.last.action() == Alert.Action.ALERT) {
                falseAlerts++;
            } else if (isFalse) {
                falseReviews++;
            }
        }
        return new Outcome(byClass, retrospective, falseAlerts, falseReviews);
    }

    private static String entryId(Seen seen) {
        String entryId = seen.last.subject().entryId();
        return entryId == null ? "" : entryId;
    }
}
