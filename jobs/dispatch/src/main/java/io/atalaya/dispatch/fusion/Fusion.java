package io.atalaya.dispatch.fusion;

import io.atalaya.dispatch.fusion.PairIndex.Surroundings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Groups events into incidents. The result depends on the events and on what people decided, not on
 * the order in which they arrive. An event that is later than those it is connected to is placed at
 * once. So is another one if no later event belongs elsewhere because of it. Otherwise the later
 * ones of its component are placed again after it, or all of them where a person has decided
 * something.
 */
public final class Fusion {
    private final FusionRules rules;
    private final PairIndex index;
    private final Map<String, Node> byId = new HashMap<>();
    private final Set<Component> components = new LinkedHashSet<>();

    public Fusion(FusionRules rules) {
        this.rules = rules;
        index = new PairIndex(rules);
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
            return add(node);
        }
        if (node.event.equals(event)) {
            return List.of();
        }
        if (node.event.isGroupedAs(event)) {
            node.event = event;
            return List.of(node.cluster);
        }
        Set<Cluster> changed = new LinkedHashSet<>(node.observers());
        changed.addAll(move(node, event));
        // Those that were founded again are there, too.
        changed.removeIf(cluster -> !cluster.isCurrent());
        return changed;
    }

    private Collection<Cluster> move(Node node, IncidentEvent event) {
        Component old = node.component;
        node.unrelate();
        if (old.hasActions()) {
            old.takeOut(node);
            node.event = event;
            Surroundings surroundings = index.surroundings(node);
            node.relate(surroundings.related());
            Set<Component> connected = surroundings.connected();
            connected.add(old);
            return joined(connected).addAndFold(node);
        }
        Set<Cluster> changed = new LinkedHashSet<>(old.remove(node));
        if (old.nodes().isEmpty()) {
            components.remove(old);
        }
        node.event = event;
        changed.addAll(add(node));
        return changed;
    }

    private Collection<Cluster> add(Node node) {
        Surroundings surroundings = index.surroundings(node);
        node.relate(surroundings.related());
        return joined(surroundings.connected()).add(node, surroundings.closest());
    }

    /** One component instead of several, or a new one. */
    private Component joined(Set<Component> connected) {
        Component all = new Component(rules, byId, index);
        for (Component component : connected) {
            if (component.nodes().size() > all.nodes().size()) {
                component.absorb(all);
                all = component;
            } else {
                all.absorb(component);
            }
        }
        components.removeAll(connected);
        components.add(all);
        return all;
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
        return joined(named).act(action);
    }

    /** The cluster of an event; null if the event is not known. */
    public Cluster clusterOf(String eventId) {
        Node node = byId.get(eventId);
        return node == null ? null : node.cluster;
    }

    /** Clusters of other subjects that an event is noticed together with, as it sees them. */
    public Set<Cluster> linked(String eventId) {
        return byId.get(eventId).linked();
    }

    /** Clusters that see an event together with their own. */
    public Set<Cluster> observers(String eventId) {
        return byId.get(eventId).observers();
    }

    public List<Cluster> clusters() {
        return components.stream().flatMap(component -> component.clusters().stream()).toList();
    }

    /**
     * Forgets what is over and has had no event and no action since a time, with all that it is
     * connected to.
     *
     * @param longest since when at the latest; what is over and older is forgotten although what it
     *     is connected to is not, because a chain of events may never end
     * @param isOver whether no one works on a cluster any more
     * @return ids of the forgotten events
     */
    public List<String> evictBefore(long time, long longest, Predicate<Cluster> isOver) {
        List<String> evicted = new ArrayList<>();
        for (Iterator<Component> all = components.iterator(); all.hasNext(); ) {
            Component component = all.next();
            for (Node node : component.evictBefore(time, longest, isOver)) {
                evicted.add(node.event.eventId());
                byId.remove(node.event.eventId());
                node.unrelate();
                index.remove(node);
            }
            if (component.nodes().isEmpty()) {
                all.remove();
            }
        }
        return evicted;
    }
}
