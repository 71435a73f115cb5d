package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision.Kind;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.DispatchResponse.Accept;
import io.atalaya.contracts.dispatch.DispatchResponse.Acknowledge;
import io.atalaya.contracts.dispatch.DispatchResponse.Close;
import io.atalaya.contracts.dispatch.DispatchResponse.Delivered;
import io.atalaya.contracts.dispatch.DispatchResponse.Merge;
import io.atalaya.contracts.dispatch.DispatchResponse.NotThisIncident;
import io.atalaya.contracts.dispatch.DispatchResponse.Note;
import io.atalaya.contracts.dispatch.DispatchResponse.OnScene;
import io.atalaya.contracts.dispatch.DispatchResponse.Reject;
import io.atalaya.contracts.dispatch.DispatchResponse.Reopen;
import io.atalaya.contracts.dispatch.DispatchResponse.Split;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Assignment;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.fusion.IncidentEvent;
import io.atalaya.dispatch.fusion.OperatorAction;
import io.atalaya.dispatch.incident.Lifecycle.Act;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Does what people and dispatch systems answer, or says why it is not possible. */
final class Responses {
    /** False alarm, in EIDO's registry of common dispositions. */
    private static final String FALSE_ALARM = "17";

    private final IncidentEngine engine;
    private final Assignments assignments;
    private final Decisions decisions;

    Responses(IncidentEngine engine, Assignments assignments, Decisions decisions) {
        this.engine = engine;
        this.assignments = assignments;
        this.decisions = decisions;
    }

    void apply(DispatchResponse response, long now) {
        Handling handling = engine.handlingOf(response.incidentId());
        if (handling == null || handling.published == null) {
            decisions.general(
                    Kind.REJECTED_TRANSITION,
                    "unknown-incident",
                    response.responseId(),
                    "incidentId",
                    response.incidentId());
            return;
        }
        if (!assignments.sites().isKnown(response.site())) {
            decisions.about(
                    handling,
                    response.responseId(),
                    Kind.REJECTED_TRANSITION,
                    "unknown-site",
                    "site",
                    response.site());
            return;
        }
        if (!handling.isNew(response.responseId())) {
            return;
        }
        long before = handling.actedAt;
        handling.actedAt = response.action() instanceof Delivered ? before : now;
        String refused = apply(handling, response, now);
        if (refused != null) {
            handling.actedAt = before;
            assignments.refuse(handling, response.site(), response.responseId(), refused);
        }
        engine.refresh(handling);
    }

    /** Returns why it is not possible, or null. */
    private String apply(Handling handling, DispatchResponse response, long now) {
        DispatchResponse.Action action = response.action();
        if (action instanceof Delivered) {
            assignments.seen(handling, response.site());
            return null;
        } else if (action instanceof Acknowledge) {
            return acknowledge(handling, response, now);
        } else if (action instanceof Accept accept) {
            return accept(handling, response, accept, now);
        } else if (action instanceof Reject reject) {
            return reject(handling, response, reject, now);
        } else if (action instanceof OnScene) {
            return arrive(handling, response, now);
        } else if (action instanceof Close close) {
            return close(handling, response, close, now);
        } else if (action instanceof Reopen) {
            return reopen(handling, response, now);
        } else if (action instanceof Note note) {
            return note(handling, response, note.text(), now) ? null : "too-many-notes";
        } else if (action instanceof Merge merge) {
            return merge(handling, response, merge, now);
        } else if (action instanceof Split split) {
            return split(handling, response, Set.copyOf(split.events()), now);
        } else if (action instanceof DispatchResponse.Link link) {
            return link(handling, link);
        } else {
            return notThisIncident(handling, response, (NotThisIncident) action, now);
        }
    }

    private String acknowledge(Handling handling, DispatchResponse response, long now) {
        boolean hasRisen =
                handling.priorityAt(response.revision()) < handling.priority()
                        && handling.askedAgainAt < handling.priority();
        if (hasRisen && handling.at(response.site()).isWaiting()) {
            handling.askedAgainAt = handling.priority();
            return "priority-risen";
        }
        String refused = move(handling, response, Act.ACKNOWLEDGE);
        if (refused == null) {
            assignments.acknowledged(handling, response.site(), now);
        }
        return refused;
    }

    private String accept(Handling handling, DispatchResponse response, Accept accept, long now) {
        String site = response.site();
        Assignment is = handling.at(site).assignment;
        if (is != null && is.acceptedBy() != null) {
            boolean isOfSite = is.site().equals(site);
            if (isOfSite && is.acceptedBy().equals(response.operator())) {
                return null;
            }
            if (!isOfSite) {
                assignments.withdraw(handling, site, "accepted-by-other");
            }
            return "already-accepted";
        }
        boolean isWithdrawn =
                accept.epoch() != null
                        && accept.epoch() <= handling.withdrawn.getOrDefault(site, -1);
        if (isWithdrawn) {
            if (!handling.offers.containsKey(site)) {
                assignments.withdraw(handling, site, "offer-withdrawn");
            }
            return "offer-withdrawn";
        }
        String refused = move(handling, response, Act.ACCEPT);
        if ("not-assigned".equals(refused)) {
            assignments.withdraw(handling, site, refused);
        }
        if (refused == null) {
            assignments.accepted(
                    handling,
                    response.site(),
                    response.position(),
                    response.operator(),
                    accept.cadNumber(),
                    now);
        }
        return refused;
    }

    private String reject(Handling handling, DispatchResponse response, Reject reject, long now) {
        if (isOfOther(handling, response)) {
            return "accepted-by-other";
        }
        Assignment is = handling.at(response.site()).assignment;
        if (is == null) {
            return "not-assigned";
        }
        boolean isElsewhere = reject.reason() == Reject.Reason.ADDRESS;
        boolean isWithOther =
                !is.site().equals(response.site())
                        && handling.isUnaccepted()
                        && handling.offers.containsKey(is.site())
                        && handling.offers.containsKey(response.site());
        String refused = isWithOther ? null : move(handling, response, Act.REJECT);
        if (refused != null) {
            return refused;
        }
        if (reject.note() != null && !reject.note().isBlank()) {
            note(handling, response, reject.note(), now);
        }
        if (isElsewhere) {
            handling.at(response.site()).notOf = response.site();
        }
        if (isWithOther) {
            // Who is asked now, or has acknowledged it, goes on.
            assignments.withdraw(handling, response.site(), "rejected");
        } else {
            assignments.rejected(handling, response.site(), isElsewhere, now);
        }
        return null;
    }

    private String arrive(Handling handling, DispatchResponse response, long now) {
        if (isOfOther(handling, response)) {
            return "accepted-by-other";
        }
        String refused = move(handling, response, Act.ARRIVE);
        if (refused == null) {
            Assignment is = handling.at(response.site()).assignment;
            if (is == null || is.acceptedBy() == null) {
                assignments.accepted(
                        handling,
                        response.site(),
                        response.position(),
                        response.operator(),
                        null,
                        now);
            }
            assignments.arrived(handling, response.site());
        }
        return refused;
    }

    private static boolean isOfOther(Handling handling, DispatchResponse response) {
        Assignment is = handling.at(response.site()).assignment;
        return is != null && is.acceptedBy() != null && !is.site().equals(response.site());
    }

    private String close(Handling handling, DispatchResponse response, Close close, long now) {
        if (isOfOther(handling, response)) {
            return "accepted-by-other";
        }
        String refused = move(handling, response, Act.CLOSE);
        if (refused != null) {
            return refused;
        }
        if (close.note() != null && !close.note().isBlank()) {
            note(handling, response, close.note(), now);
        }
        if (handling.isOfEverySite()) {
            assignments.closedAt(handling, response.site());
            if (handling.answered() != Status.CLOSED) {
                return null;
            }
        }
        handling.isKeptOpen = false;
        assignments.closed(handling, response.site());
        List<Evidence> all = engine.evidenceOf(handling);
        learn(handling, all, close.disposition().equals(FALSE_ALARM), now);
        if (close.outcome() != null) {
            lastAlert(all).ifPresent(alert -> dispose(alert, response, close, now));
        }
        engine.close(handling, actionId(response));
        if (handling.digest != null) {
            for (Handling child : engine.childrenOf(handling)) {
                if (child.isWaiting() && !child.isNotified()) {
                    child.answer(Status.CLOSED);
                    decisions.about(child, Kind.TRANSITION, "digest-closed", "to", "CLOSED");
                    engine.close(child, actionId(response) + "/" + child.incidentId);
                }
            }
        }
        return null;
    }

    /** A press that is taken back was an accident. */
    void learnWithdrawn(Handling handling, List<Evidence> all, long now) {
        learn(handling, all, true, now);
    }

    /** Counts an incident for each device that raised it, once. A fault of a device is no alarm. */
    private void learn(Handling handling, List<Evidence> all, boolean isFalseAlarm, long now) {
        if (handling.isCounted) {
            return;
        }
        handling.isCounted = true;
        all.stream()
                .filter(each -> each.event().subject() == IncidentEvent.Subject.PLACE)
                .filter(each -> each.topic().equals(Topics.DEVICE_EVENTS))
                .filter(each -> each.event().restriction() == null)
                .map(each -> each.origin().deviceId())
                .filter(deviceId -> deviceId != null)
                .distinct()
                .forEach(deviceId -> engine.falseAlarms().closed(deviceId, isFalseAlarm, now));
    }

    /**
     * The alert that a person saw last: what became of it says nothing of earlier ones, which other
     * devices of the route raised. None if others must not see it, because what is found out about
     * a covert alert would show by the scores of theirs.
     */
    private static Optional<Evidence> lastAlert(List<Evidence> all) {
        return all.stream()
                .filter(each -> each.alert() != null && !each.event().isCancelled())
                .reduce((first, second) -> second)
                .filter(each -> each.event().restriction() == null);
    }

    private void dispose(Evidence each, DispatchResponse response, Close close, long now) {
        engine.output()
                .disposition(
                        new Disposition(
                                HashId.of(
                                        "disposition",
                                        response.responseId(),
                                        each.alert().alertId()),
                                each.alert().alertId(),
                                each.alert().entryId(),
                                each.alert().source(),
                                each.origin().deviceId(),
                                close.outcome(),
                                response.operator(),
                                null,
                                now));
    }

    private String reopen(Handling handling, DispatchResponse response, long now) {
        boolean isOver = handling.isOver();
        String refused = move(handling, response, Act.REOPEN);
        if (refused == null && !isOver) {
            assignments.reopenedAt(handling, response.site(), now);
        } else if (refused == null) {
            handling.isKeptOpen = true;
            assignments.startAgain(handling);
            if (handling.digest == null) {
                engine.apply(
                        new OperatorAction.Reopen(
                                actionId(response), engine.actionTime(), handling.founder));
            }
        }
        return refused;
    }

    private static boolean note(
            Handling handling, DispatchResponse response, String text, long now) {
        return handling.notes.size() < Incident.MAX_NOTES
                && handling.notes.add(
                        new Incident.Note(now, response.operator(), response.agency(), text));
    }

    private String merge(Handling handling, DispatchResponse response, Merge merge, long now) {
        Handling other = engine.handlingOf(merge.other());
        if (other == null) {
            return "unknown-incident";
        }
        if (other == handling) {
            return null;
        }
        if (handling.digest != null || other.digest != null) {
            return "is-digest";
        }
        // A vehicle's incident joined with a place's would collect all along its way, and a covert
        // one would show.
        if (!handling.rank.isGroupableWith(other.rank)) {
            return other.rank.isOpenTo(handling.rank) ? "other-kind" : "unknown-incident";
        }
        engine.apply(
                new OperatorAction.Merge(
                        actionId(response), engine.actionTime(), handling.founder, other.founder));
        return null;
    }

    private String split(
            Handling handling, DispatchResponse response, Set<String> events, long now) {
        if (handling.digest != null) {
            return "is-digest";
        }
        List<String> own = engine.evidenceOf(handling).stream().map(Evidence::eventId).toList();
        if (!own.containsAll(events)) {
            return "unknown-event";
        }
        if (events.size() == own.size()) {
            return "all-events";
        }
        engine.apply(
                new OperatorAction.Split(
                        actionId(response), engine.actionTime(), handling.founder, events));
        return null;
    }

    private String link(Handling handling, DispatchResponse.Link link) {
        Handling other = engine.handlingOf(link.other());
        if (other == null) {
            return "unknown-incident";
        }
        if (handling.rank != null && other.rank != null && !other.rank.isOpenTo(handling.rank)) {
            // As if there were none, because the answer is written to what others see.
            return "unknown-incident";
        }
        if (handling.links.add(new Incident.Link(Relation.RELATED, other.incidentId))) {
            decisions.about(handling, Kind.LINKED, "person", "other", other.incidentId);
        }
        if (handling.rank != null && other.rank != null && handling.rank.isOpenTo(other.rank)) {
            other.links.add(new Incident.Link(Relation.RELATED, handling.incidentId));
            engine.refresh(other);
        }
        return null;
    }

    private String notThisIncident(
            Handling handling, DispatchResponse response, NotThisIncident not, long now) {
        if (handling.published.candidates().contains(not.eventId())) {
            handling.notCandidates.add(not.eventId());
            return null;
        }
        return split(handling, response, Set.of(not.eventId()), now);
    }

    /** Two systems may number their responses alike. */
    private static String actionId(DispatchResponse response) {
        return HashId.of("action", response.responseId(), response.incidentId());
    }

    /** Moves the incident to its next status; returns why that is not possible, or null. */
    private String move(Handling handling, DispatchResponse response, Act act) {
        Status from = handling.statusAt(response.site());
        Lifecycle.Result result = Lifecycle.apply(from, act);
        if (result instanceof Lifecycle.Refused refused) {
            return refused.reason();
        }
        // What no site has, any may answer.
        boolean isOfOthers =
                !handling.offers.isEmpty() && !handling.offers.containsKey(response.site());
        if (isOfOthers && act != Act.REOPEN) {
            return "not-assigned";
        }
        Status to = ((Lifecycle.Moved) result).to();
        decisions.about(
                handling,
                response.responseId(),
                Kind.TRANSITION,
                act.name().toLowerCase(Locale.ROOT),
                "from",
                from.name(),
                "to",
                to.name(),
                "operator",
                response.operator());
        handling.at(response.site()).answered = to;
        return null;
    }
}
