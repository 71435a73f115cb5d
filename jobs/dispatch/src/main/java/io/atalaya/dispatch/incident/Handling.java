package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Assignment;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Note;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.dispatch.fusion.Cluster;
import io.atalaya.dispatch.incident.Assignments.Pending;
import io.atalaya.dispatch.incident.IncidentContent.Rank;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Routing.Chain;

import java.util.ArrayList;
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

    /** What people made of it; {@link #status} also considers whether it still exists. */
    Status answered = Status.OPEN;

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

    /** Start of the present chain of escalation; 0 if no site has been notified. */
    long notifiedAt;

    int nextStep;

    /** The next step waits for the position's budget. */
    boolean isStepHeld;

    int epoch;
    Assignment assignment;

    /** The sites that may still accept it, with the epoch of their assignment. */
    final TreeMap<String, Integer> offers = new TreeMap<>();

    /** The sites that have been notified, which must learn if it was wrong. */
    final TreeSet<String> notifiedSites = new TreeSet<>();

    Long acknowledgeBy;
    Long acknowledgedUntil;
    Long acceptBy;
    Long onSceneBy;

    /** The priority at which a person was asked to look again. */
    int askedAgainAt;

    /** The deadline that a reminder was last sent for. */
    long remindedFor;

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

    /** The chain that {@link #chainRank} has under {@link #chainPolicy}. */
    transient Chain chain;

    transient Rank chainRank;
    transient Policy chainPolicy;

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

    Status status() {
        if (replacedBy != null) {
            return Status.CLOSED;
        }
        boolean isUnclaimed =
                answered == Status.OPEN
                        || answered == Status.ACKNOWLEDGED
                        || answered == Status.REOPENED;
        return isWithdrawn && isUnclaimed && !isKeptOpen ? Status.CANCELLED : answered;
    }

    /** Whether it waits for someone to take it. */
    boolean isUnaccepted() {
        return isWaiting() || status() == Status.ACKNOWLEDGED;
    }

    /** Whether no one has answered. */
    boolean isWaiting() {
        return status() == Status.OPEN || status() == Status.REOPENED;
    }

    boolean isOver() {
        return status() == Status.CLOSED || status() == Status.CANCELLED;
    }

    boolean isNotified() {
        return notifiedAt > 0;
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
        answered = other.answered;
        assignment = other.assignment;
        notifiedAt = other.notifiedAt;
        nextStep = other.nextStep;
        acknowledgeBy = other.acknowledgeBy;
        acknowledgedUntil = other.acknowledgedUntil;
        acceptBy = other.acceptBy;
        onSceneBy = other.onSceneBy;
    }

    /** Each site handles a warning to the whole state. */
    boolean isOfEverySite() {
        return published.kind() == Incident.Kind.PUBLIC_WARNING && published.site() == null;
    }

    void clearDeadlines() {
        acknowledgeBy = null;
        acknowledgedUntil = null;
        acceptBy = null;
        onSceneBy = null;
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
        final Set<String> founders = new LinkedHashSet<>();
    }
}
