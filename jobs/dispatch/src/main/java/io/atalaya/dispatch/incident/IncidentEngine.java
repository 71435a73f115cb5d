package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Assignment;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.dispatch.Mute;
import io.atalaya.contracts.dispatch.SitePresence;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.fusion.Cluster;
import io.atalaya.dispatch.fusion.Fusion;
import io.atalaya.dispatch.fusion.IncidentEvent;
import io.atalaya.dispatch.fusion.IncidentIds;
import io.atalaya.dispatch.fusion.OperatorAction;
import io.atalaya.dispatch.incident.IncidentContent.Rank;
import io.atalaya.dispatch.incident.Interruptions.Seat;
import io.atalaya.dispatch.policy.Policy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns evidence into incidents and sees to it that someone takes each of them. All times are
 * arrival times, epoch ms; they need not rise from call to call.
 *
 * <pre>
 * evidence ─> fusion ─> rank ─> held? inhibited? muted? ─> over budget? ─> site and position
 * responses, sites, time ───────────────────────────────────────────────────────┘
 * </pre>
 */
public final class IncidentEngine {
    private static final long EVICTION_INTERVAL = Duration.ofMinutes(1).toMillis();

    /**
     * An incident that no person does anything about in this time is closed, and one that is over
     * forgotten.
     */
    private static final long MAX_OPEN = Duration.ofDays(7).toMillis();

    /** A mute that begins later is a mistake, and would be kept until then. */
    private static final long MAX_MUTE_AHEAD = Duration.ofDays(30).toMillis();

    /** A person cannot choose among more, and a message must not be too long. */
    private static final int MAX_CANDIDATES = 500;

    private final IncidentOutput output;
    private final IncidentStore store;
    private final Map<String, Evidence> evidence = new HashMap<>();
    private final Map<String, OperatorAction> actions = new TreeMap<>();
    private final Map<String, Handling> handlings = new TreeMap<>();
    private final Map<String, Handling> byIncidentId = new HashMap<>();

    /** Incidents with evidence that does not change their rank; they are published together. */
    private final Set<String> changed = new LinkedHashSet<>();

    /** When something may be due for an incident. */
    private final Agenda agenda = new Agenda();

    private final Decisions decisions;
    private final Assignments assignments;
    private final Suppression suppression;
    private final Responses responses;
    private final FalseAlarms falseAlarms;
    private final Digests digests = new Digests();
    private Policy policy;
    private IncidentContent content;
    private Fusion fusion;
    private IncidentIds ids = new IncidentIds();
    private long now;
    private long evictedAt;

    /** Time of the last act of a person. */
    private long actedAt;

    /** Higher than every revision that was sent of an incident that is not known any more. */
    private long firstRevision;

    private Set<String> postponed = Set.of();
    private String inWork;
    private long number;

    public IncidentEngine(Policy policy, IncidentOutput output, IncidentStore store) {
        this.policy = policy;
        this.output = output;
        this.store = store;
        content = new IncidentContent(policy);
        fusion = new Fusion(policy.fusion());
        decisions = new Decisions(output, policy.version());
        falseAlarms = new FalseAlarms(store);
        assignments = new Assignments(policy, output, store, decisions, this::flood);
        suppression = new Suppression(policy, store, decisions);
        responses = new Responses(this, assignments, decisions);
    }

    /** Gives back what {@link IncidentStore} holds, in any order, before all else. */
    public void restore(Section section, String key, Object value) {
        switch (section) {
            case EVIDENCE -> evidence.put(key, (Evidence) value);
            case ACTION -> {
                OperatorAction action = (OperatorAction) value;
                actions.put(key, action);
                actedAt = Math.max(actedAt, action.time());
            }
            case HANDLING -> {
                Handling handling = (Handling) value;
                handlings.put(key, handling);
                byIncidentId.put(handling.incidentId, handling);
                number = Math.max(number, handling.number);
                agenda.put(handling, 0);
                if (handling.digest != null) {
                    digests.restore(handling);
                }
            }
            case SITE -> assignments.sites().restore(key, (Sites.Site) value);
            case POSITION ->
                    assignments.interruptions().restore(key, (Interruptions.Position) value);
            case MUTE -> suppression.mutes().restore(key, (Mutes.State) value);
            case DEVICE -> falseAlarms.restore(key, (FalseAlarms.Device) value);
        }
    }

    /**
     * After a failure: messages may have been sent that are not known any more, but none with a
     * revision above this time.
     */
    public void continueAt(long wallClock) {
        firstRevision = wallClock;
    }

    /** Whether an incident with this evidence has a priority that nothing may hold up. */
    boolean isUrgent(Evidence each) {
        return content.isUrgent(each);
    }

    /** Whether the next tick has incidents to publish although no time passes. */
    boolean hasChanged() {
        return !changed.isEmpty();
    }

    /** What the engine knows beside what {@link IncidentStore} holds. */
    record Unstored(
            long now,
            long evictedAt,
            long firstRevision,
            List<String> changed,
            boolean isCatchingUp) {}

    Unstored unstored() {
        return new Unstored(
                now, evictedAt, firstRevision, List.copyOf(changed), suppression.isCatchingUp());
    }

    /** Continues within the same run, after {@link #restored}. */
    void continueFrom(Unstored unstored) {
        now = unstored.now;
        decisions.now(now);
        evictedAt = unstored.evictedAt;
        firstRevision = unstored.firstRevision;
        changed.clear();
        changed.addAll(unstored.changed);
        suppression.catchingUp(unstored.isCatchingUp);
    }

    /** To be called after the last {@link #restore}. */
    public void restored() {
        ids = new IncidentIds();
        handlings.values().stream()
                .filter(handling -> handling.published != null && handling.digest == null)
                .sorted(Comparator.comparingLong(handling -> handling.number))
                .forEach(
                        handling ->
                                ids.restore(
                                        handling.founder,
                                        handling.published.events().stream()
                                                .map(Incident.Event::eventId)
                                                .toList()));
        rebuild();
        for (Cluster cluster : fusion.clusters()) {
            Handling handling = handlings.get(ids.of(cluster).founder());
            if (handling != null && handling.published != null) {
                ids.restore(handling.founder, cluster);
            }
        }
        // What joined an incident since it was published was not sent yet.
        handlings.values().stream()
                .filter(handling -> !handling.isOver())
                .forEach(handling -> changed.add(handling.founder));
    }

    private void rebuild() {
        fusion = new Fusion(policy.fusion());
        // In order of time, because what comes last is placed at once.
        Deque<OperatorAction> due =
                actions.values().stream()
                        .sorted(Comparator.comparingLong(OperatorAction::time))
                        .collect(Collectors.toCollection(ArrayDeque::new));
        List<OperatorAction> early = new ArrayList<>();
        evidence.values().stream()
                .map(Evidence::event)
                .sorted(
                        Comparator.comparingLong(IncidentEvent::time)
                                .thenComparing(IncidentEvent::eventId))
                .forEach(
                        event -> {
                            while (!due.isEmpty() && due.peek().time() < event.time()) {
                                OperatorAction action = due.remove();
                                if (fusion.apply(action).isEmpty()) {
                                    early.add(action);
                                }
                            }
                            fusion.put(event);
                        });
        due.forEach(fusion::apply);
        early.forEach(fusion::apply);
        for (Cluster cluster : fusion.clusters()) {
            Handling handling = handlings.get(ids.of(cluster).founder());
            if (handling != null) {
                rank(handling, cluster);
                suppression.update(handling);
            }
        }
    }

    /** Adds evidence or a later version of it. */
    public void evidence(Evidence each, long arrival) {
        evidence(each, arrival, arrival);
    }

    /**
     * Adds evidence or a later version of it.
     *
     * @param present time at which it is processed, which is long after its arrival if the job was
     *     down; nothing that has expired by then is announced
     */
    public void evidence(Evidence found, long arrival, long present) {
        advance(arrival);
        Evidence before = evidence.get(found.eventId());
        boolean isLate =
                found.event().time() < forgottenBefore()
                        && (before == null || before.weight().isReview());
        if (isLate && before == null && found.event().isCancelled()) {
            decisions.general(Kind.SUPPRESSED, "too-late", found.eventId());
            return;
        }
        // It may be a later version of what is forgotten, so that nothing says that it is new.
        Evidence each = isLate ? found.forReview() : found;
        if (before != null && (before.revision() > each.revision() || before.equals(each))) {
            return;
        }
        if (before == null && each.expiresAt() > 0 && each.expiresAt() <= Math.max(now, present)) {
            decisions.general(
                    Kind.EXPIRED,
                    "expired",
                    each.eventId(),
                    "expiresAt",
                    String.valueOf(each.expiresAt()));
            return;
        }
        evidence.put(each.eventId(), each);
        store.put(Section.EVIDENCE, each.eventId(), each);
        Collection<Cluster> clusters = fusion.put(each.event());
        if (clusters.isEmpty()) {
            clusters = List.of(fusion.clusterOf(each.eventId()));
        }
        if (clusters.size() == 1 && joins(clusters.iterator().next(), each, before)) {
            return;
        }
        int priorityBefore = priorityOf(each.eventId());
        boolean isOfOne = before == null && clusters.size() == 1;
        refresh(clusters, !isOfOne);
        if (isOfOne) {
            Cluster cluster = clusters.iterator().next();
            refreshObservers(cluster.observers(), cluster, each);
        }
        Handling handling = handlings.get(ids.of(fusion.clusterOf(each.eventId())).founder());
        reopenIfGraver(handling, each, before, priorityBefore);
        if (before == null) {
            boolean isFounder = handling.founder.equals(each.eventId());
            decisions.about(
                    handling,
                    each.eventId(),
                    isFounder ? Kind.OPENED : Kind.ATTACHED,
                    isFounder ? "first-evidence" : "same-incident");
        }
    }

    /**
     * Withdraws evidence that was added before, such as a call that turns out to be a nuisance;
     * does nothing if there is none.
     */
    public void withdraw(Evidence each, long arrival) {
        if (evidence.containsKey(each.eventId())) {
            evidence(each, arrival);
        }
    }

    /**
     * Withdraws evidence that its source retracts; does nothing if there is none, or a later one.
     */
    public void retract(String eventId, long revision, long arrival) {
        Evidence known = evidence.get(eventId);
        if (known != null && known.revision() < revision) {
            evidence(known.with(revision, known.summary()).withdrawn(), arrival);
        }
    }

    /** Priority of the incident that an event belongs to, before it is published again. */
    private int priorityOf(String eventId) {
        Handling handling = handlings.get(ids.of(fusion.clusterOf(eventId)).founder());
        return handling == null ? 0 : handling.priority();
    }

    /**
     * What was noticed before an incident was closed does not reopen it, unless it is so grave that
     * it is never held back, or a warning goes on.
     */
    private void reopenIfGraver(
            Handling handling, Evidence each, Evidence before, int priorityBefore) {
        int never = policy.priorities().never();
        boolean isGraver = priorityBefore < never && handling.rank.priority() >= never;
        boolean goesOn =
                before != null
                        && each.event().subject() == IncidentEvent.Subject.WARNING
                        && each.expiresAt() > now;
        if (handling.status() == Status.CLOSED
                && !each.event().isCancelled()
                && (isGraver || goesOn)) {
            apply(
                    new OperatorAction.Reopen(
                            "graver/" + each.eventId() + "/" + each.revision(),
                            actionTime(),
                            handling.founder));
        }
    }

    /** Whether the evidence joins an incident whose rank and handling it does not change. */
    private boolean joins(Cluster cluster, Evidence each, Evidence before) {
        Handling handling = handlingOf(cluster);
        if (handling == null
                || handling.rank == null
                || handling.gate == Handling.Gate.HELD
                || handling.isOver()
                || handling.isWithdrawn
                || cluster.first().eventId().equals(each.eventId())
                || content.changes(handling.rank, each)
                || !handling.linked.containsAll(fusion.linked(each.eventId()))) {
            return false;
        }
        if (before != null
                && (content.isLess(each, before)
                        || !handling.founder.equals(ids.founderOf(each.eventId())))) {
            return false;
        }
        ids.joined(each.eventId(), handling.founder);
        changed.add(handling.founder);
        if (before == null) {
            decisions.about(handling, each.eventId(), Kind.ATTACHED, "same-incident");
        }
        refreshObservers(fusion.observers(each.eventId()), cluster, each);
        return true;
    }

    /**
     * Publishes the incidents that see a new event: at once if it may raise their priority, else at
     * the next tick.
     */
    private void refreshObservers(Set<Cluster> observers, Cluster cluster, Evidence each) {
        List<Cluster> raised = new ArrayList<>();
        for (Cluster observer : observers) {
            Handling handling = handlingOf(observer);
            if (handling == null
                    || handling.rank == null
                    || handling.isOver()
                    || content.isNewSource(handling.rank, each)) {
                raised.add(observer);
            } else if (!handling.linked.contains(cluster)) {
                changed.add(handling.founder);
            }
        }
        refresh(raised, true);
    }

    /** The handling of a cluster as it was last identified; null if it was not. */
    private Handling handlingOf(Cluster cluster) {
        String founder = ids.founderOf(cluster.first().eventId());
        return founder == null ? null : handlings.get(founder);
    }

    /** Does what a person or a dispatch system answers; an answer about a drone changes nothing. */
    public void response(DispatchResponse response, long arrival) {
        advance(arrival);
        if (!(response.action() instanceof DispatchResponse.DroneAction)) {
            responses.apply(response, now);
        }
    }

    /** Takes a heartbeat of a site. What follows from it for incidents is left to the next tick. */
    public void presence(SitePresence presence, long arrival) {
        advance(arrival);
        if (assignments.sites().isKnown(presence.site())) {
            assignments.sites().presence(presence, now);
        } else {
            decisions.general(
                    Kind.REJECTED_TRANSITION, "unknown-site", null, "site", presence.site());
        }
    }

    /**
     * Puts a mute in force.
     *
     * @param mute null if it is over
     */
    public void mute(String muteId, Mute mute, long arrival) {
        advance(arrival);
        if (mute == null) {
            endMute(muteId);
        } else if (mute.from() > now + MAX_MUTE_AHEAD) {
            decisions.general(
                    Kind.REJECTED_TRANSITION, "mute-too-far-ahead", null, "muteId", muteId);
        } else if (suppression.mutes().put(mute, policy.storms().longestMute())) {
            for (Handling handling : List.copyOf(handlings.values())) {
                if (handling.gate == Handling.Gate.MUTED && handling.gateCause.equals(muteId)) {
                    refresh(handling);
                }
            }
        } else {
            decisions.general(
                    Kind.REJECTED_TRANSITION,
                    "mute-too-long",
                    null,
                    "muteId",
                    muteId,
                    "longest",
                    policy.storms().longestMute().toString());
        }
    }

    /** Takes what became of a message; the receipt of a loudspeaker changes nothing. */
    public void delivery(Delivery delivery, long arrival) {
        advance(arrival);
        Handling handling = delivery.deviceId() == null ? handlingOf(delivery.incidentId()) : null;
        if (handling != null && assignments.delivered(handling, delivery, now)) {
            refresh(handling);
        }
    }

    /** Puts another policy in force; it also holds for what is open. */
    public void policy(Policy other, long arrival) {
        advance(arrival);
        policy = other;
        content = new IncidentContent(other);
        decisions.policyVersion(other.version());
        assignments.policy(other);
        suppression.policy(other);
        rebuild();
        refresh(fusion.clusters(), true);
        lookAtAll();
    }

    /** Lets the next tick look at every incident. */
    void lookAtAll() {
        handlings.values().forEach(handling -> agenda.put(handling, now));
    }

    /** Does what is due. May be called any number of times. */
    public void tick(long time) {
        tick(time, Set.of(), false);
    }

    /**
     * The same without some parts of the work.
     *
     * @param without what {@link #inWork} named when it failed before
     * @param isCatchingUp whether answers and heartbeats may not have been read yet; then no site
     *     is taken for down, no answer for overdue and no press for confirmed
     */
    public void tick(long time, Set<String> without, boolean isCatchingUp) {
        postponed = without;
        inWork = null;
        advance(time);
        suppression.catchingUp(isCatchingUp);
        if (isCatchingUp) {
            assignments.sites().await(now);
        } else if (begin("sites")) {
            assignments.sites().tick(now).forEach(this::siteChanged);
        }
        if (begin("budgets")) {
            assignments.interruptions().tick(now);
        }
        if (begin("mutes")) {
            suppression.mutes().over(now).forEach(this::endMute);
        }
        for (String founder : List.copyOf(changed)) {
            Handling handling = handlings.get(founder);
            if (begin(handling)) {
                changed.remove(founder);
                // Those that see it see no difference.
                refresh(handling, false);
            }
        }
        for (Handling handling : agenda.take(now)) {
            if (begin(handling)) {
                doWhatIsDue(handling, isCatchingUp);
            } else {
                agenda.put(handling, now);
            }
        }
        if (now - evictedAt >= EVICTION_INTERVAL) {
            closeForgotten();
            if (begin("eviction")) {
                evictedAt = now;
                evict();
            }
        }
        postponed = Set.of();
    }

    private boolean begin(Handling handling) {
        return handling == null || begin(handling.incidentId);
    }

    /** Notes that a part of the work begins; false if it is to be left out. */
    private boolean begin(String part) {
        inWork = part;
        return !postponed.contains(part);
    }

    /** The part of the work that {@link #tick} began last: an incident's id, or a name; or null. */
    public String inWork() {
        return inWork;
    }

    private void doWhatIsDue(Handling handling, boolean isCatchingUp) {
        if (handling.isOver() || handling.published == null) {
            return;
        }
        boolean isExpired = expire(handling);
        boolean isReleased = handling.gate != null && suppression.isReleased(handling, now);
        boolean isMoved = !isCatchingUp && leaveDeadSite(handling);
        if (isExpired || isReleased || isMoved || !isCatchingUp && assignments.due(handling, now)) {
            refresh(handling, false);
        } else if (isCatchingUp) {
            agenda.put(handling, now);
        } else {
            agenda.put(handling, nextLook(handling));
        }
    }

    /** Moves an incident that was left out when its site went down. */
    private boolean leaveDeadSite(Handling handling) {
        Assignment assignment = handling.progress.assignment;
        return assignment != null
                && assignments.sites().isDown(assignment.site())
                && assignments.siteChanged(
                        handling, new Sites.Change(assignment.site(), true), now);
    }

    /** When something may be due for an incident if nothing happens until then. */
    private long nextLook(Handling handling) {
        long next =
                handling.gate == null
                        ? assignments.nextDue(handling, now)
                        : suppression.nextRelease(handling, now);
        Evidence founder = evidence.get(handling.founder);
        return founder != null && founder.expiresAt() > now
                ? Math.min(next, founder.expiresAt())
                : next;
    }

    private boolean expire(Handling handling) {
        Evidence founder = evidence.get(handling.founder);
        if (handling.isKeptOpen
                || founder == null
                || founder.expiresAt() == 0
                || founder.expiresAt() > now) {
            return false;
        }
        end(handling, "expired/" + handling.founder + "/" + now, "expired");
        return true;
    }

    /** Closes an incident that no person closes. */
    private void end(Handling handling, String actionId, String reason) {
        handling.isKeptOpen = false;
        handling.answer(Status.CLOSED);
        assignments.closedForAll(handling);
        close(handling, actionId);
        decisions.about(handling, Kind.EXPIRED, reason);
    }

    private void advance(long time) {
        if (time > now && now > 0) {
            assignments.sites().skip(time - now);
        }
        now = Math.max(now, time);
        decisions.now(now);
        assignments.sites().start(now);
    }

    private void siteChanged(Sites.Change change) {
        for (Handling handling : List.copyOf(handlings.values())) {
            if (!begin(handling)) {
                // It is moved later, because the change is reported once.
                agenda.put(handling, now);
            } else if (assignments.siteChanged(handling, change, now)) {
                refresh(handling);
            }
        }
    }

    private void endMute(String muteId) {
        Mutes.State over = suppression.mutes().end(muteId);
        if (over == null) {
            return;
        }
        for (String founder : over.founders) {
            Handling handling = handlings.get(founder);
            if (handling == null
                    || handling.gate != Handling.Gate.MUTED
                    || !handling.gateCause.equals(muteId)
                    || handling.rank == null
                    || handling.isOver()) {
                continue;
            }
            if (begin(handling)) {
                digest(handling, handling.rank, Handling.Gate.DIGESTED, "muted", muteId, "muted");
                refresh(handling);
            } else {
                // Its site is notified of it alone later.
                agenda.put(handling, now);
            }
        }
    }

    /** Adds an incident to the digest of those that do not interrupt anyone. */
    private void digest(
            Handling child,
            Rank rank,
            Handling.Gate gate,
            String type,
            String cause,
            String reason) {
        Handling.Digest wanted = new Handling.Digest();
        wanted.site =
                rank.isOfEverySite()
                        ? null
                        : assignments.sites().responsible(rank.subject().site());
        wanted.type = type;
        wanted.cause = cause;
        wanted.restriction = rank.best().event().restriction();
        wanted.isReview = gate == Handling.Gate.REVIEW;
        Handling digest = digests.find(wanted, policy.storms().budget().per(), now);
        if (digest == null) {
            // One incident can found two at the same time, which must not have the same id.
            long parents =
                    child.links.stream().filter(link -> link.relation() == Relation.PARENT).count();
            digest = create("digest/" + child.founder + "/" + now + "/" + parents);
            digest.digest = wanted;
            digests.open(digest);
        }
        digest.digest.founders.add(child.founder);
        digest.digest.lastAddedAt = now;
        child.gate = gate;
        child.gateCause = digest.founder;
        child.links.add(new Link(Relation.PARENT, digest.incidentId));
        decisions.about(child, Kind.BUDGETED, reason, "digest", digest.incidentId);
        changed.add(digest.founder);
        // It is published at the next tick, and a failure may come before.
        store.put(Section.HANDLING, digest.founder, digest);
    }

    /** A list without incidents says to the site that one of its positions is flooded. */
    private void flood(Seat seat, boolean begins, long time) {
        decisions.general(
                begins ? Kind.FLOOD_BEGAN : Kind.FLOOD_ENDED,
                "budget",
                null,
                "site",
                seat.site(),
                "position",
                seat.position());
        Handling.Digest wanted = new Handling.Digest();
        wanted.site = seat.site();
        wanted.type = Digests.FLOOD;
        wanted.cause = seat.position();
        wanted.isReview = true;
        wanted.lastAddedAt = now;
        if (begins) {
            Handling flood = create("flood/" + seat.site() + "/" + seat.position() + "/" + time);
            flood.digest = wanted;
            digests.open(flood);
            changed.add(flood.founder);
            store.put(Section.HANDLING, flood.founder, flood);
            return;
        }
        Handling flood = digests.last(wanted);
        if (flood != null && !flood.isOver()) {
            flood.answer(Status.CLOSED);
            flood.digest.lastAddedAt = now;
            assignments.closedForAll(flood);
            changed.add(flood.founder);
            store.put(Section.HANDLING, flood.founder, flood);
        }
    }

    private Handling create(String founder) {
        Handling handling = new Handling(founder, HashId.of("incident", founder), ++number, now);
        handlings.put(founder, handling);
        byIncidentId.put(handling.incidentId, handling);
        return handling;
    }

    /** The handling of the incident that an id leads to now; null if it is not known. */
    Handling handlingOf(String incidentId) {
        Handling handling = byIncidentId.get(incidentId);
        if (handling == null || handling.digest != null) {
            return handling;
        }
        Cluster cluster = fusion.clusterOf(handling.founder);
        return cluster == null ? null : handlings.get(ids.of(cluster).founder());
    }

    /** Acts of one moment apply in the order in which they arrive. */
    long actionTime() {
        actedAt = Math.max(now, actedAt + 1);
        return actedAt;
    }

    /** Applies what a person decided about the grouping of events. */
    void apply(OperatorAction action) {
        actions.put(action.actionId(), action);
        store.put(Section.ACTION, action.actionId(), action);
        refresh(fusion.apply(action), true);
    }

    /** Ends the incident for fusion, too, so that later evidence reopens it or founds another. */
    void close(Handling handling, String actionId) {
        handling.clearDeadlines();
        if (handling.digest == null) {
            apply(new OperatorAction.Close(actionId, actionTime(), handling.founder));
        }
    }

    List<Evidence> evidenceOf(Handling handling) {
        Cluster cluster = fusion.clusterOf(handling.founder);
        return cluster == null ? List.of() : evidenceOf(cluster);
    }

    private List<Evidence> evidenceOf(Cluster cluster) {
        return cluster.events().stream().map(event -> evidence.get(event.eventId())).toList();
    }

    List<Handling> childrenOf(Handling digest) {
        return digest.digest.founders.stream()
                .map(handlings::get)
                .filter(child -> child != null)
                .toList();
    }

    FalseAlarms falseAlarms() {
        return falseAlarms;
    }

    IncidentOutput output() {
        return output;
    }

    /** Publishes an incident again if anything of it has changed, and those that see it. */
    void refresh(Handling handling) {
        refresh(handling, true);
    }

    private void refresh(Handling handling, boolean withObservers) {
        if (handling == null) {
            return;
        }
        if (handling.digest != null) {
            List<Handling> children = childrenOf(handling);
            boolean wasWithdrawn = handling.isWithdrawn;
            handling.isWithdrawn = Digests.isWithdrawn(children);
            if (handling.isWithdrawn && !wasWithdrawn) {
                assignments.retract(handling);
            }
            if (!handling.isOver() && Digests.isDone(handling, children)) {
                handling.answer(Status.CLOSED);
                handling.clearDeadlines();
                assignments.closedForAll(handling);
                decisions.about(handling, Kind.TRANSITION, "all-answered", "to", "CLOSED");
            } else if (handling.isWaiting() && handling.isNotified() && Digests.isSeen(children)) {
                handling.answer(Status.ACKNOWLEDGED);
                assignments.acknowledgedByAll(handling, now);
                decisions.about(handling, Kind.TRANSITION, "all-answered", "to", "ACKNOWLEDGED");
            }
            if (!handling.isNotified() && !handling.isOver()) {
                assignments.notifyOfDigest(handling, now);
            }
            publish(handling, Digests.message(handling, children, now));
            return;
        }
        Cluster cluster = fusion.clusterOf(handling.founder);
        if (cluster != null) {
            refresh(List.of(cluster), withObservers);
        }
    }

    private void refresh(Collection<Cluster> clusters, boolean withObservers) {
        Set<Cluster> all = new LinkedHashSet<>(clusters);
        if (withObservers) {
            clusters.forEach(cluster -> all.addAll(cluster.observers()));
        }
        List<Cluster> ordered = new ArrayList<>(all);
        ordered.sort(
                Comparator.<Cluster>comparingLong(cluster -> cluster.first().time())
                        .thenComparing(cluster -> cluster.first().eventId()));
        Map<Cluster, Handling> found = new LinkedHashMap<>();
        Set<Handling> replaced = new LinkedHashSet<>();
        Set<Cluster> naming = new LinkedHashSet<>();
        for (Cluster cluster : ordered) {
            int before = replaced.size();
            found.put(cluster, identify(cluster, replaced));
            if (replaced.size() > before) {
                // They name it by the id that it had before.
                naming.addAll(cluster.claimants());
            }
        }
        for (Cluster cluster : naming) {
            if (!found.containsKey(cluster)) {
                found.put(cluster, identify(cluster, replaced));
            }
        }
        replaced.removeAll(found.values());
        for (Handling handling : replaced) {
            publish(handling, replacedMessage(handling));
        }
        found.forEach(this::publish);
    }

    /** Finds or creates the handling of a cluster, and takes over that of its former parts. */
    private Handling identify(Cluster cluster, Set<Handling> replaced) {
        IncidentIds.Identity identity = ids.of(cluster);
        Handling handling = handlings.get(identity.founder());
        if (handling == null) {
            handling = create(identity.founder());
        }
        if (handling.published == null || handling.replacedBy != null) {
            separate(handling, identity.splitFrom());
        }
        handling.replacedBy = null;
        for (String founder : identity.replaced()) {
            Handling part = handlings.get(founder);
            if (part != null && part.replacedBy == null) {
                part.replacedBy = handling.founder;
                part.links.add(new Link(Relation.REPLACED, handling.incidentId));
                handling.links.add(new Link(Relation.REPLACING, part.incidentId));
                assignments.takeOver(handling, part);
                decisions.about(handling, Kind.MERGED, "same-incident", "other", part.incidentId);
                suppression.forget(part);
                replaced.add(part);
            }
        }
        for (String founder : identity.splitFrom()) {
            Handling other = handlings.get(founder);
            if (other != null && handling.links.add(new Link(Relation.SPLIT, other.incidentId))) {
                other.links.add(new Link(Relation.SPLIT, handling.incidentId));
                decisions.about(handling, Kind.SPLIT, "other-incident", "other", other.incidentId);
            }
        }
        ids.sent(identity, cluster);
        return handling;
    }

    /** Lets what was part of other incidents be one of its own. */
    private void separate(Handling handling, Set<String> founders) {
        List<Handling> parts =
                founders.stream()
                        .map(handlings::get)
                        .filter(Objects::nonNull)
                        .sorted(Comparator.comparingLong(part -> part.number))
                        .toList();
        if (!parts.isEmpty()) {
            assignments.inherit(handling, parts);
        }
        for (Handling part : parts) {
            handling.links.remove(new Link(Relation.REPLACED, part.incidentId));
            part.links.remove(new Link(Relation.REPLACING, handling.incidentId));
        }
    }

    private void rank(Handling handling, Cluster cluster) {
        handling.linked = cluster.linked();
        List<Evidence> linked = new ArrayList<>();
        handling.linked.forEach(other -> linked.addAll(evidenceOf(other)));
        int former = content.formerPriority(handling.published);
        handling.rank = content.rank(evidenceOf(cluster), linked, former, falseAlarms::share);
    }

    private void publish(Cluster cluster, Handling handling) {
        List<Evidence> all = evidenceOf(cluster);
        // Not of the last rank, which is found again after a restart.
        boolean wasPublished = handling.published != null;
        int before = handling.priority();
        rank(handling, cluster);
        Rank rank = handling.rank;
        boolean wasWithdrawn = handling.isWithdrawn;
        handling.isWithdrawn = all.stream().allMatch(each -> each.event().isCancelled());
        if (cluster.isClosed()) {
            handling.answer(Status.CLOSED);
        } else if (handling.answered() == Status.CLOSED) {
            handling.answer(Status.REOPENED);
            assignments.startAgain(handling);
            decisions.about(handling, Kind.TRANSITION, "reopened", "to", Status.REOPENED.name());
        }
        if (wasPublished && before != rank.priority()) {
            decisions.about(
                    handling,
                    Kind.PRIORITIZED,
                    "evidence",
                    "from",
                    String.valueOf(before),
                    "to",
                    String.valueOf(rank.priority()));
        }
        // Who has accepted it keeps it, and learns by the update.
        boolean isBackAgain = wasWithdrawn && !handling.isWithdrawn && handling.isUnaccepted();
        boolean isUrgentNow =
                wasPublished
                        && before < policy.priorities().never()
                        && rank.priority() >= policy.priorities().never()
                        && handling.isUnaccepted();
        if (isUrgentNow) {
            handling.answer(Status.OPEN);
        }
        if (isBackAgain || isUrgentNow) {
            assignments.startAgain(handling);
        }
        suppression.update(handling);
        if (handling.isUnaccepted() && !handling.isNotified()) {
            notifyUnlessSuppressed(handling, rank, all);
        }
        if (handling.isWithdrawn && !wasWithdrawn) {
            assignments.retract(handling);
            responses.learnWithdrawn(handling, all, now);
        }
        publish(
                handling,
                content.message(
                        handling,
                        rank,
                        all,
                        links(cluster, handling),
                        candidates(cluster, handling),
                        now));
    }

    /** Notifies a site of an incident that no site knows of yet, unless it is suppressed. */
    private void notifyUnlessSuppressed(Handling handling, Rank rank, List<Evidence> all) {
        boolean isUrgent = rank.priority() >= policy.priorities().never();
        if (!isUrgent) {
            if (handling.gate == Handling.Gate.DIGESTED
                    || suppression.suppress(handling, rank, all, now)) {
                return;
            }
        }
        String reason = isUrgent ? null : suppression.forList(rank, now);
        if (reason != null) {
            String cell = suppression.cell(all);
            digest(handling, rank, Handling.Gate.REVIEW, rank.type(), cell, reason);
            return;
        }
        handling.release();
        if (!assignments.notifySite(handling, rank, now)) {
            String cell = suppression.cell(all);
            digest(handling, rank, Handling.Gate.DIGESTED, rank.type(), cell, rank.type());
        }
    }

    private List<Link> links(Cluster cluster, Handling handling) {
        Set<Link> links = new LinkedHashSet<>(handling.links);
        Set<Cluster> related = new LinkedHashSet<>(cluster.related());
        related.addAll(cluster.linked());
        related.addAll(cluster.candidates());
        for (Cluster other : related) {
            Handling known = handlingOf(other);
            if (known != null) {
                links.add(new Link(Relation.RELATED, known.incidentId));
            }
        }
        return sorted(links).limit(Incident.MAX_LINKS).toList();
    }

    private static Stream<Link> sorted(Set<Link> links) {
        return links.stream()
                .sorted(Comparator.comparing(Link::relation).thenComparing(Link::incidentId));
    }

    private static List<String> candidates(Cluster cluster, Handling handling) {
        Set<String> candidates = new TreeSet<>();
        for (Cluster claimant : cluster.claimants()) {
            candidates.add(claimant.first().eventId());
        }
        candidates.removeAll(handling.notCandidates);
        return candidates.stream().limit(MAX_CANDIDATES).toList();
    }

    private Incident replacedMessage(Handling handling) {
        assignments.withdrawAll(handling, "replaced");
        return handling.published == null
                ? null
                : handling.published.replaced(
                        handling.status(),
                        sorted(handling.links).limit(Incident.MAX_LINKS).toList());
    }

    /** Sends what differs from what was published last, and the messages to the sites. */
    private void publish(Handling handling, Incident incident) {
        changed.remove(handling.founder);
        if (incident == null) {
            store.put(Section.HANDLING, handling.founder, handling);
            return;
        }
        Incident before = handling.published;
        boolean isNew = before == null || !before.equals(incident.withRevision(before.revision()));
        if (isNew) {
            long following = before == null ? now : Math.max(now, before.revision() + 1);
            Incident next = incident.withRevision(Math.max(firstRevision, following));
            handling.publish(next);
            output.incident(next);
            handling.links.stream()
                    .filter(link -> link.relation() == Relation.PARENT)
                    .map(link -> byIncidentId.get(link.incidentId()))
                    .filter(digest -> digest != null && !digest.isOver())
                    .forEach(digest -> changed.add(digest.founder));
        }
        assignments.send(handling, isNew);
        store.put(Section.HANDLING, handling.founder, handling);
        agenda.put(handling, now);
    }

    private void evict() {
        long before = forgottenBefore();
        long longest = Math.min(before, now - MAX_OPEN);
        for (String eventId : fusion.evictBefore(before, longest, this::isForgotten)) {
            evidence.remove(eventId);
            store.remove(Section.EVIDENCE, eventId);
            ids.forget(eventId);
        }
        for (Handling handling : List.copyOf(handlings.values())) {
            boolean isGone =
                    handling.digest == null
                            ? fusion.clusterOf(handling.founder) == null
                            : handling.digest.lastAddedAt < before && handling.isOver();
            if (isGone) {
                if (handling.published != null) {
                    firstRevision = Math.max(firstRevision, handling.published.revision() + 1);
                }
                handlings.remove(handling.founder);
                byIncidentId.remove(handling.incidentId);
                agenda.remove(handling);
                suppression.forget(handling);
                if (handling.digest != null) {
                    digests.forget(handling);
                }
                store.remove(Section.HANDLING, handling.founder);
            }
        }
        falseAlarms.evict(now);
        actions.values()
                .removeIf(
                        action -> {
                            boolean isGone = fusion.clusterOf(action.founder()) == null;
                            if (isGone) {
                                store.remove(Section.ACTION, action.actionId());
                            }
                            return isGone;
                        });
    }

    /** What is over and had no event since then is forgotten. */
    private long forgottenBefore() {
        long kept =
                policy.fusion().extents().values().stream()
                        .mapToLong(extent -> extent.within().toMillis())
                        .max()
                        .orElse(0);
        return now - kept - policy.fusion().reopenWithin().toMillis();
    }

    private boolean isForgotten(Cluster cluster) {
        Handling handling = handlings.get(ids.of(cluster).founder());
        return handling == null || handling.isOver();
    }

    private void closeForgotten() {
        for (Handling handling : List.copyOf(handlings.values())) {
            long latest = Math.max(handling.arrivedAt, handling.actedAt);
            if (!handling.isOver() && latest < now - MAX_OPEN && begin(handling)) {
                end(handling, "never-closed/" + handling.founder + "/" + now, "never-closed");
                refresh(handling);
            }
        }
    }
}
