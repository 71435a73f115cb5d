package io.atalaya.dispatch.fusion;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/** An event with those that it pairs with. */
final class Node implements Comparable<Node> {
    private static final Comparator<Node> ORDER =
            Comparator.<Node>comparingLong(node -> node.event.time())
                    .thenComparing(node -> node.event.eventId());

    final Set<Node> neighbours = new HashSet<>();

    /** Events of incidents of the other subject that are noticed at the same place and time. */
    final Set<Node> related = new HashSet<>();

    IncidentEvent event;
    Component component;

    /** Null until the fold has reached it. */
    Cluster cluster;

    Node(IncidentEvent event) {
        this.event = event;
    }

    /** What only some may know of sees what all see, but not the other way round. */
    boolean isVisibleTo(Node other) {
        return event.restriction() == null || event.restriction().equals(other.event.restriction());
    }

    /** The clusters of the related events that may know of this one. */
    Set<Cluster> observers() {
        Set<Cluster> observers = new HashSet<>();
        for (Node other : related) {
            if (isVisibleTo(other)) {
                observers.add(other.cluster);
            }
        }
        return observers;
    }

    @Override
    public int compareTo(Node other) {
        return ORDER.compare(this, other);
    }
}
