package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.dispatch.Place;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Groups events into incidents. The result depends on the events and on what people decided, not on
 * the order in which they arrive. An event that is later than those it is connected to is placed at
 * once. Otherwise the later ones of its component are placed again after it, or all of them where a
 * person has decided something.
 */
public final class Fusion {
    /**
     * Upper bounds of radii, metres. Places are kept by how well they are known, so that the many
     * that are known well are not compared with all within the reach of the few others.
     */
    private static final double[] RADII = {25, 100};

    private final FusionRules rules;
    private final double maxMetres;
    private final Map<String, Node> byId = new HashMap<>();
    private final Map<String, Set<Node>> byKey = new HashMap<>();
    private final NavigableMap<Double, PlaceGrid> byRadius = new TreeMap<>();
    private final Set<Component> components = new LinkedHashSet<>();

    public Fusion(FusionRules rules) {
        this.rules = rules;
        this.maxMetres = rules.maxMetres();
        for (double radius : RADII) {
            byRadius.put(Math.min(radius, rules.maxRadiusMetres()), new PlaceGrid());
        }
        byRadius.put(rules.maxRadiusMetres(), new PlaceGrid());
    }

    /**
     * Adds an event, or its new version.
     *
     * @return the clusters that may have changed
     */
    public Collection<Cluster> put(IncidentEvent event) {
        Node node = byId.get(event.eventId());
        if (node == null) {
            node = new Node(event);
            byId.put(event.eventId(), node);
            return connect(node);
        }
        if (node.event.equals(event)) {
            return List.of();
        }
        if (node.event.isGroupedAs(event)) {
            node.event = event;
            return List.of(node.cluster);
        }
        Set<Cluster> observers = node.observers();
        disconnect(node);
        Component old = node.component;
        old.nodes.remove(node);
        node.event = event;
        Set<Component> connected = link(node);
        connected.add(old);
        old.nodes.add(node);
        Set<Cluster> changed = new LinkedHashSet<>(rebuild(connected));
        // A rebuilt one is there already.
        observers.removeIf(cluster -> clusterOf(cluster.first().eventId()) != cluster);
        changed.addAll(observers);
        return changed;
    }

    /**
     * Applies what a person decided.
     *
     * @return the clusters that may have changed; empty if the incident is not known
     */
    public Collection<Cluster> apply(OperatorAction action) {
        Set<Component> named = new LinkedHashSet<>();
        for (String eventId : Component.named(action)) {
            Node node = byId.get(eventId);
            if (node == null) {
                return List.of();
            }
            named.add(node.component);
        }
        named.iterator().next().actions.add(action);
        return rebuild(named);
    }

    /** The cluster of an event; null if the event is not known. */
    public Cluster clusterOf(String eventId) {
        Node node = byId.get(eventId);
        return node == null ? null : node.cluster;
    }

    /** Whether the event is noticed together with one of the other subject. */
    public boolean isRelated(String eventId) {
        return !byId.get(eventId).related.isEmpty();
    }

    public List<Cluster> clusters() {
        return components.stream().flatMap(component -> component.clusters.stream()).toList();
    }

    /**
     * Forgets what has had no event and no action since a time.
     *
     * @param isOver whether no one works on a cluster any more
     * @return ids of the forgotten events
     */
    public List<String> evictBefore(long time, Predicate<Cluster> isOver) {
        List<String> evicted = new ArrayList<>();
        for (Iterator<Component> all = components.iterator(); all.hasNext(); ) {
            Component component = all.next();
            if (component.lastTime() < time && component.clusters.stream().allMatch(isOver)) {
                all.remove();
                for (Node node : component.nodes) {
                    evicted.add(node.event.eventId());
                    byId.remove(node.event.eventId());
                    disconnect(node);
                }
            }
        }
        return evicted;
    }

    private Collection<Cluster> connect(Node node) {
        Set<Component> connected = link(node);
        Component all = new Component(rules, byId);
        for (Component component : connected) {
            if (component.nodes.size() > all.nodes.size()) {
                component.absorb(all);
                all = component;
            } else {
                all.absorb(component);
            }
        }
        components.removeAll(connected);
        components.add(all);
        if (all.isBefore(node)) {
            return List.of(all.append(node));
        }
        if (all.actions.isEmpty()) {
            return all.insert(node);
        }
        Component own = new Component(rules, byId);
        own.nodes.add(node);
        return rebuild(new LinkedHashSet<>(List.of(all, own)));
    }

    private Collection<Cluster> rebuild(Set<Component> old) {
        components.removeAll(old);
        List<Component> rebuilt = Component.rebuilt(old, rules, byId);
        components.addAll(rebuilt);
        return rebuilt.stream().flatMap(component -> component.clusters.stream()).toList();
    }

    /** Connects a node with those that it pairs with; returns their components. */
    private Set<Component> link(Node node) {
        Set<Component> connected = new LinkedHashSet<>();
        for (String key : node.event.keys()) {
            for (Node other : byKey.getOrDefault(key, Set.of())) {
                pair(node, other, connected);
            }
        }
        if (rules.hasPlace(node.event)) {
            Place place = node.event.place();
            byRadius.forEach(
                    (radius, places) ->
                            places.near(
                                    place,
                                    place.radiusMetres() + radius + maxMetres,
                                    other -> pair(node, other, connected)));
        }
        for (String key : node.event.keys()) {
            byKey.computeIfAbsent(key, any -> new HashSet<>()).add(node);
        }
        if (rules.hasPlace(node.event)) {
            places(node).add(node.event.place(), node);
        }
        return connected;
    }

    private void pair(Node node, Node other, Set<Component> connected) {
        if (rules.closeness(node.event, other.event) > 0) {
            node.neighbours.add(other);
            other.neighbours.add(node);
            connected.add(other.component);
        } else if (rules.areRelated(node.event, other.event)) {
            node.related.add(other);
            other.related.add(node);
        }
    }

    /** Where a node with a place is kept. */
    private PlaceGrid places(Node node) {
        return byRadius.ceilingEntry(node.event.place().radiusMetres()).getValue();
    }

    private void disconnect(Node node) {
        for (Node other : node.neighbours) {
            other.neighbours.remove(node);
        }
        node.neighbours.clear();
        for (Node other : node.related) {
            other.related.remove(node);
        }
        node.related.clear();
        for (String key : node.event.keys()) {
            byKey.computeIfPresent(
                    key, (any, nodes) -> nodes.remove(node) && nodes.isEmpty() ? null : nodes);
        }
        if (rules.hasPlace(node.event)) {
            places(node).remove(node.event.place(), node);
        }
    }
}
