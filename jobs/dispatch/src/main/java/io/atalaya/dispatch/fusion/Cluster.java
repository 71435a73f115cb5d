package io.atalaya.dispatch.fusion;

import io.atalaya.dispatch.fusion.FusionRules.Extent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The events of one incident, in order of (time, id). */
public final class Cluster {
    static final Comparator<Cluster> ORDER = Comparator.comparing(Cluster::firstNode);

    private static final long OPEN = Long.MAX_VALUE;

    private final FusionRules rules;
    private final PairIndex index;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<Cluster> related = new LinkedHashSet<>();
    private final Set<Cluster> candidates = new LinkedHashSet<>();
    private final Set<Cluster> claimants = new LinkedHashSet<>();

    /** Its closes and reopenings, in order. */
    private final List<Change> changes = new ArrayList<>(1);

    /** The first one with a place; null if there is none. */
    private Node seed;

    /** When a person last merged or split it. */
    private long arrangedAt = Long.MIN_VALUE;

    private Cluster mergedInto;

    /**
     * A close or reopening.
     *
     * @param by the event that reopened it; null if a person did
     */
    private record Change(long time, Node by, long closedAt, boolean isReopened) {
        private boolean isBefore(Node node) {
            return by == null ? time < node.event.time() : by.compareTo(node) < 0;
        }
    }

    /**
     * @param index holds its events while it does
     */
    Cluster(FusionRules rules, PairIndex index) {
        this.rules = rules;
        this.index = index;
    }

    public List<IncidentEvent> events() {
        return nodes.stream().map(node -> node.event).toList();
    }

    public IncidentEvent first() {
        return firstNode().event;
    }

    Node firstNode() {
        return nodes.get(0);
    }

    Component component() {
        return firstNode().component;
    }

    public boolean isClosed() {
        return closedAt() != OPEN;
    }

    private long closedAt() {
        return changes.isEmpty() ? OPEN : changes.get(changes.size() - 1).closedAt;
    }

    /** As of the time of an event. */
    private long closedAt(Node node) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i).isBefore(node)) {
                return changes.get(i).closedAt;
            }
        }
        return OPEN;
    }

    /** Whether it has events, and they are not in another one now. */
    boolean isCurrent() {
        return !nodes.isEmpty() && firstNode().cluster == this;
    }

    /** Whether evidence or a person has reopened it since its last close. */
    public boolean isReopened() {
        return !changes.isEmpty() && changes.get(changes.size() - 1).isReopened;
    }

    /** Clusters that a later event continues, but that were closed or too far away by then. */
    public Set<Cluster> related() {
        return current(related);
    }

    /** Clusters that fit its first event equally well, of which a person may choose one. */
    public Set<Cluster> candidates() {
        return Collections.unmodifiableSet(candidates);
    }

    /** Clusters whose first event would also fit this one. */
    public Set<Cluster> claimants() {
        return Collections.unmodifiableSet(claimants);
    }

    /** Whether each of some others is one of its candidates. */
    boolean couldBeAnyOf(Set<Cluster> others) {
        if (candidates.size() < others.size() - 1) {
            return false;
        }
        for (Cluster other : others) {
            if (other != this && !candidates.contains(other)) {
                return false;
            }
        }
        return true;
    }

    /** Clusters of another subject that are noticed at the same place and time, as it sees them. */
    public Set<Cluster> linked() {
        Set<Cluster> linked = new LinkedHashSet<>();
        nodes.forEach(node -> linked.addAll(node.linked()));
        return linked;
    }

    /** Clusters that see this one among their {@link #linked}. */
    public Set<Cluster> observers() {
        Set<Cluster> observers = new LinkedHashSet<>();
        nodes.forEach(node -> observers.addAll(node.observers()));
        return observers;
    }

    private Set<Cluster> current(Set<Cluster> clusters) {
        Set<Cluster> current = new LinkedHashSet<>();
        clusters.forEach(cluster -> current.add(cluster.now()));
        current.remove(this);
        return current;
    }

    /** The one that it is part of. */
    private Cluster now() {
        Cluster now = this;
        while (now.mergedInto != null) {
            now = now.mergedInto;
        }
        return now;
    }

    /** Whether an event may join, as of its time. */
    boolean accepts(Node node) {
        IncidentEvent event = node.event;
        long closedAt = closedAt(node);
        if (closedAt != OPEN && event.time() - closedAt > rules.reopenWithin().toMillis()) {
            return false;
        }
        Extent extent = rules.extents().get(event.subject());
        return event.time() - first().time() <= extent.within().toMillis()
                && (seed == null
                        || seed.compareTo(node) > 0
                        || !rules.hasPlace(event)
                        || FusionRules.metres(seed.event.place(), event.place())
                                <= extent.metres());
    }

    /** Whether an event that joins changes what may join after it. */
    boolean isChangedBy(Node node) {
        return closedAt(node) != OPEN
                || rules.hasPlace(node.event) && (seed == null || seed.compareTo(node) > 0);
    }

    /** Whether what may join depends on where this event is. */
    boolean isSeededBy(Node node) {
        return seed == node;
    }

    /** Whether a person has merged or split it after an event. */
    boolean isArrangedAfter(Node node) {
        return arrangedAt >= node.event.time();
    }

    /** Whether its first event would found it for the same reasons again. */
    boolean isFoundedOn(Set<Cluster> equal, Set<Cluster> past) {
        return candidates.equals(equal) && related.equals(past);
    }

    void join(Node node) {
        add(node);
        long closedAt = closedAt(node);
        if (closedAt != OPEN && node.event.time() > closedAt) {
            changes.add(new Change(node.event.time(), node, OPEN, true));
        }
    }

    /**
     * Takes out its last event, as if it had never joined.
     *
     * @return whether none is left
     */
    boolean takeBack(Node last) {
        remove(last);
        if (seed == last) {
            seed = null;
        }
        if (nodes.isEmpty()) {
            candidates.forEach(other -> other.claimants.remove(this));
        }
        return nodes.isEmpty();
    }

    /** Takes out an event on which no other depends. */
    void remove(Node node) {
        nodes.remove(node.position(nodes));
        index.remove(node);
        node.cluster = null;
    }

    /** Time of its last event or of what a person last did about it. */
    long lastTime() {
        long last = Math.max(arrangedAt, nodes.get(nodes.size() - 1).event.time());
        return changes.isEmpty() ? last : Math.max(last, changes.get(changes.size() - 1).time);
    }

    /** Forgets clusters that exist no more. */
    void forget(Set<Cluster> others) {
        related.removeIf(other -> others.contains(other.now()));
        candidates.removeAll(others);
        claimants.removeAll(others);
    }

    void relate(Collection<Cluster> others) {
        related.addAll(others);
    }

    void couldBe(Collection<Cluster> others) {
        candidates.addAll(others);
        others.forEach(other -> other.claimants.add(this));
    }

    void close(long time) {
        changes.add(new Change(time, null, time, false));
    }

    void reopen(long time) {
        changes.add(new Change(time, null, OPEN, isReopened() || isClosed()));
    }

    /** Takes over all events of another cluster. It is closed only if both are. */
    void takeOver(Cluster other, long time) {
        long closedAt =
                isClosed() && other.isClosed() ? Math.max(closedAt(), other.closedAt()) : OPEN;
        changes.add(new Change(time, null, closedAt, isReopened() || other.isReopened()));
        arrangedAt = time;
        other.moveTo(this, other.nodes);
        related.addAll(other.related);
        other.candidates.forEach(candidate -> candidate.claimants.remove(other));
        other.claimants.forEach(claimant -> claimant.candidates.remove(other));
        other.candidates.remove(this);
        other.claimants.remove(this);
        couldBe(other.candidates);
        other.claimants.forEach(claimant -> claimant.couldBe(Set.of(this)));
        other.mergedInto = this;
    }

    /** Moves the events with these ids into a new cluster; null if none or all of them are here. */
    Cluster splitOff(Set<String> eventIds, long time) {
        List<Node> leave =
                nodes.stream().filter(node -> eventIds.contains(node.event.eventId())).toList();
        // Also if it has no effect now, because it has one if there is another event.
        arrangedAt = time;
        if (leave.isEmpty() || leave.size() == nodes.size()) {
            return null;
        }
        Cluster other = new Cluster(rules, index);
        other.changes.addAll(changes);
        other.arrangedAt = time;
        moveTo(other, leave);
        return other;
    }

    private void moveTo(Cluster other, List<Node> some) {
        for (Node node : List.copyOf(some)) {
            remove(node);
            other.add(node);
        }
        seed = null;
        nodes.forEach(this::seed);
    }

    private void add(Node node) {
        nodes.add(node.position(nodes), node);
        node.cluster = this;
        index.add(node);
        seed(node);
    }

    private void seed(Node node) {
        if (rules.hasPlace(node.event) && (seed == null || node.compareTo(seed) < 0)) {
            seed = node;
        }
    }
}
