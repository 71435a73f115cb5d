package io.atalaya.lab.evaluate.score;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.lab.evaluate.score.AlertRule.Expected;
import io.atalaya.lab.evaluate.score.Figures.Delays;
import io.atalaya.lab.evaluate.score.Figures.FoundCounts;
import io.atalaya.lab.evaluate.score.Figures.TypeFigures;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Scores one type's alerts against all items that its rule expects. */
final class TypeScorer {
    /** From the easiest to the hardest; passages before their entry come after all others. */
    private static final List<String> READ_CLASSES =
            List.of("exact", "look-alike", "one-edit", "by-tag", "worse");

    private final AlertRule rule;
    private final List<AlertHistory> live = new ArrayList<>();
    private final int cancelled;
    private final int takenBack;
    private final Set<String> passages;
    private final Map<Expected, List<AlertHistory>> about = new HashMap<>();
    private final Map<AlertHistory, List<Expected>> reasons = new HashMap<>();

    /**
     * @param passages readIds of the passages in the ground truth; if empty, every read counts as a
     *     plate read
     */
    TypeScorer(AlertRule rule, Collection<AlertHistory> alerts, Set<String> passages) {
        this.rule = rule;
        this.passages = passages;
        for (AlertHistory alert : alerts) {
            if (!alert.last().isCancelled()) {
                live.add(alert);
            }
        }
        this.cancelled = alerts.size() - live.size();
        this.takenBack = (int) alerts.stream().filter(AlertHistory::isTakenBack).count();
        join();
    }

    private void join() {
        Map<String, List<Expected>> byAnchor = new HashMap<>();
        for (Expected item : rule.expected()) {
            for (String anchor : new HashSet<>(item.anchors())) {
                byAnchor.computeIfAbsent(anchor, a -> new ArrayList<>()).add(item);
            }
        }
        for (AlertHistory alert : live) {
            Set<Expected> met = new HashSet<>();
            for (String anchor : rule.anchors().apply(alert.last())) {
                for (Expected item : byAnchor.getOrDefault(anchor, List.of())) {
                    if (item.isFoundBy().test(alert.last()) && met.add(item)) {
                        about.computeIfAbsent(item, t -> new ArrayList<>()).add(alert);
                    }
                }
            }
            reasons.put(alert, List.copyOf(met));
        }
    }

    TypeFigures figures() {
        Map<String, FoundCounts> groups = new TreeMap<>(groupOrder());
        Map<String, List<Long>> groupDelays = new TreeMap<>(groupOrder());
        FoundCounts total = new FoundCounts(0, 0, 0, 0, 0);
        List<Long> delays = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        int twice = 0;
        for (Expected item : rule.expected()) {
            List<AlertHistory> alerts = about.getOrDefault(item, List.of());
            FoundCounts one = found(item, alerts);
            total = total.plus(one);
            if (item.group() != null) {
                groups.merge(item.group(), one, FoundCounts::plus);
            }
            if (isDuplicated(alerts)) {
                twice++;
            }
            if (one.missed() > 0) {
                missed.add(item.description());
            }
            if (item.isRequired() && !alerts.isEmpty() && rule.delayClock() != null) {
                long delay = delay(item, alerts);
                delays.add(delay);
                if (item.group() != null) {
                    groupDelays.computeIfAbsent(item.group(), g -> new ArrayList<>()).add(delay);
                }
            }
        }
        List<AlertHistory> falseOnes =
                rule.canBeFalse()
                        ? live.stream().filter(alert -> reasons.get(alert).isEmpty()).toList()
                        : List.of();
        Map<String, Delays> delaysByGroup = new TreeMap<>(groupOrder());
        groupDelays.forEach((group, samples) -> delaysByGroup.put(group, Delays.of(samples)));
        return new TypeFigures(
                rule.type(),
                live.size(),
                cancelled,
                takenBack,
                total,
                right(Alert.Action.ALERT),
                right(Alert.Action.REVIEW),
                rule.canBeFalse() ? count(falseOnes, Alert.Action.ALERT) : null,
                rule.canBeFalse() ? count(falseOnes, Alert.Action.REVIEW) : null,
                rule.canHaveStrayReads() ? strayReads() : 0,
                twice,
                Delays.of(delays),
                rule.delayClock(),
                groups,
                delaysByGroup,
                missed,
                falseOnes.stream().map(alert -> describe(alert.last())).toList());
    }

    private static FoundCounts found(Expected item, List<AlertHistory> alerts) {
        if (!item.isRequired()) {
            return new FoundCounts(0, 0, 0, 1, alerts.isEmpty() ? 0 : 1);
        }
        boolean alerted =
                alerts.stream().anyMatch(alert -> alert.last().action() == Alert.Action.ALERT);
        return new FoundCounts(1, alerted ? 1 : 0, alerted || alerts.isEmpty() ? 0 : 1, 0, 0);
    }

    private static long delay(Expected item, List<AlertHistory> alerts) {
        return alerts.stream()
                .mapToLong(alert -> alert.knownAt(item.anchors()) - item.delayStartsAt())
                .min()
                .orElseThrow();
    }

    /** Counts alerts about a required item; alerts about optional items only are left out. */
    private int right(Alert.Action action) {
        return count(
                live.stream()
                        .filter(alert -> reasons.get(alert).stream().anyMatch(Expected::isRequired))
                        .toList(),
                action);
    }

    private static int count(List<AlertHistory> alerts, Alert.Action action) {
        return (int) alerts.stream().filter(alert -> alert.last().action() == action).count();
    }

    private boolean isDuplicated(List<AlertHistory> alerts) {
        return alerts.stream().map(alert -> rule.content(alert.last())).distinct().count()
                < alerts.size();
    }

    /**
     * Counts wrong plate reads in right alerts. A tag's readId is skipped, because the ground truth
     * has no passage with it.
     */
    private int strayReads() {
        int stray = 0;
        for (AlertHistory alert : live) {
            List<Expected> right = reasons.get(alert);
            if (!right.isEmpty()) {
                Set<String> explained = new HashSet<>();
                right.forEach(item -> explained.addAll(item.anchors()));
                for (String read : new HashSet<>(alert.last().reads())) {
                    boolean isPlateRead = passages.isEmpty() || passages.contains(read);
                    stray += explained.contains(read) || !isPlateRead ? 0 : 1;
                }
            }
        }
        return stray;
    }

    private static String describe(ScoredAlert alert) {
        return String.format(
                "%s %s: entry %s, read %s as %s against %s, score %.3f at %s, reads %s",
                alert.action(),
                alert.alertId(),
                alert.entryId(),
                alert.reads().isEmpty() ? "?" : alert.reads().get(0),
                alert.read(),
                alert.listed(),
                alert.score(),
                alert.deviceId(),
                alert.reads());
    }

    private static Comparator<String> groupOrder() {
        return Comparator.<String, Boolean>comparing(
                        group -> group.startsWith(AlertRule.RETROSPECTIVE))
                .thenComparing(TypeScorer::readClass)
                .thenComparing(Comparator.naturalOrder());
    }

    private static int readClass(String group) {
        int known = READ_CLASSES.indexOf(group.replace(AlertRule.RETROSPECTIVE, ""));
        return known < 0 ? READ_CLASSES.size() : known;
    }
}
