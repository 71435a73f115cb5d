package io.atalaya.dispatch.fusion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Events that are connected by pairs, and what people decided about them. Its clusters follow from
 * a fold over all of this in order of time: an event joins the cluster of the earlier event that it
 * is closest to. So they do not depend on the order of arrival.
 */
final class Component {
    private static final Comparator<OperatorAction> ORDER =
            Comparator.comparingLong(OperatorAction::time).thenComparing(OperatorAction::actionId);

    private final FusionRules rules;
    private final Map<String, Node> byId;
    final TreeSet<Node> nodes = new TreeSet<>();
    final TreeSet<OperatorAction> actions = new TreeSet<>(ORDER);
    final Set<Cluster> clusters = new LinkedHashSet<>();

    /**
     * @param byId all events, by id
     */
    Component(FusionRules rules, Map<String, Node> byId) {
        this.rules = rules;
        this.byId = byId;
    }

    /** Whether all of its facts come before an event in the order of the fold. */
    boolean isBefore(Node node) {
        return (nodes.isEmpty() || nodes.last().compareTo(node) < 0)
                && (actions.isEmpty() || actions.last().time() < node.event.time());
    }

    /** Time of its last fact. */
    long lastTime() {
        long last = nodes.isEmpty() ? Long.MIN_VALUE : nodes.last().event.time();
        return actions.isEmpty() ? last : Math.max(last, actions.last().time());
    }

    /** Adds an event that is later than all facts; no other cluster changes. */
    Cluster append(Node node) {
        nodes.add(node);
        node.component = this;
        return place(node);
    }

    /**
     * Adds an event that is earlier than some others: takes these out again, last first, and places
     * them after it. There must be no actions.
     *
     * @return the clusters that have changed
     */
    Collection<Cluster> insert(Node node) {
        Map<Node, Cluster> before = new LinkedHashMap<>();
        while (!nodes.isEmpty() && nodes.last().compareTo(node) > 0) {
            Node last = nodes.pollLast();
            before.put(last, last.cluster);
            if (last.cluster.takeBack(last, rules)) {
                clusters.remove(last.cluster);
            }
            last.cluster = null;
        }
        Set<Cluster> changed = new LinkedHashSet<>(Set.of(append(node)));
        List<Node> later = new ArrayList<>(before.keySet());
        Collections.reverse(later);
        for (Node each : later) {
            Cluster old = before.get(each);
            Cluster now = append(each);
            if (now != old) {
                changed.add(now);
                changed.add(old);
            }
        }
        changed.retainAll(clusters);
        return changed;
    }

    /** Adds what another component holds. */
    void absorb(Component other) {
        other.nodes.forEach(node -> node.component = this);
        nodes.addAll(other.nodes);
        actions.addAll(other.actions);
        clusters.addAll(other.clusters);
    }

    /** Derives the clusters again from all facts. */
    void fold() {
        clusters.clear();
        nodes.forEach(node -> node.cluster = null);
        List<OperatorAction> due = new ArrayList<>(actions);
        int next = 0;
        for (Node node : nodes) {
            while (next < due.size() && due.get(next).time() < node.event.time()) {
                apply(due.get(next++));
            }
            place(node);
        }
        due.subList(next, due.size()).forEach(this::apply);
    }

    private Cluster place(Node node) {
        Map<Cluster, Double> fits = new HashMap<>();
        Set<Cluster> past = new HashSet<>();
        for (Node neighbour : node.neighbours) {
            Cluster cluster = neighbour.cluster;
            if (cluster == null) {
                continue;
            }
            if (cluster.accepts(node.event, rules)) {
                fits.merge(cluster, rules.closeness(node.event, neighbour.event), Math::max);
            } else {
                past.add(cluster);
            }
        }
        double best = fits.values().stream().mapToDouble(fit -> fit).max().orElse(0);
        List<Cluster> equal =
                fits.entrySet().stream()
                        .filter(fit -> best - fit.getValue() < rules.clearMargin())
                        .map(Map.Entry::getKey)
                        .toList();
        Cluster clear = clear(equal);
        if (clear != null) {
            clear.join(node, rules);
            return clear;
        }
        Cluster cluster = new Cluster();
        cluster.join(node, rules);
        cluster.couldBe(equal);
        cluster.relate(past);
        clusters.add(cluster);
        return cluster;
    }

    /**
     * The cluster to join, if there is one: the only one, or the one of earlier events that fit all
     * of the others as well. Otherwise each such event would be an incident of its own.
     */
    private static Cluster clear(List<Cluster> equal) {
        if (equal.size() == 1) {
            return equal.get(0);
        }
        for (Cluster cluster : equal) {
            Set<Cluster> others = new HashSet<>(equal);
            others.remove(cluster);
            if (!others.isEmpty() && cluster.candidates().containsAll(others)) {
                return cluster;
            }
        }
        return null;
    }

    private void apply(OperatorAction action) {
        Cluster cluster = clusterOf(action.founder());
        if (cluster == null) {
            return;
        }
        if (action instanceof OperatorAction.Merge merge) {
            Cluster other = clusterOf(merge.other());
            if (other != null && other != cluster) {
                cluster.takeOver(other, rules);
                clusters.remove(other);
            }
        } else if (action instanceof OperatorAction.Split split) {
            Cluster part = cluster.splitOff(split.eventIds(), rules);
            if (part != null) {
                clusters.add(part);
            }
        } else if (action instanceof OperatorAction.Close) {
            cluster.close(action.time());
        } else {
            cluster.reopen();
        }
    }

    /** Null if the event is not known, or later than the action. */
    private Cluster clusterOf(String eventId) {
        Node node = byId.get(eventId);
        return node == null ? null : node.cluster;
    }

    /** The parts of some components that are connected now, each folded again. */
    static List<Component> rebuilt(
            Set<Component> components, FusionRules rules, Map<String, Node> byId) {
        Map<Node, Component> parts = new HashMap<>();
        List<Component> rebuilt = new ArrayList<>();
        for (Component old : components) {
            for (Node node : old.nodes) {
                if (!parts.containsKey(node)) {
                    Component part = new Component(rules, byId);
                    part.collect(node, parts, components);
                    rebuilt.add(part);
                }
            }
        }
        rebuilt.forEach(Component::fold);
        return rebuilt;
    }

    /** Collects everything that pairs or merges connect to a node. */
    private void collect(Node start, Map<Node, Component> parts, Set<Component> components) {
        List<Node> open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            Node node = open.remove(open.size() - 1);
            if (parts.putIfAbsent(node, this) != null) {
                continue;
            }
            nodes.add(node);
            node.component = this;
            open.addAll(node.neighbours);
            for (Component old : components) {
                for (OperatorAction action : old.actions) {
                    Set<String> named = named(action);
                    if (named.contains(node.event.eventId())) {
                        actions.add(action);
                        named.stream()
                                .map(byId::get)
                                .filter(other -> other != null)
                                .forEach(open::add);
                    }
                }
            }
        }
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
