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
    IncidentEvent event;
    Component component;

    /** Null until the fold has reached it. */
    Cluster cluster;

    Node(IncidentEvent event) {
        this.event = event;
    }

    @Override
    public int compareTo(Node other) {
        return ORDER.compare(this, other);
    }
}
