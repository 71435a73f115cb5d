package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Assignment;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Note;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.dispatch.fusion.Cluster;
import io.atalaya.dispatch.incident.Assignments.Pending;
import io.atalaya.dispatch.incident.IncidentContent.Rank;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How an incident is handled: what was sent, who answered, and what is due. Which events belong to
 * it is not here, because that follows from fusion.
 */
final class Handling {
    private static final int MAX_RESPONSES = 64;
    private static final int MAX_PRIORITIES = 16;

    /** The event that founded it; of a digest its own id. */
    String founder;

    String incidentId;

    /** Rises with each incident that is published. */
    long number;

    /** How far it is; that of a warning to every site is in {@link #everySite}. */
    Progress progress = new Progress();

    /** How far each site is, if each of them handles it; else empty. */
    final TreeMap<String, Progress> everySite = new TreeMap<>();

    /** A person has reopened it, so it stays open even if its evidence is withdrawn. */
    boolean isKeptOpen;

    boolean isWithdrawn;

    /** Founder of the incident that it is part of now, or null. */
    String replacedBy;

    /** As last published, or null. */
    Incident published;

    /** Why no one is notified of it, or null. */
    Gate gate;

    /** Identifies what {@link #gate} is about: a mute, an inhibition, a digest. */
    String gateCause;

    /** First arrival of its evidence. */
    long arrivedAt;

    /** Last act of a person. */
    long actedAt;

    int epoch;

    /** The sites that may still accept it, with the epoch of their assignment. */
    final TreeMap<String, Integer> offers = new TreeMap<>();

    /** The epochs that were withdrawn from sites, the last of each. */
    final TreeMap<String, Integer> withdrawn = new TreeMap<>();

    /** The sites that have been notified, which must learn if it was wrong. */
    final TreeSet<String> notifiedSites = new TreeSet<>();

    /** It counts in the share of false alarms of its devices, once. */
    boolean isCounted;

    /** The priority at which a person was asked to look again. */
    int askedAgainAt;

    final List<Note> notes = new ArrayList<>();
    final LinkedHashSet<Link> links = new LinkedHashSet<>();

    /** Candidates that a person has turned down. */
    final TreeSet<String> notCandidates = new TreeSet<>();

    /** Revisions at which the priority changed. */
    final TreeMap<Long, Integer> priorities = new TreeMap<>();

    private final LinkedHashSet<String> responses = new LinkedHashSet<>();

    /** Not null if it stands for several incidents. */
    Digest digest;

    /** As of the last look at its evidence. */
    transient Rank rank;

    /** The incidents that it was linked to then. */
    transient Set<Cluster> linked = Set.of();

    /** Messages that go out with its next revision, by site. */
    final transient Map<String, Pending> pending = new LinkedHashMap<>();

    /** Why no one is notified of an incident. */
    enum Gate {
        /** It waits for its confirmation. */
        HELD,
        /** Another one covers it. */
        INHIBITED,
        /** A person's mute covers it. */
        MUTED,
        /** A digest lists it, because a position has no budget left. */
        DIGESTED,
        /** A digest lists it, because it need not interrupt a person. */
        REVIEW
    }

    Handling() {}

    Handling(String founder, String incidentId, long number, long now) {
        this.founder = founder;
        this.incidentId = incidentId;
        this.number = number;
        this.arrivedAt = now;
    }

    /** Of several sites that of the one with most left to do; and whether it still exists. */
    Status status() {
        if (replacedBy != null) {
            return Status.CLOSED;
        }
        Progress slowest = slowest();
        return isWithdrawn && slowest.isUnaccepted() && !isKeptOpen
                ? Status.CANCELLED
                : slowest.answered;
    }

    /** Its status for one of its sites. */
    Status statusAt(String site) {
        return isOfEverySite() && !isOver() ? at(site).answered : status();
    }

    /** How far a site is. */
    Progress at(String site) {
        return everySite.getOrDefault(site, progress);
    }

    /** How far each site is that handles it on its own. */
    Collection<Progress> all() {
        return everySite.isEmpty() ? List.of(progress) : everySite.values();
    }

    Progress slowest() {
        return all().stream()
                .min(Comparator.comparing(Progress::isOver).thenComparingInt(Progress::rank))
                .orElseThrow();
    }

    /** What people made of it. */
    Status answered() {
        return slowest().answered;
    }

    /** The same for every site. */
    void answer(Status status) {
        all().forEach(each -> each.answered = status);
    }

    /** Whether it waits for someone to take it. */
    boolean isUnaccepted() {
        return Lifecycle.isUnaccepted(status());
    }

    /** Whether no one has answered. */
    boolean isWaiting() {
        return Lifecycle.isWaiting(status());
    }

    boolean isOver() {
        return Lifecycle.isOver(status());
    }

    boolean isNotified() {
        return slowest().notifiedAt > 0;
    }

    /** Whether a site was notified of it alone, and is reminded of it. */
    boolean isAssigned() {
        return isNotified() && slowest().assignment != null;
    }

    /** Whether no site knows of it, not even by a digest. */
    boolean isHeldBack() {
        return gate == Gate.HELD || gate == Gate.INHIBITED || gate == Gate.MUTED;
    }

    /** Whether it lists what need not interrupt a person. */
    boolean isForReview() {
        return digest != null && digest.isReview;
    }

    int priority() {
        return published == null ? 0 : published.priority();
    }

    /** Whether the response is a new one. */
    boolean isNew(String responseId) {
        boolean isNew = responses.add(responseId);
        if (responses.size() > MAX_RESPONSES) {
            responses.remove(responses.iterator().next());
        }
        return isNew;
    }

    void publish(Incident incident) {
        if (published == null || published.priority() != incident.priority()) {
            priorities.put(incident.revision(), incident.priority());
            if (priorities.size() > MAX_PRIORITIES) {
                priorities.pollFirstEntry();
            }
        }
        published = incident;
    }

    /** The priority that a person saw in this revision. */
    int priorityAt(long revision) {
        var seen = priorities.floorEntry(revision);
        return seen == null ? 0 : seen.getValue();
    }

    /** Lets its site be notified, or notes that it knows. */
    void release() {
        gate = null;
        gateCause = null;
    }

    /** Takes over who has answered another incident, and what is due. */
    void continueAs(Handling other) {
        progress = new Progress(other.progress);
    }

    /** Whether each site handles it, as a warning to the whole state. */
    boolean isOfEverySite() {
        return !everySite.isEmpty();
    }

    /** One of each site that handles it on its own. */
    List<Assignment> assignments() {
        return everySite.values().stream().map(each -> each.assignment).toList();
    }

    void clearDeadlines() {
        all().forEach(Progress::clearDeadlines);
    }

    Incident.Deadlines deadlines() {
        Progress slowest = slowest();
        return new Incident.Deadlines(
                slowest.acknowledgeBy,
                slowest.acknowledgedUntil,
                slowest.acceptBy,
                slowest.onSceneBy);
    }

    /** The incidents that a digest stands for, because they did not interrupt anyone. */
    static final class Digest {
        String site;

        /** Of the incidents, or {@code muted}. */
        String type;

        /** Cell of the map, or the mute. */
        String cause;

        String restriction;

        /** It waits in a list until a person has time; nothing is due. */
        boolean isReview;

        long lastAddedAt;

        /** Not just a set, so that the order is the same after a restart. */
        final LinkedHashSet<String> founders = new LinkedHashSet<>();
    }
}
