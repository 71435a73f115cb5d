package io.atalaya.dispatch.fusion;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An event, and where it belongs. */
final class Node implements Comparable<Node> {
    private static final Comparator<Node> ORDER =
            Comparator.<Node>comparingLong(node -> node.event.time())
                    .thenComparing(node -> node.event.eventId());

    /** Events of incidents of the other subject that are noticed at the same place and time. */
    final Set<Node> related = new LinkedHashSet<>();

    IncidentEvent event;
    Component component;

    /** Null until the fold has reached it. */
    Cluster cluster;

    /** Whether too many clusters fit it equally to choose one. */
    boolean isOfMany;

    Node(IncidentEvent event) {
        this.event = event;
    }

    /** The clusters of the related events that it may know of. */
    Set<Cluster> linked() {
        Set<Cluster> linked = new LinkedHashSet<>();
        for (Node other : related) {
            if (other.event.isOpenTo(event)) {
                linked.add(other.cluster);
            }
        }
        return linked;
    }

    /** The clusters of the related events that may know of this one. */
    Set<Cluster> observers() {
        Set<Cluster> observers = new LinkedHashSet<>();
        for (Node other : related) {
            if (event.isOpenTo(other.event)) {
                observers.add(other.cluster);
            }
        }
        return observers;
    }

    /** The number of nodes in order that come before it. */
    int position(List<Node> ordered) {
        if (ordered.isEmpty() || ordered.get(ordered.size() - 1).compareTo(this) < 0) {
            return ordered.size();
        }
        int index = Collections.binarySearch(ordered, this);
        return index < 0 ? -index - 1 : index;
    }

    /** Relates it to others. */
    void relate(Set<Node> others) {
        related.addAll(others);
        others.forEach(other -> other.related.add(this));
    }

    /** Relates it to none any more. */
    void unrelate() {
        related.forEach(other -> other.related.remove(this));
        related.clear();
    }

    @Override
    public int compareTo(Node other) {
        return ORDER.compare(this, other);
    }
}
