package io.atalaya.dispatch.fusion;

import io.atalaya.contracts.dispatch.Place;
import io.atalaya.dispatch.fusion.FusionRules.Extent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The events of one incident, in order of (time, id). */
public final class Cluster {
    private static final long OPEN = Long.MAX_VALUE;

    private final List<Node> nodes = new ArrayList<>();
    private final Set<Cluster> related = new HashSet<>();
    private final Set<Cluster> candidates = new HashSet<>();
    private final Set<Cluster> claimants = new HashSet<>();
    private Place seed;
    private long closedAt = OPEN;
    private boolean isReopened;
    private Cluster mergedInto;

    public List<IncidentEvent> events() {
        return nodes.stream().map(node -> node.event).toList();
    }

    public IncidentEvent first() {
        return nodes.get(0).event;
    }

    public boolean isClosed() {
        return closedAt != OPEN;
    }

    /** Whether evidence or a person has reopened it since its last close. */
    public boolean isReopened() {
        return isReopened;
    }

    /** Clusters that a later event continues, but that were closed or too far away by then. */
    public Set<Cluster> related() {
        return current(related);
    }

    /** Clusters that fit its first event equally well, of which a person may choose one. */
    public Set<Cluster> candidates() {
        return current(candidates);
    }

    /** Clusters whose first event would also fit this one. */
    public Set<Cluster> claimants() {
        return current(claimants);
    }

    /** Clusters of another subject that are noticed at the same place and time, as it sees them. */
    public Set<Cluster> linked() {
        Set<Cluster> linked = new HashSet<>();
        for (Node node : nodes) {
            for (Node other : node.related) {
                if (other.isVisibleTo(node)) {
                    linked.add(other.cluster);
                }
            }
        }
        return linked;
    }

    /** Clusters that see this one among their {@link #linked}. */
    public Set<Cluster> observers() {
        Set<Cluster> observers = new HashSet<>();
        nodes.forEach(node -> observers.addAll(node.observers()));
        return observers;
    }

    private Set<Cluster> current(Set<Cluster> clusters) {
        Set<Cluster> current = new HashSet<>();
        for (Cluster cluster : clusters) {
            Cluster now = cluster;
            while (now.mergedInto != null) {
                now = now.mergedInto;
            }
            current.add(now);
        }
        current.remove(this);
        return current;
    }

    /** Whether an event, which comes after all of its own, may still join. */
    boolean accepts(IncidentEvent event, FusionRules rules) {
        if (isClosed() && event.time() - closedAt > rules.reopenWithin().toMillis()) {
            return false;
        }
        Extent extent = rules.extents().get(event.subject());
        return event.time() - first().time() <= extent.within().toMillis()
                && (seed == null
                        || !rules.hasPlace(event)
                        || FusionRules.metres(seed, event.place()) <= extent.metres());
    }

    void join(Node node, FusionRules rules) {
        add(node, rules);
        if (isClosed() && node.event.time() > closedAt) {
            reopen();
        }
    }

    /**
     * Takes out its last event, as if it had never joined.
     *
     * @return whether none is left
     */
    boolean takeBack(Node last, FusionRules rules) {
        nodes.remove(nodes.size() - 1);
        if (nodes.isEmpty()) {
            candidates.forEach(other -> other.claimants.remove(this));
        } else if (seed != null && seed.equals(last.event.place())) {
            seed =
                    nodes.stream()
                            .map(node -> node.event)
                            .filter(rules::hasPlace)
                            .map(IncidentEvent::place)
                            .findFirst()
                            .orElse(null);
        }
        return nodes.isEmpty();
    }

    void relate(Collection<Cluster> others) {
        related.addAll(others);
    }

    void couldBe(Collection<Cluster> others) {
        candidates.addAll(others);
        others.forEach(other -> other.claimants.add(this));
    }

    void close(long time) {
        closedAt = time;
        isReopened = false;
    }

    void reopen() {
        isReopened = isReopened || isClosed();
        closedAt = OPEN;
    }

    /** Takes over all events of another cluster. It is closed only if both are. */
    void takeOver(Cluster other, FusionRules rules) {
        List<Node> all = new ArrayList<>(nodes);
        all.addAll(other.nodes);
        refill(all, rules);
        related.addAll(other.related);
        candidates.addAll(other.candidates);
        claimants.addAll(other.claimants);
        isReopened |= other.isReopened;
        closedAt = isClosed() && other.isClosed() ? Math.max(closedAt, other.closedAt) : OPEN;
        other.mergedInto = this;
    }

    /** Moves the events with these ids into a new cluster; null if none or all of them are here. */
    Cluster splitOff(Set<String> eventIds, FusionRules rules) {
        List<Node> stay = new ArrayList<>();
        List<Node> leave = new ArrayList<>();
        for (Node node : nodes) {
            (eventIds.contains(node.event.eventId()) ? leave : stay).add(node);
        }
        if (stay.isEmpty() || leave.isEmpty()) {
            return null;
        }
        Cluster other = new Cluster();
        refill(stay, rules);
        other.refill(leave, rules);
        return other;
    }

    private void refill(List<Node> all, FusionRules rules) {
        Collections.sort(all);
        nodes.clear();
        seed = null;
        all.forEach(node -> add(node, rules));
    }

    private void add(Node node, FusionRules rules) {
        nodes.add(node);
        node.cluster = this;
        if (seed == null && rules.hasPlace(node.event)) {
            seed = node.event.place();
        }
    }
}
