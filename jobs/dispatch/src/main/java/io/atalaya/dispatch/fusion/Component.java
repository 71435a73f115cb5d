package io.atalaya.dispatch.fusion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Events that are connected by pairs, and what people decided about them. Its clusters follow from
 * a fold over all of this in order of time: an event joins the cluster of the earlier event that it
 * is closest to. So they do not depend on the order of arrival.
 */
final class Component {
    private static final Comparator<OperatorAction> ORDER =
            Comparator.comparingLong(OperatorAction::time).thenComparing(OperatorAction::actionId);

    /** Among more incidents a person cannot choose. */
    static final int MAX_CHOICES = 4;

    private final FusionRules rules;
    private final Map<String, Node> byId;
    private final PairIndex index;
    private final TreeSet<Node> nodes = new TreeSet<>();
    private final TreeSet<OperatorAction> actions = new TreeSet<>(ORDER);
    private final Set<Cluster> clusters = new LinkedHashSet<>();

    /**
     * Where an event belongs.
     *
     * @param clear the cluster to join; null if it founds one
     * @param equal the clusters that fit it equally well
     * @param past the clusters that it continues, but that are closed or too far away
     */
    private record Choice(Cluster clear, Set<Cluster> equal, Set<Cluster> past) {
        private boolean isOfMany() {
            return equal.size() > MAX_CHOICES;
        }
    }

    /**
     * @param byId all events, by id
     */
    Component(FusionRules rules, Map<String, Node> byId, PairIndex index) {
        this.rules = rules;
        this.byId = byId;
        this.index = index;
    }

    Set<Node> nodes() {
        return nodes;
    }

    Set<Cluster> clusters() {
        return clusters;
    }

    boolean hasActions() {
        return !actions.isEmpty();
    }

    /**
     * Takes out the clusters that are over: all of them if its last fact is before a time, else
     * those whose last fact is before another one.
     *
     * @return their events
     */
    List<Node> evictBefore(long time, long longest, Predicate<Cluster> isOver) {
        boolean isOld = lastTime() < time && clusters.stream().allMatch(isOver);
        Set<Cluster> over = new LinkedHashSet<>(clusters);
        over.removeIf(
                cluster -> !isOld && (cluster.lastTime() >= longest || !isOver.test(cluster)));
        if (over.isEmpty()) {
            return List.of();
        }
        List<Node> evicted = nodes.stream().filter(node -> over.contains(node.cluster)).toList();
        actions.removeIf(action -> over.contains(clusterOf(action.founder())));
        evicted.forEach(nodes::remove);
        clusters.removeAll(over);
        clusters.forEach(cluster -> cluster.forget(over));
        return evicted;
    }

    /** Time of its last fact. */
    private long lastTime() {
        long last = nodes.isEmpty() ? Long.MIN_VALUE : nodes.last().event.time();
        return actions.isEmpty() ? last : Math.max(last, actions.last().time());
    }

    /** Adds what another component holds. */
    void absorb(Component other) {
        other.nodes.forEach(node -> node.component = this);
        nodes.addAll(other.nodes);
        actions.addAll(other.actions);
        clusters.addAll(other.clusters);
    }

    /**
     * Adds an event.
     *
     * @param closest the clusters with earlier events that pair with it, and how closely
     * @return the clusters that may have changed
     */
    Collection<Cluster> add(Node node, Map<Cluster, Double> closest) {
        boolean isLast =
                (nodes.isEmpty() || nodes.last().compareTo(node) < 0)
                        && (actions.isEmpty() || actions.last().time() < node.event.time());
        nodes.add(node);
        node.component = this;
        if (isLast) {
            return named(place(node, choose(node, closest)), node);
        }
        if (isArranged(node, closest.keySet()) || isSplitOff(node)) {
            return fold();
        }
        Choice choice = choose(node, closest);
        if (choice.clear != null && choice.clear.isChangedBy(node)) {
            return redo(node);
        }
        Map<Node, Double> later = index.later(node, isSettled() ? choice.clear : null);
        Cluster cluster = place(node, choice);
        return changed(named(cluster, node), redo(firstChanged(later, node, cluster)));
    }

    /** The cluster that an event was placed in, and those that name it by this event. */
    private static Set<Cluster> named(Cluster cluster, Node node) {
        Set<Cluster> named = new LinkedHashSet<>(Set.of(cluster));
        if (cluster.firstNode() == node) {
            named.addAll(cluster.candidates());
        }
        return named;
    }

    /**
     * Whether an event of a cluster stays in it if the cluster has one more event to which it is
     * close, unless it was one of many choices. After a merge two clusters can be each other's
     * candidates.
     */
    private boolean isSettled() {
        return actions.stream().noneMatch(OperatorAction.Merge.class::isInstance);
    }

    /**
     * Removes an event. There must be no actions.
     *
     * @return the clusters that may have changed
     */
    Collection<Cluster> remove(Node node) {
        Cluster cluster = node.cluster;
        if (cluster.firstNode() == node || cluster.isSeededBy(node)) {
            Map<Node, Cluster> before = takeBackFrom(node);
            nodes.remove(node);
            return changed(Set.of(cluster), placeFrom(node, before));
        }
        Map<Node, Double> later = index.later(node, null);
        nodes.remove(node);
        cluster.remove(node);
        return changed(Set.of(cluster), redo(firstChanged(later, node, cluster)));
    }

    /** Removes an event, about which people may have decided something, until the next fold. */
    void takeOut(Node node) {
        nodes.remove(node);
        node.cluster.remove(node);
    }

    /** Adds an event, and derives all again. */
    Collection<Cluster> addAndFold(Node node) {
        nodes.add(node);
        node.component = this;
        return fold();
    }

    private Collection<Cluster> changed(Set<Cluster> some, Collection<Cluster> others) {
        Set<Cluster> changed = new LinkedHashSet<>(some);
        changed.addAll(others);
        changed.retainAll(clusters);
        return changed;
    }

    /** The first later event that is placed otherwise because of one; null if none is. */
    private Node firstChanged(Map<Node, Double> later, Node cause, Cluster cluster) {
        for (Map.Entry<Node, Double> each : later.entrySet()) {
            Node node = each.getKey();
            // Then the cause does not count.
            boolean isAsClose = index.hasEarlier(node, cluster, cause, each.getValue());
            if (!isAsClose && !isPlacedAsBefore(node)) {
                return node;
            }
        }
        return null;
    }

    private boolean isPlacedAsBefore(Node node) {
        Map<Cluster, Double> closest = index.closestEarlier(node);
        if (node.cluster.isArrangedAfter(node) || isArranged(node, closest.keySet())) {
            return false;
        }
        Choice choice = choose(node, closest);
        return node.cluster.firstNode() == node
                ? choice.clear == null && node.cluster.isFoundedOn(choice.equal, choice.past)
                : choice.clear == node.cluster && choice.isOfMany() == node.isOfMany;
    }

    /** Whether a person has split off an event that was not known yet. */
    private boolean isSplitOff(Node node) {
        return actions.stream()
                .anyMatch(
                        action ->
                                action instanceof OperatorAction.Split split
                                        && split.eventIds().contains(node.event.eventId()));
    }

    /** Whether a person has arranged one of the clusters otherwise after an event. */
    private static boolean isArranged(Node node, Set<Cluster> clusters) {
        return clusters.stream().anyMatch(cluster -> cluster.isArrangedAfter(node));
    }

    /**
     * Places events again: all from one on, or if people have decided something, all.
     *
     * @param from null: none
     * @return the clusters that may have changed
     */
    private Collection<Cluster> redo(Node from) {
        if (from == null) {
            return List.of();
        }
        return hasActions() ? fold() : placeFrom(from, takeBackFrom(from));
    }

    /** Takes out all from one on, as if they had never been placed; returns where they were. */
    private Map<Node, Cluster> takeBackFrom(Node from) {
        Map<Node, Cluster> before = new LinkedHashMap<>();
        for (Node node : nodes.tailSet(from, true).descendingSet()) {
            if (node.cluster != null) {
                before.put(node, node.cluster);
                takeBack(node);
            }
        }
        return before;
    }

    private Collection<Cluster> placeFrom(Node from, Map<Node, Cluster> before) {
        Set<Cluster> changed = new LinkedHashSet<>();
        for (Node node : nodes.tailSet(from)) {
            Cluster old = before.get(node);
            Cluster now = place(node, choose(node, index.closestEarlier(node)));
            if (now != old) {
                changed.addAll(named(now, node));
                changed.add(old);
            }
        }
        for (Cluster old : before.values()) {
            if (!clusters.contains(old)) {
                changed.addAll(old.candidates());
            }
        }
        changed.retainAll(clusters);
        return changed;
    }

    private void takeBack(Node last) {
        Cluster cluster = last.cluster;
        if (cluster.takeBack(last)) {
            clusters.remove(cluster);
        }
    }

    /**
     * Derives the clusters again from all facts.
     *
     * @return all of them
     */
    private Collection<Cluster> fold() {
        clusters.clear();
        for (Node node : nodes) {
            if (node.cluster != null) {
                index.remove(node);
                node.cluster = null;
            }
        }
        List<OperatorAction> due = new ArrayList<>(actions);
        int next = 0;
        for (Node node : nodes) {
            while (next < due.size() && due.get(next).time() < node.event.time()) {
                apply(due.get(next++));
            }
            place(node, choose(node, index.closestEarlier(node)));
        }
        due.subList(next, due.size()).forEach(this::apply);
        return List.copyOf(clusters);
    }

    /** Where an event belongs as of its time. */
    private Choice choose(Node node, Map<Cluster, Double> closest) {
        Map<Cluster, Double> fits = new LinkedHashMap<>();
        Set<Cluster> past = new LinkedHashSet<>();
        closest.forEach(
                (cluster, closeness) -> {
                    if (cluster.accepts(node)) {
                        fits.put(cluster, closeness);
                    } else {
                        past.add(cluster);
                    }
                });
        double best = fits.values().stream().mapToDouble(fit -> fit).max().orElse(0);
        Set<Cluster> equal = new LinkedHashSet<>();
        fits.forEach(
                (cluster, fit) -> {
                    if (best - fit < rules.clearMargin()) {
                        equal.add(cluster);
                    }
                });
        return new Choice(clear(equal), equal, past);
    }

    private Cluster place(Node node, Choice choice) {
        node.isOfMany = choice.isOfMany();
        if (choice.clear != null) {
            choice.clear.join(node);
            return choice.clear;
        }
        Cluster cluster = new Cluster(rules, index);
        cluster.join(node);
        cluster.couldBe(choice.equal);
        cluster.relate(choice.past);
        clusters.add(cluster);
        return cluster;
    }

    /**
     * The cluster to join, if there is one: the only one, or the one of earlier events that fit all
     * of the others as well. Of too many it is one that waits for a person's choice. Otherwise each
     * such event would be an incident of its own.
     */
    private static Cluster clear(Set<Cluster> equal) {
        boolean isOfMany = equal.size() > MAX_CHOICES;
        // The first of several that may take it must not depend on the order of a set.
        return equal.stream()
                .filter(
                        cluster ->
                                isOfMany
                                        ? !cluster.candidates().isEmpty()
                                        : cluster.couldBeAnyOf(equal))
                .min(Cluster.ORDER)
                .orElse(null);
    }

    /**
     * Applies what a person decided.
     *
     * @return the clusters that may have changed
     */
    Collection<Cluster> act(OperatorAction action) {
        boolean isLast =
                (nodes.isEmpty() || nodes.last().event.time() <= action.time())
                        && (actions.isEmpty() || ORDER.compare(actions.last(), action) < 0);
        actions.add(action);
        if (!isLast) {
            return fold();
        }
        Cluster cluster = apply(action);
        boolean isOfOne =
                action instanceof OperatorAction.Close || action instanceof OperatorAction.Reopen;
        // Others name what they are related to.
        return isOfOne && cluster != null ? List.of(cluster) : List.copyOf(clusters);
    }

    /** Returns the cluster that it is about, or null. */
    private Cluster apply(OperatorAction action) {
        Cluster cluster = clusterOf(action.founder());
        if (cluster == null) {
            return null;
        }
        if (action instanceof OperatorAction.Merge merge) {
            Cluster other = clusterOf(merge.other());
            if (other != null && other != cluster) {
                cluster.takeOver(other, action.time());
                clusters.remove(other);
            }
        } else if (action instanceof OperatorAction.Split split) {
            Cluster part = cluster.splitOff(split.eventIds(), action.time());
            if (part != null) {
                clusters.add(part);
            }
        } else if (action instanceof OperatorAction.Close) {
            cluster.close(action.time());
        } else {
            cluster.reopen(action.time());
        }
        return cluster;
    }

    /** Null if the event is not known, or later than the action. */
    private Cluster clusterOf(String eventId) {
        Node node = byId.get(eventId);
        return node == null ? null : node.cluster;
    }

    /** The events by which an action names incidents. */
    static Set<String> named(OperatorAction action) {
        Set<String> named = new HashSet<>(Set.of(action.founder()));
        if (action instanceof OperatorAction.Merge merge) {
            named.add(merge.other());
        }
        return named;
    }
}
