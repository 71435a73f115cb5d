package io.atalaya.dispatch.fusion;

import io.atalaya.dispatch.fusion.IncidentEvent.Subject;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Nodes that have a key or a cell of the map in common, by cluster and by what rules ask. */
final class Groups {
    /** What the nodes of a group have in common. */
    record Id(Cluster cluster, String kind, Subject subject, String restriction) {
        private static Id of(Node node) {
            IncidentEvent event = node.event;
            return new Id(node.cluster, event.kind(), event.subject(), event.restriction());
        }
    }

    /** Linked, because it is iterated much more often than changed. */
    private final Map<Id, Group> byId = new LinkedHashMap<>();

    void add(Node node) {
        byId.computeIfAbsent(Id.of(node), Group::new).add(node);
    }

    /** Returns whether none is left. */
    boolean remove(Node node) {
        byId.computeIfPresent(Id.of(node), (id, group) -> group.remove(node) ? null : group);
        return byId.isEmpty();
    }

    Collection<Group> all() {
        return byId.values();
    }
}
