package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.fusion.FusionRules.Nearby;
import io.atalaya.dispatch.fusion.Group.Pairing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Finds what an event pairs with among those that have a cluster. Pairs are not kept, because of n
 * events in one place there are n² of them.
 */
final class PairIndex {
    /**
     * Upper bounds of radii, metres. Places are kept by how well they are known, so that the many
     * that are known well are not compared with all within the reach of the few others.
     */
    private static final double[] RADII = {25, 100};

    private final FusionRules rules;
    private final double maxMetres;
    private final Map<String, Groups> byKey = new HashMap<>();
    private final NavigableMap<Double, PlaceGrid> byRadius = new TreeMap<>();
    private final Map<String, Map<String, KindPair>> kindPairs = new HashMap<>();

    /**
     * What rules say about two kinds.
     *
     * @param pairing how they belong to one incident
     * @param link how their incidents are related
     */
    private record KindPair(ByPlace pairing, ByPlace link) {}

    /** Pairs by a key are certain. */
    private record ByKey(long within) implements Pairing {
        @Override
        public double closeness(double metres, long millis) {
            return millis <= within ? 1 : 0;
        }

        @Override
        public boolean needsPlace() {
            return false;
        }
    }

    private record ByPlace(List<Nearby> rules) implements Pairing {
        @Override
        public double closeness(double metres, long millis) {
            return FusionRules.closeness(rules, metres, millis);
        }

        @Override
        public boolean needsPlace() {
            return true;
        }

        private boolean isAny() {
            return !rules.isEmpty();
        }
    }

    /**
     * What an event has to do with.
     *
     * @param closest the clusters with earlier events that pair with it, and how closely the
     *     closest does
     * @param later components of later events that pair with it
     * @param related the events of other subjects that are noticed close by
     */
    record Surroundings(Map<Cluster, Double> closest, Set<Component> later, Set<Node> related) {
        /** The components of all that pair with it. */
        Set<Component> connected() {
            Set<Component> connected = new LinkedHashSet<>(later);
            closest.keySet().forEach(cluster -> connected.add(cluster.component()));
            return connected;
        }
    }

    /** Looks at a group some of whose nodes may pair with another. */
    private interface Visitor {
        /** Returns whether to go on. */
        boolean visit(Group group, Pairing pairing);
    }

    PairIndex(FusionRules rules) {
        this.rules = rules;
        maxMetres = rules.maxMetres();
        for (double radius : RADII) {
            byRadius.put(Math.min(radius, rules.maxRadiusMetres()), new PlaceGrid());
        }
        byRadius.put(rules.maxRadiusMetres(), new PlaceGrid());
    }

    /** Adds a node that has a cluster. */
    void add(Node node) {
        for (String key : node.event.keys()) {
            if (rules.sharedWithin(key) >= 0) {
                byKey.computeIfAbsent(key, any -> new Groups()).add(node);
            }
        }
        if (rules.pairsByPlace(node.event)) {
            grid(node).add(node.event.place(), node);
        }
    }

    /** Removes a node that still has its cluster. */
    void remove(Node node) {
        for (String key : node.event.keys()) {
            byKey.computeIfPresent(key, (any, groups) -> groups.remove(node) ? null : groups);
        }
        if (rules.pairsByPlace(node.event)) {
            grid(node).remove(node.event.place(), node);
        }
    }

    private PlaceGrid grid(Node node) {
        return byRadius.ceilingEntry(node.event.place().radiusMetres()).getValue();
    }

    /** The clusters with earlier events that pair with one, and how closely the closest does. */
    Map<Cluster, Double> closestEarlier(Node node) {
        Map<Cluster, Double> closest = new LinkedHashMap<>();
        visit(
                node,
                (group, pairing) -> {
                    double before = closest.getOrDefault(group.id.cluster(), 0.0);
                    double found = group.closestEarlier(node, pairing, null, before);
                    if (found > before) {
                        closest.put(group.id.cluster(), found);
                    }
                    return true;
                });
        return closest;
    }

    /**
     * Whether an earlier event of a cluster, except one, pairs with another at least as closely.
     */
    boolean hasEarlier(Node node, Cluster cluster, Node except, double closeness) {
        double less = Math.nextDown(closeness);
        return !visit(
                node,
                (group, pairing) ->
                        group.id.cluster() != cluster
                                || group.closestEarlier(node, pairing, except, less) <= less);
    }

    /**
     * The later events that pair with one, in order, and how closely.
     *
     * @param except a cluster whose events are left out, but for those that were one of many; or
     *     null
     */
    SortedMap<Node, Double> later(Node node, Cluster except) {
        SortedMap<Node, Double> all = new TreeMap<>();
        visit(
                node,
                (group, pairing) -> {
                    boolean isExcept = group.id.cluster() == except;
                    if (!isExcept || group.hasOfMany()) {
                        group.later(
                                node,
                                pairing,
                                (other, closeness) -> {
                                    if (!isExcept || other.isOfMany) {
                                        all.merge(other, closeness, Math::max);
                                    }
                                    return true;
                                });
                    }
                    return true;
                });
        return all;
    }

    /** All that a new event has to do with. */
    Surroundings surroundings(Node node) {
        Surroundings found =
                new Surroundings(
                        new LinkedHashMap<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        visitKeys(node, (group, pairing) -> addTo(found, node, group, pairing));
        near(
                node,
                groups -> {
                    Map<String, KindPair> kinds = kinds(node);
                    for (Group group : groups.all()) {
                        KindPair pair = pair(kinds, node, group);
                        if (isLike(node, group)) {
                            if (pair.pairing.isAny()) {
                                addTo(found, node, group, pair.pairing);
                            }
                        } else if (group.id.subject() != node.event.subject()
                                && pair.link.isAny()) {
                            group.around(node, pair.link, found.related::add);
                        }
                    }
                    return true;
                });
        return found;
    }

    private static boolean addTo(Surroundings found, Node node, Group group, Pairing pairing) {
        Cluster cluster = group.id.cluster();
        double before = found.closest.getOrDefault(cluster, 0.0);
        double closest = group.closestEarlier(node, pairing, null, before);
        if (closest > before) {
            found.closest.put(cluster, closest);
        }
        Component component = cluster.component();
        if (closest <= 0 && !found.later.contains(component)) {
            group.later(node, pairing, (other, closeness) -> !found.later.add(component));
        }
        return true;
    }

    /** Returns whether the visitor went on to the end. */
    private boolean visit(Node node, Visitor visitor) {
        return visitKeys(node, visitor)
                && near(
                        node,
                        groups -> {
                            Map<String, KindPair> kinds = kinds(node);
                            for (Group group : groups.all()) {
                                if (isLike(node, group)) {
                                    ByPlace pairing = pair(kinds, node, group).pairing;
                                    if (pairing.isAny() && !visitor.visit(group, pairing)) {
                                        return false;
                                    }
                                }
                            }
                            return true;
                        });
    }

    private boolean visitKeys(Node node, Visitor visitor) {
        for (String key : node.event.keys()) {
            Groups groups = byKey.get(key);
            if (groups != null) {
                Pairing pairing = new ByKey(rules.sharedWithin(key));
                for (Group group : groups.all()) {
                    if (isLike(node, group) && !visitor.visit(group, pairing)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean near(Node node, Predicate<Groups> visitor) {
        if (!rules.pairsByPlace(node.event)) {
            return true;
        }
        Place place = node.event.place();
        for (Map.Entry<Double, PlaceGrid> each : byRadius.entrySet()) {
            double metres = place.radiusMetres() + each.getKey() + maxMetres;
            if (!each.getValue().near(place, metres, visitor)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLike(Node node, Group group) {
        return group.id.subject() == node.event.subject()
                && Objects.equals(group.id.restriction(), node.event.restriction());
    }

    private Map<String, KindPair> kinds(Node node) {
        return kindPairs.computeIfAbsent(node.event.kind(), any -> new HashMap<>());
    }

    private KindPair pair(Map<String, KindPair> kinds, Node node, Group group) {
        return kinds.computeIfAbsent(
                group.id.kind(),
                other ->
                        new KindPair(
                                new ByPlace(rules.nearby(node.event.kind(), other)),
                                new ByPlace(rules.links(node.event.kind(), other))));
    }
}
