package io.atalaya.dispatch.fusion;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ids under which incidents were sent. An id belongs to the event that founded the incident,
 * and follows it, so an id that a person has noted always leads to the incident that holds that
 * event now. It is never given to another incident.
 */
public final class IncidentIds {
    private final Map<String, Long> sent = new HashMap<>();
    private final Map<String, String> founders = new HashMap<>();
    private long next;

    /**
     * The identity of a cluster. Incidents are named by the event that founded them.
     *
     * @param founder the id to send it under: the one that was sent first, or that of its first
     *     event
     * @param replaced founders of the other incidents that are part of it now
     * @param splitFrom founders of the incidents under which some of its events were sent before,
     *     and which are others now
     */
    public record Identity(String founder, List<String> replaced, Set<String> splitFrom) {}

    /** The identity under which a cluster is to be sent. */
    public Identity of(Cluster cluster) {
        List<String> own = new ArrayList<>();
        Set<String> before = new TreeSet<>();
        for (IncidentEvent event : cluster.events()) {
            if (sent.containsKey(event.eventId())) {
                own.add(event.eventId());
            }
            String founder = founders.get(event.eventId());
            if (founder != null) {
                before.add(founder);
            }
        }
        own.sort(Comparator.comparing(sent::get));
        own.forEach(before::remove);
        return own.isEmpty()
                ? new Identity(cluster.first().eventId(), List.of(), before)
                : new Identity(own.get(0), List.copyOf(own.subList(1, own.size())), before);
    }

    /** Records that a cluster was sent under this identity. */
    public void sent(Identity identity, Cluster cluster) {
        sent.putIfAbsent(identity.founder(), next++);
        for (IncidentEvent event : cluster.events()) {
            founders.put(event.eventId(), identity.founder());
        }
    }

    /** Records that an event has joined an incident that was sent. */
    public void joined(String eventId, String founder) {
        founders.put(eventId, founder);
    }

    /** Records what was sent before a restart, in the order of the first message of each. */
    public void restore(String founder, Collection<String> eventIds) {
        sent.putIfAbsent(founder, next++);
        eventIds.forEach(eventId -> founders.put(eventId, founder));
    }

    /** Records before a restart what the last message of an incident did not list. */
    public void restore(String founder, Cluster cluster) {
        cluster.events().forEach(event -> founders.putIfAbsent(event.eventId(), founder));
    }

    /** The event after which the incident was named that this event was last sent in, or null. */
    public String founderOf(String eventId) {
        return founders.get(eventId);
    }

    /** Forgets an event. */
    public void forget(String eventId) {
        sent.remove(eventId);
        founders.remove(eventId);
    }
}
