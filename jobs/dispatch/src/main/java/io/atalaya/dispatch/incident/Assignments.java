package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Assignment;
import io.atalaya.contracts.dispatch.Incident.Assignment.State;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.dispatch.incident.IncidentContent.Rank;
import io.atalaya.dispatch.incident.Interruptions.FloodListener;
import io.atalaya.dispatch.incident.Interruptions.Seat;
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

    Assignments(
            Policy policy,
            IncidentOutput output,
            IncidentStore store,
            Decisions decisions,
            FloodListener floods) {
        this.policy = policy;
        this.output = output;
        this.decisions = decisions;
        sites = new Sites(policy.routing(), store);
        interruptions = new Interruptions(policy.storms().budget(), store, floods);
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

    /**
     * Notifies the site that is responsible.
     *
     * @return false if its position has no budget left
     */
    boolean notifySite(Handling handling, Rank rank, long now) {
        if (rank.isOfEverySite()) {
            List<Seat> seats = sites.names().stream().flatMap(this::seats).toList();
            if (!interrupt(handling, seats, rank.priority(), false, now)) {
                return false;
            }
            assignEverySite(handling, "state-wide", now);
            return true;
        }
        String home = rank.subject().site();
        String own = sites.responsible(home);
        String site = sites.working(own);
        String position = position(handling);
        if (!interrupt(handling, seats(site, position), rank.priority(), false, now)) {
            return false;
        }
        assign(
                handling,
                handling.progress,
                site,
                position,
                home.equals(own) ? "jurisdiction" : "no-jurisdiction",
                now);
        if (!site.equals(own)) {
            decisions.about(handling, Kind.FAILED_OVER, "site-down", "from", own, "to", site);
        }
        return true;
    }

    private void assignEverySite(Handling handling, String reason, long now) {
        for (String site : sites.names()) {
            Progress each = new Progress();
            each.answered = handling.progress.answered;
            handling.everySite.put(site, each);
            assign(handling, each, site, null, reason, now);
        }
    }

    private boolean interrupt(
            Handling handling, List<Seat> seats, int priority, boolean isRetry, long now) {
        boolean isUrgent = priority >= policy.priorities().never();
        return interruptions.take(seats, audience(handling), priority, isUrgent, isRetry, now);
    }

    /**
     * @param position or null for all of the site
     */
    private List<Seat> seats(String site, String position) {
        return position == null ? seats(site).toList() : List.of(new Seat(site, position));
    }

    private Stream<Seat> seats(String site) {
        return policy.routing().sites().stream()
                .filter(each -> each.name().equals(site))
                .flatMap(each -> each.positions().stream())
                .map(position -> new Seat(site, position));
    }

    private static String audience(Handling handling) {
        return handling.rank == null
                ? (handling.digest == null ? null : handling.digest.restriction)
                : handling.rank.best().event().restriction();
    }

    /** Notifies a site of a digest, which interrupts no one. */
    void notifyOfDigest(Handling handling, long now) {
        String reason = handling.isForReview() ? "review" : "over-budget";
        if (handling.digest.site == null) {
            assignEverySite(handling, reason, now);
        } else {
            String site = sites.working(handling.digest.site);
            assign(handling, handling.progress, site, null, reason, now);
        }
        handling.offers.forEach(
                (site, epoch) ->
                        queue(handling, site, Purpose.DIGEST, epoch, handling.digest.type));
    }

    private void assign(
            Handling handling,
            Progress progress,
            String site,
            String position,
            String reason,
            long now) {
        handling.epoch++;
        progress.clearHeld();
        progress.assignment =
                new Assignment(site, position, handling.epoch, State.SENT, null, null);
        progress.assignedAt = handling.published == null ? now : handling.published.revision() + 1;
        handling.offers.put(site, handling.epoch);
        handling.notifiedSites.add(site);
        if (progress.notifiedAt == 0) {
            progress.notifiedAt = now;
            progress.nextStep = 0;
            setDeadlines(handling, progress, now);
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

    private void setDeadlines(Handling handling, Progress progress, long now) {
        if (!handling.isForReview()) {
            Policy.Routing.Deadlines deadlines = policy.routing().deadlines();
            progress.acknowledgeBy = now + deadlines.register().toMillis();
            progress.acceptBy = now + deadlines.dispatch().toMillis();
            progress.onSceneBy = now + deadlines.onScene().toMillis();
        }
    }

    private static void queue(
            Handling handling, String site, Purpose purpose, Integer epoch, String reason) {
        handling.pending.put(site, new Pending(purpose, epoch, reason));
    }

    /** A new chain, as for an incident that no one was notified of. */
    void startAgain(Handling handling) {
        handling.release();
        handling.progress.answered = handling.answered();
        handling.everySite.clear();
        // Else who accepted it before would keep all others from it while it is held back.
        handling.progress.assignment = null;
        handling.progress.notOf = null;
        handling.progress.notifiedAt = 0;
        handling.progress.remindedFor = 0;
        handling.progress.clearHeld();
    }

    /** Of several sites only this one is done with it. */
    void closedAt(Handling handling, String site) {
        Progress progress = handling.at(site);
        progress.clearDeadlines();
        state(progress, State.CLOSED);
        queue(handling, site, Purpose.UPDATE, handling.offers.remove(site), "closed");
    }

    /** Of several sites only this one begins again. */
    void reopenedAt(Handling handling, String site, long now) {
        Progress again = new Progress();
        again.answered = handling.at(site).answered;
        handling.everySite.put(site, again);
        assign(handling, again, site, null, "reopened", now);
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
        if (epoch != null) {
            handling.withdrawn.put(site, epoch);
        }
        queue(handling, site, Purpose.WITHDRAWN, epoch, reason);
        decisions.about(handling, Kind.WITHDRAWN, reason, "site", site);
    }

    /** Notifies a site why its answer has no effect. */
    void refuse(Handling handling, String site, String responseId, String reason) {
        decisions.about(handling, responseId, Kind.REJECTED_TRANSITION, reason, "site", site);
        boolean mayKnow = !handling.published.covert() || handling.notifiedSites.contains(site);
        if (mayKnow) {
            handling.pending.putIfAbsent(
                    site, new Pending(Purpose.UPDATE, handling.offers.get(site), reason));
        }
    }

    /** A merged incident has the assignment of the part that went furthest. */
    void takeOver(Handling handling, Handling part) {
        if (isFurther(part, handling)) {
            handling.continueAs(part);
        }
        handling.epoch = Math.max(handling.epoch, part.epoch);
        part.offers.forEach(
                (site, epoch) -> {
                    if (mayAccept(handling, site)
                            && handling.offers.putIfAbsent(site, epoch) == null) {
                        queue(handling, site, Purpose.ASSIGN, epoch, "merged");
                    }
                });
        Assignment is = handling.progress.assignment;
        if (is != null && handling.progress.isTaken()) {
            withdrawOthers(handling, is.site(), "accepted-by-other");
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
     * The one who handles an incident also handles what is split off it, until it says otherwise;
     * of several the one that went furthest.
     *
     * @param parts in the order in which they were founded; at least one
     */
    void inherit(Handling handling, List<Handling> parts) {
        Handling furthest = parts.get(0);
        for (Handling part : parts) {
            if (isFurther(part, furthest)) {
                furthest = part;
            }
        }
        handling.continueAs(furthest);
        for (Handling part : parts) {
            handling.epoch = Math.max(handling.epoch, part.epoch);
            handling.notifiedSites.addAll(part.notifiedSites);
            part.offers.forEach(
                    (site, epoch) -> {
                        if (mayAccept(handling, site)) {
                            handling.offers.merge(site, epoch, Math::max);
                        }
                    });
        }
        handling.offers.forEach(
                (site, epoch) -> queue(handling, site, Purpose.ASSIGN, epoch, "split"));
    }

    private static boolean isFurther(Handling one, Handling other) {
        int further = one.progress.rank() - other.progress.rank();
        return further > 0 || further == 0 && one.isNotified() && !other.isNotified();
    }

    /** Whether no other site has accepted it. */
    private static boolean mayAccept(Handling handling, String site) {
        Assignment is = handling.progress.assignment;
        return is == null || !handling.progress.isTaken() || site.equals(is.site());
    }

    /**
     * Moves an incident that no one has accepted away from a site that is down, and home when the
     * site is back.
     *
     * @return whether it has changed
     */
    boolean siteChanged(Handling handling, Sites.Change change, long now) {
        Progress progress = handling.progress;
        if (!handling.isNotified()
                || !handling.isUnaccepted()
                || progress.assignment == null
                || handling.isOfEverySite()) {
            return false;
        }
        String from = progress.assignment.site();
        String to;
        if (change.isDown()) {
            to = sites.other(change.site());
            if (!from.equals(change.site()) || to == null || sites.isDown(to)) {
                return false;
            }
        } else {
            to = change.site();
            boolean isHome = to.equals(home(handling)) && !to.equals(progress.notOf);
            if (from.equals(to) || !isHome && !sites.isDown(from)) {
                return false;
            }
        }
        if (progress.answered == Status.ACKNOWLEDGED) {
            progress.answered = Status.OPEN;
            countFrom(chain(handling).steps(), progress, now);
        }
        String reason = change.isDown() ? "site-down" : "site-back";
        progress.acknowledgedUntil = null;
        decisions.about(handling, Kind.FAILED_OVER, reason, "from", from, "to", to);
        // Not counted against the budget, because the other site's incidents must not get lost.
        assign(handling, progress, to, position(handling), reason, now);
        withdraw(handling, from, reason);
        return true;
    }

    private String home(Handling handling) {
        String site = handling.published.site();
        return sites.responsible(site == null ? "" : site);
    }

    /**
     * Does what is due by now, at most one message for an incident however much is overdue.
     *
     * @return whether it has changed
     */
    boolean due(Handling handling, long now) {
        if (handling.gate != null || !handling.isNotified() || handling.isForReview()) {
            return false;
        }
        boolean hasChanged = false;
        for (Progress each : handling.all()) {
            if (each.assignment != null && !each.isOver()) {
                boolean wasHeld = each.isStepHeld;
                boolean wasReminderHeld = each.isReminderHeld;
                hasChanged |=
                        each.isWaiting() && escalate(handling, each, now)
                                || remind(handling, each, now);
                // What waits for the budget must be known after a restart.
                hasChanged |= each.isStepHeld != wasHeld || each.isReminderHeld != wasReminderHeld;
            }
        }
        return hasChanged;
    }

    /** When something may be due next, if nothing happens until then. */
    long nextDue(Handling handling, long now) {
        if (!handling.isNotified() || handling.isForReview()) {
            return Long.MAX_VALUE;
        }
        return handling.all().stream()
                .filter(each -> each.assignment != null && !each.isOver())
                .mapToLong(each -> nextDue(handling, each, now))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private long nextDue(Handling handling, Progress progress, long now) {
        if (progress.isStepHeld || progress.isReminderHeld) {
            return now;
        }
        long again = progress.remindedFor + policy.routing().deadlines().onScene().toMillis();
        return Stream.of(
                        chain(handling).steps().stream()
                                .map(step -> progress.notifiedAt + step.after().toMillis()),
                        Stream.of(
                                progress.acknowledgeBy,
                                progress.acknowledgedUntil,
                                progress.acceptBy,
                                progress.onSceneBy,
                                progress.remindedFor == 0 ? null : again))
                .flatMap(times -> times)
                .filter(time -> time != null && time > now)
                .min(Comparator.naturalOrder())
                .orElse(Long.MAX_VALUE);
    }

    private boolean escalate(Handling handling, Progress progress, long now) {
        List<Step> steps = chain(handling).steps();
        if (progress.askOtherFor != null) {
            // Not a step of the chain, which would ask the same site again.
            if (!escalate(handling, progress, Recipient.OTHER_SITE, progress.askOtherFor, now)) {
                return false;
            }
            countFrom(steps, progress, now);
            progress.remindedFor = now;
            return true;
        }
        int due = progress.nextStep - 1;
        while (due + 1 < steps.size()
                && progress.notifiedAt + steps.get(due + 1).after().toMillis() <= now) {
            due++;
        }
        if (due < progress.nextStep) {
            return false;
        }
        String reason = progress.assignment.state() == State.REJECTED ? "rejected" : "unanswered";
        if (!escalate(handling, progress, steps.get(due).to(), reason, now)) {
            return false;
        }
        progress.nextStep = due + 1;
        // The message also reminds of every deadline so far.
        progress.remindedFor = now;
        return true;
    }

    /** Lets the steps that follow come as long after this time as after the step before them. */
    private static void countFrom(List<Step> steps, Progress progress, long now) {
        int last = Math.min(progress.nextStep, steps.size()) - 1;
        progress.notifiedAt = last < 0 ? now : now - steps.get(last).after().toMillis();
    }

    private boolean escalate(
            Handling handling, Progress progress, Recipient to, String reason, long now) {
        String site = progress.assignment.site();
        String position =
                switch (to) {
                    case POSITIONS -> null;
                    case SUPERVISOR -> sites.supervisor(site);
                    case OTHER_SITE -> position(handling);
                };
        String other = handling.isOfEverySite() ? null : sites.other(site);
        if (to == Recipient.OTHER_SITE && other != null && !sites.isDown(other)) {
            site = other;
        }
        List<Seat> free = free(handling, seats(site, position), progress.isStepHeld, now);
        if (free.isEmpty()) {
            if (!progress.isStepHeld) {
                progress.isStepHeld = true;
                decisions.about(handling, Kind.BUDGETED, "escalation", "to", to.name());
            }
            return false;
        }
        String taken = free.size() == 1 ? free.get(0).position() : position;
        assign(handling, progress, site, taken, reason, now);
        decisions.about(handling, Kind.ESCALATED, reason, "to", to.name());
        return true;
    }

    /** Interrupts all of the positions, else the first of them that has budget left, or none. */
    private List<Seat> free(Handling handling, List<Seat> seats, boolean isRetry, long now) {
        if (interrupt(handling, seats, handling.priority(), isRetry, now)) {
            return seats;
        }
        return seats.stream()
                .map(List::of)
                .filter(each -> interrupt(handling, each, handling.priority(), true, now))
                .findFirst()
                .orElse(List.of());
    }

    private Chain chain(Handling handling) {
        List<Chain> chains = policy.routing().chains();
        // The last one is for every incident, and so for a digest.
        return chains.stream()
                .filter(each -> handling.rank != null && each.when().holds(handling.rank.routed()))
                .findFirst()
                .orElse(chains.get(chains.size() - 1));
    }

    private boolean remind(Handling handling, Progress progress, long now) {
        if (chain(handling).steps().isEmpty() || progress.assignment.state() == State.REJECTED) {
            // It can wait; or whom to remind waits for the budget.
            return false;
        }
        long due = 0;
        String reason = null;
        if (progress.isWaiting() && isDue(progress.acknowledgeBy, due, now)) {
            due = progress.acknowledgeBy;
            reason = "not-acknowledged";
        }
        if (progress.isUnaccepted() && isDue(progress.acceptBy, due, now)) {
            due = progress.acceptBy;
            reason = "not-accepted";
        }
        if (progress.answered != Status.ON_SCENE && isDue(progress.onSceneBy, due, now)) {
            due = progress.onSceneBy;
            reason = "not-on-scene";
        }
        if (due <= progress.remindedFor) {
            reason = null;
        }
        boolean isLeaseOver =
                progress.answered == Status.ACKNOWLEDGED
                        && isDue(progress.acknowledgedUntil, 0, now);
        if (isLeaseOver) {
            reason = "acknowledged-only";
        }
        long again = policy.routing().deadlines().onScene().toMillis();
        if (reason == null
                && progress.isWaiting()
                && progress.remindedFor > 0
                && now - progress.remindedFor >= again) {
            reason = "unanswered";
        }
        if (reason == null) {
            return false;
        }
        Assignment assignment = progress.assignment;
        List<Seat> seats = seats(assignment.site(), assignment.position());
        if (!interrupt(handling, seats, handling.priority(), progress.isReminderHeld, now)) {
            boolean isFirst = !progress.isReminderHeld;
            progress.isReminderHeld = true;
            if (isFirst) {
                decisions.about(handling, Kind.BUDGETED, reason);
            }
            return isFirst;
        }
        progress.isReminderHeld = false;
        progress.remindedFor = now;
        if (isLeaseOver) {
            progress.acknowledgedUntil = now + policy.routing().acknowledgedFor().toMillis();
        }
        queue(handling, assignment.site(), Purpose.REMINDER, assignment.epoch(), reason);
        decisions.about(handling, Kind.REMINDED, reason);
        return true;
    }

    private static boolean isDue(Long deadline, long after, long now) {
        return deadline != null && deadline > after && deadline <= now;
    }

    /** The site is the one to remind from now on, also if another one was asked last, or none. */
    void acknowledged(Handling handling, String site, long now) {
        Progress progress = handling.at(site);
        Assignment is = progress.assignment;
        boolean isTaken = is == null ? handling.isHeldBack() : !is.site().equals(site);
        known(handling, now);
        if (isTaken) {
            int epoch = handling.offers.computeIfAbsent(site, any -> ++handling.epoch);
            handling.notifiedSites.add(site);
            progress.assignment =
                    new Assignment(site, position(handling), epoch, State.ACKNOWLEDGED, null, null);
        }
        if (isTaken && is == null) {
            setDeadlines(handling, progress, now);
        }
        acknowledged(progress, now);
    }

    void acknowledgedByAll(Handling handling, long now) {
        handling.all().forEach(each -> acknowledged(each, now));
    }

    private void acknowledged(Progress progress, long now) {
        progress.clearHeld();
        progress.acknowledgeBy = null;
        progress.acknowledgedUntil = now + policy.routing().acknowledgedFor().toMillis();
        state(progress, State.ACKNOWLEDGED);
    }

    /** The site takes the incident; all others are notified at once, unless each handles it. */
    void accepted(
            Handling handling,
            String site,
            String position,
            String operator,
            String cadNumber,
            long now) {
        known(handling, now);
        Integer epoch = handling.offers.getOrDefault(site, handling.epoch);
        Progress progress = handling.at(site);
        progress.clearHeld();
        progress.assignment =
                new Assignment(site, position, epoch, State.ACCEPTED, operator, cadNumber);
        handling.offers.put(site, epoch);
        handling.notifiedSites.add(site);
        progress.acknowledgeBy = null;
        progress.acknowledgedUntil = null;
        progress.acceptBy = null;
        if (!handling.isOfEverySite()) {
            withdrawOthers(handling, site, "accepted-by-other");
        }
    }

    /** A person may answer what no site was notified of yet; then no site needs to be. */
    private static void known(Handling handling, long now) {
        handling.release();
        if (!handling.isNotified()) {
            handling.progress.notifiedAt = now;
        }
    }

    void arrived(Handling handling, String site) {
        Progress progress = handling.at(site);
        progress.clearHeld();
        progress.clearDeadlines();
        state(progress, State.ON_SCENE);
    }

    /**
     * The next of the chain is notified at once, and the steps after it count from then; the other
     * site if the place is not the site's. The site learns that it is off its list.
     */
    void rejected(Handling handling, String site, boolean isElsewhere, long now) {
        Integer epoch = handling.offers.remove(site);
        Progress progress = handling.at(site);
        Assignment is = progress.assignment;
        progress.assignment =
                new Assignment(site, is.position(), is.epoch(), State.REJECTED, null, null);
        progress.clearHeld();
        progress.clearDeadlines();
        progress.remindedFor = 0;
        setDeadlines(handling, progress, now);
        List<Step> steps = chain(handling).steps();
        if (isElsewhere || progress.nextStep >= steps.size()) {
            progress.askOtherFor = "rejected";
        } else {
            progress.notifiedAt = now - steps.get(progress.nextStep).after().toMillis();
        }
        escalate(handling, progress, now);
        if (!handling.offers.containsKey(site)) {
            queue(handling, site, Purpose.WITHDRAWN, epoch, "rejected");
            decisions.about(handling, Kind.WITHDRAWN, "rejected", "site", site);
        }
    }

    /** Whether the assignment has changed by what became of its message. */
    boolean delivered(Handling handling, Delivery delivery, long now) {
        String site = sites.of(delivery.destination());
        Progress progress = handling.at(site == null ? "" : site);
        Assignment is = progress.assignment;
        boolean isOfAssignment =
                is != null
                        && is.site().equals(site)
                        && is.state() == State.SENT
                        && delivery.revision() >= progress.assignedAt
                        && handling.isNew("delivery/" + delivery.deliveryId());
        if (!isOfAssignment) {
            return false;
        }
        if (delivery.result() == Delivery.Result.DELIVERED) {
            state(progress, State.DELIVERED);
            return true;
        }
        // Where another has been asked already, the chain goes on by itself.
        String other = sites.other(site);
        boolean asksOther =
                delivery.result() == Delivery.Result.REJECTED
                        && progress.isWaiting()
                        && !handling.isOfEverySite()
                        && other != null
                        && !sites.isDown(other)
                        && !handling.notifiedSites.contains(other);
        if (asksOther && progress.askOtherFor == null) {
            progress.clearHeld();
            progress.askOtherFor = "not-delivered";
            escalate(handling, progress, now);
        }
        return asksOther;
    }

    void seen(Handling handling, String site) {
        Progress progress = handling.at(site);
        if (progress.assignment != null
                && progress.assignment.site().equals(site)
                && progress.assignment.state() == State.SENT) {
            state(progress, State.DELIVERED);
        }
    }

    private static void state(Progress progress, State state) {
        Assignment is = progress.assignment;
        if (is != null) {
            progress.assignment =
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
