package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Assignment;
import io.atalaya.contracts.dispatch.Incident.Assignment.State;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.incident.IncidentContent.Rank;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Routing.Chain;
import io.atalaya.dispatch.policy.Policy.Routing.Recipient;
import io.atalaya.dispatch.policy.Policy.Routing.Step;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who is to handle an incident: assigns it to a site and position, follows its chain while no one
 * answers, moves it when its site is down, and withdraws it from all others once one has accepted.
 */
final class Assignments {
    private final IncidentOutput output;
    private final Decisions decisions;
    private final Sites sites;
    private final Interruptions interruptions;
    private Policy policy;

    /** A message that goes out with the next revision of its incident. */
    record Pending(Purpose purpose, Integer epoch, String reason) {}

    Assignments(Policy policy, IncidentOutput output, IncidentStore store, Decisions decisions) {
        this.policy = policy;
        this.output = output;
        this.decisions = decisions;
        sites = new Sites(policy.routing(), store);
        interruptions = new Interruptions(policy.storms().budget(), store, this::flood);
    }

    void policy(Policy other) {
        policy = other;
        sites.routing(other.routing());
        interruptions.budget(other.storms().budget());
    }

    Sites sites() {
        return sites;
    }

    Interruptions interruptions() {
        return interruptions;
    }

    private void flood(String site, String position, boolean begins, long now) {
        decisions.general(
                begins ? Kind.FLOOD_BEGAN : Kind.FLOOD_ENDED,
                "budget",
                null,
                "site",
                site,
                "position",
                position);
    }

    /**
     * Notifies the site that is responsible.
     *
     * @return false if its position has no budget left
     */
    boolean notifySite(Handling handling, Rank rank, boolean isUrgent, long now) {
        String home = rank.subject().site();
        if (rank.best().event().subject() == Subject.WARNING && home.isEmpty()) {
            for (Policy.Routing.Site site : policy.routing().sites()) {
                assign(handling, site.name(), null, "state-wide", now);
            }
            return true;
        }
        String own = sites.responsible(home);
        String site = sites.working(own);
        String position = position(handling);
        if (!interrupt(handling, site, position, isUrgent, now)) {
            return false;
        }
        assign(handling, site, position, home.isEmpty() ? "no-jurisdiction" : "jurisdiction", now);
        if (!site.equals(own)) {
            decisions.about(handling, Kind.FAILED_OVER, "site-down", "from", own, "to", site);
        }
        return true;
    }

    private boolean interrupt(
            Handling handling, String site, String position, boolean isUrgent, long now) {
        List<String> positions =
                position != null
                        ? List.of(position)
                        : policy.routing().sites().stream()
                                .filter(each -> each.name().equals(site))
                                .flatMap(each -> each.positions().stream())
                                .toList();
        return interruptions.take(
                site, positions, audience(handling), isUrgent, handling.isStepHeld, now);
    }

    private static String audience(Handling handling) {
        return handling.rank == null
                ? (handling.digest == null ? null : handling.digest.restriction)
                : handling.rank.best().event().restriction();
    }

    /** Notifies a site of a digest, which interrupts no one. */
    void notifyOfDigest(Handling handling, long now) {
        String site = sites.working(handling.digest.site);
        assign(handling, site, null, handling.isForReview() ? "review" : "over-budget", now);
        queue(handling, site, Purpose.DIGEST, handling.epoch, handling.digest.type);
    }

    private void assign(Handling handling, String site, String position, String reason, long now) {
        handling.epoch++;
        handling.assignment =
                new Assignment(site, position, handling.epoch, State.SENT, null, null);
        handling.offers.put(site, handling.epoch);
        handling.notifiedSites.add(site);
        if (!handling.isNotified()) {
            handling.notifiedAt = now;
            handling.nextStep = 0;
            setDeadlines(handling, now);
        }
        queue(handling, site, Purpose.ASSIGN, handling.epoch, reason);
        decisions.about(
                handling,
                Kind.ROUTED,
                reason,
                "site",
                site,
                "position",
                position,
                "epoch",
                String.valueOf(handling.epoch));
    }

    /** The position that handles its kind, or null for all. */
    private static String position(Handling handling) {
        return handling.rank == null || handling.rank.kind() == null
                ? null
                : handling.rank.kind().position();
    }

    private void setDeadlines(Handling handling, long now) {
        if (!handling.isForReview()) {
            Policy.Routing.Deadlines deadlines = policy.routing().deadlines();
            handling.acknowledgeBy = now + deadlines.register().toMillis();
            handling.acceptBy = now + deadlines.dispatch().toMillis();
            handling.onSceneBy = now + deadlines.onScene().toMillis();
        }
    }

    private static void queue(
            Handling handling, String site, Purpose purpose, Integer epoch, String reason) {
        handling.pending.put(site, new Pending(purpose, epoch, reason));
    }

    /** A new chain, as for an incident that no one was notified of. */
    void startAgain(Handling handling) {
        handling.release();
        handling.notifiedAt = 0;
        handling.remindedFor = 0;
    }

    /** The site that closes it learns that it is over, the others that it is not theirs. */
    void closed(Handling handling, String by) {
        withdrawOthers(handling, by, "closed");
        closedForAll(handling);
    }

    /** Its sites learn that it is over, and then no more of it. */
    void closedForAll(Handling handling) {
        for (String site : handling.offers.keySet()) {
            queue(handling, site, Purpose.UPDATE, handling.offers.get(site), "closed");
        }
        handling.offers.clear();
    }

    /** Sends the messages that wait for this revision, and the revision to those who have it. */
    void send(Handling handling, boolean isNew) {
        Map<String, Pending> pending = new LinkedHashMap<>(handling.pending);
        handling.pending.clear();
        if (isNew) {
            for (String site : handling.offers.keySet()) {
                pending.putIfAbsent(
                        site, new Pending(Purpose.UPDATE, handling.offers.get(site), null));
            }
        }
        pending.forEach(
                (site, message) ->
                        output.message(
                                site,
                                new DispatchMessage(
                                        message.purpose(),
                                        message.epoch(),
                                        message.reason(),
                                        handling.published)));
    }

    /** Notifies all who know of it that there was no incident. */
    void retract(Handling handling) {
        for (String site : handling.notifiedSites) {
            queue(handling, site, Purpose.RETRACTION, handling.offers.get(site), "withdrawn");
        }
        decisions.about(
                handling,
                handling.notifiedSites.isEmpty() ? Kind.SUPPRESSED : Kind.RETRACTED,
                handling.notifiedSites.isEmpty() ? "withdrawn-in-time" : "withdrawn");
    }

    /** Withdraws it from every site but one. */
    void withdrawOthers(Handling handling, String owner, String reason) {
        for (String site : List.copyOf(handling.offers.keySet())) {
            if (!site.equals(owner)) {
                withdraw(handling, site, reason);
            }
        }
    }

    void withdrawAll(Handling handling, String reason) {
        withdrawOthers(handling, null, reason);
    }

    void withdraw(Handling handling, String site, String reason) {
        Integer epoch = handling.offers.remove(site);
        queue(handling, site, Purpose.WITHDRAWN, epoch, reason);
        decisions.about(handling, Kind.WITHDRAWN, reason, "site", site);
    }

    /** Notifies a site why its answer has no effect. */
    void refuse(Handling handling, String site, String responseId, String reason) {
        decisions.about(handling, responseId, Kind.REJECTED_TRANSITION, reason, "site", site);
        if (sites.isKnown(site)) {
            handling.pending.putIfAbsent(
                    site, new Pending(Purpose.UPDATE, handling.offers.get(site), reason));
        }
    }

    /** A merged incident has the assignment of the part that went furthest. */
    void takeOver(Handling handling, Handling part) {
        boolean isFurther =
                progress(part) > progress(handling)
                        || progress(part) == progress(handling)
                                && part.isNotified()
                                && !handling.isNotified();
        if (isFurther) {
            handling.continueAs(part);
            handling.remindedFor = part.remindedFor;
        }
        handling.epoch = Math.max(handling.epoch, part.epoch);
        boolean isTaken =
                handling.assignment != null && progress(handling) >= progress(Status.ACCEPTED);
        String owner = isTaken ? handling.assignment.site() : null;
        part.offers.forEach(
                (site, epoch) -> {
                    boolean mayAccept = !isTaken || site.equals(owner);
                    if (mayAccept && handling.offers.putIfAbsent(site, epoch) == null) {
                        queue(handling, site, Purpose.ASSIGN, epoch, "merged");
                    }
                });
        if (isTaken) {
            withdrawOthers(handling, owner, "accepted-by-other");
        }
        if (handling.isNotified()) {
            handling.release();
        }
        handling.notifiedSites.addAll(part.notifiedSites);
        handling.isKeptOpen |= part.isKeptOpen;
        handling.actedAt = Math.max(handling.actedAt, part.actedAt);
        part.notes.stream()
                .limit(Incident.MAX_NOTES - handling.notes.size())
                .forEach(handling.notes::add);
    }

    /**
     * The one who handles an incident also handles what is split off it, until it says otherwise.
     */
    void inherit(Handling handling, Handling from) {
        handling.continueAs(from);
        handling.epoch = from.epoch;
        handling.offers.putAll(from.offers);
        handling.notifiedSites.addAll(from.notifiedSites);
        handling.offers.forEach(
                (site, epoch) -> queue(handling, site, Purpose.ASSIGN, epoch, "split"));
    }

    private static int progress(Handling handling) {
        return progress(handling.answered);
    }

    private static int progress(Status answered) {
        return switch (answered) {
            case CLOSED, CANCELLED -> 0;
            case OPEN, REOPENED -> 1;
            case ACKNOWLEDGED -> 2;
            case ACCEPTED -> 3;
            case ON_SCENE -> 4;
        };
    }

    /**
     * Moves an incident that no one has accepted away from a site that is down, and home when the
     * site is back.
     *
     * @return whether it has changed
     */
    boolean siteChanged(Handling handling, Sites.Change change, long now) {
        if (!handling.isNotified() || !handling.isUnaccepted() || handling.assignment == null) {
            return false;
        }
        if (handling.published.kind() == Incident.Kind.PUBLIC_WARNING) {
            return false;
        }
        String from = handling.assignment.site();
        String to;
        if (change.isDown()) {
            to = sites.other(change.site());
            if (!from.equals(change.site()) || to == null || sites.isDown(to)) {
                return false;
            }
        } else {
            to = change.site();
            if (from.equals(to) || !to.equals(handling.published.site()) && !sites.isDown(from)) {
                return false;
            }
        }
        handling.answered =
                handling.answered == Status.ACKNOWLEDGED ? Status.OPEN : handling.answered;
        String reason = change.isDown() ? "site-down" : "site-back";
        handling.acknowledgedUntil = null;
        decisions.about(handling, Kind.FAILED_OVER, reason, "from", from, "to", to);
        // Not counted against the budget, because the other site's incidents must not get lost.
        assign(handling, to, position(handling), reason, now);
        withdraw(handling, from, reason);
        return true;
    }

    /**
     * Does what is due by now, at most one message for an incident however much is overdue.
     *
     * @return whether it has changed
     */
    boolean due(Handling handling, long now) {
        if (handling.gate != null || !handling.isNotified() || handling.assignment == null) {
            return false;
        }
        if (handling.isForReview()) {
            return false;
        }
        return handling.isWaiting() && escalate(handling, now) || remind(handling, now);
    }

    /** When something may be due next, if nothing happens until then. */
    long nextDue(Handling handling, long now) {
        if (!handling.isNotified() || handling.assignment == null || handling.isForReview()) {
            return Long.MAX_VALUE;
        }
        if (handling.isStepHeld) {
            return now;
        }
        long again = handling.remindedFor + policy.routing().deadlines().onScene().toMillis();
        return Stream.of(
                        chain(handling).steps().stream()
                                .map(step -> handling.notifiedAt + step.after().toMillis()),
                        Stream.of(
                                handling.acknowledgeBy,
                                handling.acknowledgedUntil,
                                handling.acceptBy,
                                handling.onSceneBy,
                                handling.remindedFor == 0 ? null : again))
                .flatMap(times -> times)
                .filter(time -> time != null && time > now)
                .min(Comparator.naturalOrder())
                .orElse(Long.MAX_VALUE);
    }

    private boolean escalate(Handling handling, long now) {
        List<Step> steps = chain(handling).steps();
        int due = handling.nextStep - 1;
        while (due + 1 < steps.size()
                && handling.notifiedAt + steps.get(due + 1).after().toMillis() <= now) {
            due++;
        }
        if (due < handling.nextStep) {
            return false;
        }
        if (!escalate(handling, steps.get(due).to(), "unanswered", now)) {
            return false;
        }
        handling.nextStep = due + 1;
        // The message also reminds of every deadline so far.
        handling.remindedFor = now;
        return true;
    }

    private boolean escalate(Handling handling, Recipient to, String reason, long now) {
        String site = handling.assignment.site();
        String position =
                switch (to) {
                    case POSITIONS -> null;
                    case SUPERVISOR -> sites.supervisor(site);
                    case OTHER_SITE -> position(handling);
                };
        String other = sites.other(site);
        if (to == Recipient.OTHER_SITE && other != null && !sites.isDown(other)) {
            site = other;
        }
        if (!interrupt(handling, site, position, isUrgent(handling), now)) {
            if (!handling.isStepHeld) {
                handling.isStepHeld = true;
                decisions.about(handling, Kind.BUDGETED, "escalation", "to", to.name());
            }
            return false;
        }
        handling.isStepHeld = false;
        assign(handling, site, position, reason, now);
        decisions.about(handling, Kind.ESCALATED, reason, "to", to.name());
        return true;
    }

    private Chain chain(Handling handling) {
        // Kept, because each second asks every incident, and a predicate takes microseconds.
        if (handling.chainPolicy != policy || handling.chainRank != handling.rank) {
            List<Chain> chains = policy.routing().chains();
            // The last one is for every incident, and so for a digest.
            handling.chain =
                    chains.stream()
                            .filter(
                                    each ->
                                            handling.rank != null
                                                    && each.when().holds(handling.rank.routed()))
                            .findFirst()
                            .orElse(chains.get(chains.size() - 1));
            handling.chainPolicy = policy;
            handling.chainRank = handling.rank;
        }
        return handling.chain;
    }

    private boolean remind(Handling handling, long now) {
        long due = 0;
        String reason = null;
        if (handling.isWaiting() && isDue(handling.acknowledgeBy, due, now)) {
            due = handling.acknowledgeBy;
            reason = "not-acknowledged";
        }
        if (handling.isUnaccepted() && isDue(handling.acceptBy, due, now)) {
            due = handling.acceptBy;
            reason = "not-accepted";
        }
        if (handling.status() != Status.ON_SCENE && isDue(handling.onSceneBy, due, now)) {
            due = handling.onSceneBy;
            reason = "not-on-scene";
        }
        if (due <= handling.remindedFor) {
            reason = null;
        }
        handling.remindedFor = Math.max(handling.remindedFor, due);
        if (handling.status() == Status.ACKNOWLEDGED && isDue(handling.acknowledgedUntil, 0, now)) {
            handling.acknowledgedUntil = now + policy.routing().acknowledgedFor().toMillis();
            reason = "acknowledged-only";
        }
        long again = policy.routing().deadlines().onScene().toMillis();
        if (reason == null
                && handling.isWaiting()
                && handling.remindedFor > 0
                && now - handling.remindedFor >= again) {
            handling.remindedFor = now;
            reason = "unanswered";
        }
        if (reason == null) {
            return false;
        }
        Assignment assignment = handling.assignment;
        if (interrupt(
                handling, assignment.site(), assignment.position(), isUrgent(handling), now)) {
            queue(handling, assignment.site(), Purpose.REMINDER, assignment.epoch(), reason);
            decisions.about(handling, Kind.REMINDED, reason);
        } else {
            decisions.about(handling, Kind.BUDGETED, reason);
        }
        return true;
    }

    private static boolean isDue(Long deadline, long after, long now) {
        return deadline != null && deadline > after && deadline <= now;
    }

    private boolean isUrgent(Handling handling) {
        return handling.priority() >= policy.priorities().never();
    }

    void acknowledged(Handling handling, long now) {
        known(handling, now);
        handling.acknowledgeBy = null;
        handling.acknowledgedUntil = now + policy.routing().acknowledgedFor().toMillis();
        state(handling, State.ACKNOWLEDGED);
    }

    /** The site takes the incident; all others are notified at once. */
    void accepted(
            Handling handling,
            String site,
            String position,
            String operator,
            String cadNumber,
            long now) {
        known(handling, now);
        Integer epoch = handling.offers.getOrDefault(site, handling.epoch);
        handling.assignment =
                new Assignment(site, position, epoch, State.ACCEPTED, operator, cadNumber);
        handling.offers.put(site, epoch);
        handling.notifiedSites.add(site);
        handling.acknowledgeBy = null;
        handling.acknowledgedUntil = null;
        handling.acceptBy = null;
        if (!handling.isOfEverySite()) {
            withdrawOthers(handling, site, "accepted-by-other");
        }
    }

    /** A person may answer what no site was notified of yet; then no site needs to be. */
    private static void known(Handling handling, long now) {
        handling.release();
        if (!handling.isNotified()) {
            handling.notifiedAt = now;
        }
    }

    void arrived(Handling handling) {
        handling.clearDeadlines();
        state(handling, State.ON_SCENE);
    }

    /** The next of the chain is notified at once; the other site if the place is not the site's. */
    void rejected(Handling handling, String site, boolean isElsewhere, long now) {
        handling.offers.remove(site);
        Assignment is = handling.assignment;
        handling.assignment =
                new Assignment(site, is.position(), is.epoch(), State.REJECTED, null, null);
        handling.clearDeadlines();
        handling.remindedFor = 0;
        setDeadlines(handling, now);
        List<Step> steps = chain(handling).steps();
        boolean isLast = handling.nextStep >= steps.size();
        Recipient to =
                isElsewhere || isLast ? Recipient.OTHER_SITE : steps.get(handling.nextStep).to();
        if (escalate(handling, to, "rejected", now) && !isElsewhere && !isLast) {
            handling.nextStep++;
        }
    }

    /** Whether the assignment has changed by what became of its message. */
    boolean delivered(Handling handling, Delivery delivery, long now) {
        if (handling.assignment == null) {
            return false;
        }
        boolean isSent = handling.assignment.state() == State.SENT;
        if (delivery.result() == Delivery.Result.DELIVERED && isSent) {
            state(handling, State.DELIVERED);
            return true;
        }
        String other = sites.other(handling.assignment.site());
        if (delivery.result() == Delivery.Result.REJECTED
                && handling.isWaiting()
                && !handling.notifiedSites.contains(other)) {
            return escalate(handling, Recipient.OTHER_SITE, "not-delivered", now);
        }
        return false;
    }

    void seen(Handling handling, String site) {
        if (handling.assignment != null
                && handling.assignment.site().equals(site)
                && handling.assignment.state() == State.SENT) {
            state(handling, State.DELIVERED);
        }
    }

    private static void state(Handling handling, State state) {
        Assignment is = handling.assignment;
        if (is != null) {
            handling.assignment =
                    new Assignment(
                            is.site(),
                            is.position(),
                            is.epoch(),
                            state,
                            is.acceptedBy(),
                            is.cadNumber());
        }
    }
}
