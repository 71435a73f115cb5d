package io.atalaya.dispatch.fusion;

import io.atalaya.dispatch.fusion.FusionRules.Extent;
import io.atalaya.dispatch.fusion.FusionRules.Nearby;
import io.atalaya.dispatch.fusion.FusionRules.Shared;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import static java.util.stream.Collectors.joining;

/**
 * What {@link Fusion} is defined to find: one fold over all facts, in which each event is compared
 * with all before it.
 */
final class FusionOracle {
    private static final Comparator<IncidentEvent> ORDER =
            Comparator.comparingLong(IncidentEvent::time).thenComparing(IncidentEvent::eventId);

    private final FusionRules rules;
    private final List<Group> groups = new ArrayList<>();

    private static final class Group {
        private final TreeSet<IncidentEvent> events = new TreeSet<>(ORDER);
        private final Set<Group> related = new LinkedHashSet<>();
        private final Set<Group> candidates = new LinkedHashSet<>();
        private Long closedAt;
        private boolean isReopened;
        private Group mergedInto;

        private Set<Group> current(Set<Group> others) {
            Set<Group> current = new LinkedHashSet<>();
            for (Group other : others) {
                Group now = other;
                while (now.mergedInto != null) {
                    now = now.mergedInto;
                }
                current.add(now);
            }
            current.remove(this);
            return current;
        }

        private boolean holds(String eventId) {
            return events.stream().anyMatch(event -> event.eventId().equals(eventId));
        }
    }

    private FusionOracle(FusionRules rules) {
        this.rules = rules;
    }

    /** The incidents, each as its events and what else is known of it. */
    static Set<String> incidents(
            FusionRules rules, Collection<IncidentEvent> events, List<OperatorAction> actions) {
        FusionOracle oracle = new FusionOracle(rules);
        List<IncidentEvent> sorted = events.stream().sorted(ORDER).toList();
        List<OperatorAction> due =
                actions.stream()
                        .distinct()
                        .sorted(
                                Comparator.comparingLong(OperatorAction::time)
                                        .thenComparing(OperatorAction::actionId))
                        .toList();
        int next = 0;
        for (IncidentEvent event : sorted) {
            while (next < due.size() && due.get(next).time() < event.time()) {
                oracle.apply(due.get(next++));
            }
            oracle.place(event);
        }
        due.subList(next, due.size()).forEach(oracle::apply);
        Set<String> all = new TreeSet<>();
        for (Group group : oracle.groups) {
            all.add(
                    FusionOrderTest.words(
                            group.events.stream().map(IncidentEvent::eventId).collect(joining(",")),
                            group.closedAt != null,
                            group.isReopened,
                            firsts(group.current(group.related)),
                            firsts(group.current(group.candidates))));
        }
        return all;
    }

    private static Set<String> firsts(Set<Group> groups) {
        Set<String> firsts = new TreeSet<>();
        groups.forEach(group -> firsts.add(group.events.first().eventId()));
        return firsts;
    }

    private void place(IncidentEvent event) {
        Map<Group, Double> fits = new HashMap<>();
        Set<Group> past = new LinkedHashSet<>();
        for (Group group : groups) {
            double closeness =
                    group.events.stream()
                            .mapToDouble(other -> closeness(event, other))
                            .max()
                            .orElse(0);
            if (closeness > 0 && accepts(group, event)) {
                fits.put(group, closeness);
            } else if (closeness > 0) {
                past.add(group);
            }
        }
        double best = fits.values().stream().mapToDouble(fit -> fit).max().orElse(0);
        List<Group> equal =
                fits.keySet().stream()
                        .filter(group -> best - fits.get(group) < rules.clearMargin())
                        .sorted(Comparator.comparing(group -> group.events.first(), ORDER))
                        .toList();
        Group joined =
                equal.stream()
                        .filter(
                                group ->
                                        equal.size() > Component.MAX_CHOICES
                                                ? !group.current(group.candidates).isEmpty()
                                                : isWaitingForAll(group, equal))
                        .findFirst()
                        .orElse(null);
        if (joined == null) {
            joined = new Group();
            joined.related.addAll(past);
            joined.candidates.addAll(equal);
            groups.add(joined);
        }
        joined.events.add(event);
        if (joined.closedAt != null && event.time() > joined.closedAt) {
            joined.closedAt = null;
            joined.isReopened = true;
        }
    }

    /** Whether all others are among its candidates. */
    private static boolean isWaitingForAll(Group group, List<Group> equal) {
        return equal.stream()
                .filter(other -> other != group)
                .allMatch(group.current(group.candidates)::contains);
    }

    private boolean accepts(Group group, IncidentEvent event) {
        if (group.closedAt != null
                && event.time() - group.closedAt > rules.reopenWithin().toMillis()) {
            return false;
        }
        Extent extent = rules.extents().get(event.subject());
        IncidentEvent seed = group.events.stream().filter(rules::hasPlace).findFirst().orElse(null);
        return event.time() - group.events.first().time() <= extent.within().toMillis()
                && (seed == null
                        || !rules.hasPlace(event)
                        || FusionRules.metres(seed.place(), event.place()) <= extent.metres());
    }

    private double closeness(IncidentEvent a, IncidentEvent b) {
        if (a.subject() != b.subject() || !Objects.equals(a.restriction(), b.restriction())) {
            return 0;
        }
        long millis = Math.abs(a.time() - b.time());
        for (Shared rule : rules.shared()) {
            boolean isShared =
                    a.keys().stream()
                            .anyMatch(
                                    key ->
                                            key.startsWith(rule.key() + ":")
                                                    && b.keys().contains(key));
            if (isShared && millis <= rule.within().toMillis()) {
                return 1;
            }
        }
        if (Stream.of(a, b).anyMatch(each -> !rules.hasPlace(each) || each.isRetrospective())) {
            return 0;
        }
        double metres = FusionRules.metres(a.place(), b.place());
        double closeness = 0;
        for (Nearby rule : rules.nearby()) {
            boolean isOf =
                    isOf(rule.kinds(), a) && isOf(rule.others(), b)
                            || isOf(rule.kinds(), b) && isOf(rule.others(), a);
            long within = rule.within().toMillis();
            if (isOf && millis <= within && metres <= rule.metres()) {
                double away = 1 + metres / rule.metres() + millis / (1.0 + within);
                closeness = Math.max(closeness, 1 - away / 4);
            }
        }
        return closeness;
    }

    private static boolean isOf(Set<String> kinds, IncidentEvent event) {
        return kinds.isEmpty() || kinds.contains(event.kind());
    }

    private Group groupOf(String eventId) {
        return groups.stream().filter(group -> group.holds(eventId)).findFirst().orElse(null);
    }

    private void apply(OperatorAction action) {
        Group group = groupOf(action.founder());
        if (group == null) {
            return;
        }
        if (action instanceof OperatorAction.Merge merge) {
            Group other = groupOf(merge.other());
            if (other != null && other != group) {
                merge(group, other);
            }
        } else if (action instanceof OperatorAction.Split split) {
            split(group, split.eventIds());
        } else if (action instanceof OperatorAction.Close) {
            group.closedAt = action.time();
            group.isReopened = false;
        } else {
            group.isReopened |= group.closedAt != null;
            group.closedAt = null;
        }
    }

    private void merge(Group group, Group other) {
        group.events.addAll(other.events);
        group.related.addAll(other.related);
        group.candidates.addAll(other.candidates);
        group.isReopened |= other.isReopened;
        group.closedAt =
                group.closedAt == null || other.closedAt == null
                        ? null
                        : Long.valueOf(Math.max(group.closedAt, other.closedAt));
        other.mergedInto = group;
        groups.remove(other);
    }

    private void split(Group group, Set<String> eventIds) {
        List<IncidentEvent> leave =
                group.events.stream().filter(event -> eventIds.contains(event.eventId())).toList();
        if (leave.isEmpty() || leave.size() == group.events.size()) {
            return;
        }
        Group part = new Group();
        part.events.addAll(leave);
        part.closedAt = group.closedAt;
        part.isReopened = group.isReopened;
        leave.forEach(group.events::remove);
        groups.add(part);
    }
}
