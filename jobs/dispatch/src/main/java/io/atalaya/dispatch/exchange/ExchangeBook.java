package io.atalaya.dispatch.exchange;

import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Incident.Link;
import io.atalaya.contracts.dispatch.Incident.Link.Relation;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.dispatch.NationalContent;
import io.atalaya.contracts.dispatch.NationalContent.SharedIncident;
import io.atalaya.contracts.dispatch.NationalMessage.Purpose;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.exchange.SharingState.LastMessage;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Exchange.Agency;
import io.atalaya.dispatch.policy.Policy.Exchange.SharingRule;
import io.atalaya.dispatch.policy.Policy.Kind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Decides which agencies learn what of an incident. Who was informed of one receives all that
 * follows, or that it is retracted.
 */
final class ExchangeBook {
    /** The engine forgets an incident that is over after a week at the latest. */
    private static final long KEPT_AFTER_END = Duration.ofDays(8).toMillis();

    /** Relations by which an incident goes on as the other one. */
    private static final Set<Relation> HEIRS = Set.of(Relation.REPLACING, Relation.SPLIT);

    private final Policy policy;
    private final Map<String, Kind> kinds = new HashMap<>();
    private final SharingBook book;
    private final int maxIncidents;

    /**
     * What changes at once: messages, and what is known after them.
     *
     * @param unshared incidents of which an agency would have learned if there were room
     */
    record Changes(
            List<Message> messages, Map<String, SharingState> states, Set<String> unshared) {}

    /**
     * What one agency learns.
     *
     * @param id by which it finds repeated ones
     */
    record Message(String id, String agency, NationalContent content) {
        Purpose purpose() {
            return content instanceof SharedIncident ? Purpose.UPDATE : Purpose.RETRACTION;
        }

        Integer priority() {
            return content instanceof SharedIncident shared ? shared.priority() : null;
        }

        String incidentId() {
            return ExchangeBook.incidentId(content);
        }

        long revision() {
            return content instanceof SharedIncident shared
                    ? shared.revision()
                    : ((NationalContent.Retraction) content).revision();
        }
    }

    /**
     * @param book what was shared; it is only read
     * @param maxIncidents that are not over; of more than these none is shared that was not before
     */
    ExchangeBook(Policy policy, SharingBook book, int maxIncidents) {
        this.policy = policy;
        this.book = book;
        this.maxIncidents = maxIncidents;
        policy.kinds().forEach(kind -> kinds.put(kind.name(), kind));
    }

    /** The next revision of an incident. */
    Changes revised(Incident incident) {
        Work work = new Work();
        work.share(incident, incident.revision());
        work.shareLinked(incident.revision());
        return work.changes();
    }

    /** The next revision of an incident, while nothing can be sent. */
    Changes missed(Incident incident) {
        Work work = new Work();
        if (book.get(incident.incidentId()) != null) {
            work.keep(incident, incident.revision());
        }
        return work.changes();
    }

    /**
     * Another policy is in force.
     *
     * @param now arrival time of the policy, epoch ms
     */
    Changes governed(long now) {
        Work work = new Work();
        List<Incident> all = book.states().stream().map(ExchangeBook::incident).toList();
        // First, so that no link names what is retracted.
        all.forEach(incident -> work.retract(incident, now));
        all.forEach(incident -> work.share(incident, now));
        work.shareLinked(now);
        return work.changes();
    }

    /** The incidents of which nothing more follows, or for which there is no room. */
    Collection<String> forgotten(long now) {
        return book.forgotten(now - KEPT_AFTER_END, maxIncidents);
    }

    private static String incidentId(NationalContent content) {
        return content instanceof SharedIncident shared
                ? shared.incidentId()
                : ((NationalContent.Retraction) content).incidentId();
    }

    private static Incident incident(SharingState state) {
        try {
            return Incident.CODEC.read(state.incident());
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("an incident that was valid", e);
        }
    }

    /** The rule by which an agency learns of an incident, or null. */
    private SharingRule rule(String agency, Incident incident) {
        if (incident.covert()
                || !incident.notified().isEmpty()
                || incident.kind() == Incident.Kind.DIGEST
                || !kinds.containsKey(incident.type())) {
            return null;
        }
        Agency named = policy.exchange().named(agency);
        return named == null ? null : named.ruleFor(incident.type());
    }

    /** What others alone reported, only they share. */
    private static boolean isOurs(Incident incident) {
        return incident.events().stream()
                .anyMatch(event -> !event.topic().equals(Topics.NATIONAL_INBOUND));
    }

    /** One step, on top of the book. */
    private final class Work {
        private final List<Message> messages = new ArrayList<>();
        private final Map<String, SharingState> changed = new TreeMap<>();

        private final Set<String> unshared = new TreeSet<>();

        /** Incidents that an agency has come to know, or is to forget. */
        private final Set<String> appeared = new TreeSet<>();

        Changes changes() {
            return new Changes(messages, changed, unshared);
        }

        private SharingState state(String incidentId) {
            SharingState state = changed.get(incidentId);
            return state == null ? book.get(incidentId) : state;
        }

        private boolean isShared(String agency, String incidentId) {
            SharingState state = state(incidentId);
            return state != null && state.isTo(agency);
        }

        void share(Incident incident, long now) {
            SharingState before = state(incident.incidentId());
            Set<String> agencies = new TreeSet<>();
            policy.exchange().agencies().forEach(agency -> agencies.add(agency.name()));
            if (before != null) {
                agencies.addAll(before.sent().keySet());
            }
            for (String agency : agencies) {
                share(agency, incident, now);
            }
            if (state(incident.incidentId()) != null) {
                keep(incident, now);
            }
        }

        private void share(String agency, Incident incident, long now) {
            SharingRule rule = rule(agency, incident);
            if (isShared(agency, incident.incidentId())) {
                if (rule == null) {
                    retract(agency, incident.incidentId(), now);
                } else {
                    update(agency, incident, rule, now);
                }
            } else if (rule != null && begins(agency, incident, rule)) {
                appeared.add(incident.incidentId());
                update(agency, incident, rule, now);
            }
        }

        private boolean begins(String agency, Incident incident, SharingRule rule) {
            boolean isHeir =
                    incident.links().stream()
                            .filter(link -> HEIRS.contains(link.relation()))
                            .anyMatch(link -> isShared(agency, link.incidentId()));
            boolean begins =
                    isOurs(incident)
                            && (isHeir || rule.begins(incident.status(), incident.priority()));
            boolean isRoom =
                    state(incident.incidentId()) != null
                            || book.size() - book.over() < maxIncidents;
            if (begins && !isRoom) {
                unshared.add(incident.incidentId());
            }
            return begins && isRoom;
        }

        private void update(String agency, Incident incident, SharingRule rule, long now) {
            LastMessage last = sent(agency, incident.incidentId());
            long revision = revision(last, now);
            SharedIncident shared =
                    IncidentMask.shared(
                            incident,
                            rule,
                            kinds.get(incident.type()),
                            other -> isShared(agency, other),
                            revision);
            String content = contentOf(shared);
            if (last == null || !content.equals(last.content())) {
                send(agency, shared, new LastMessage(revision, content));
            }
        }

        /** Retracts what the policy shares no more. */
        void retract(Incident incident, long now) {
            SharingState state = state(incident.incidentId());
            for (String agency : new TreeSet<>(state.sent().keySet())) {
                if (state.isTo(agency) && rule(agency, incident) == null) {
                    retract(agency, incident.incidentId(), now);
                }
            }
        }

        private void retract(String agency, String incidentId, long now) {
            long revision = revision(sent(agency, incidentId), now);
            appeared.add(incidentId);
            send(
                    agency,
                    new NationalContent.Retraction(incidentId, revision),
                    new LastMessage(revision, null));
        }

        /** What is linked to an incident says so to those who know both. */
        void shareLinked(long now) {
            while (!appeared.isEmpty()) {
                Set<String> these = Set.copyOf(appeared);
                appeared.clear();
                Set<String> candidates = book.naming(these);
                candidates.addAll(changed.keySet());
                for (String other : candidates) {
                    if (book.get(other) != null
                            && state(other).linked().stream().anyMatch(these::contains)) {
                        share(incident(state(other)), now);
                    }
                }
            }
        }

        private LastMessage sent(String agency, String incidentId) {
            SharingState state = state(incidentId);
            return state == null ? null : state.sent().get(agency);
        }

        /** Above the last one, which a recovery can have left ahead of the incident's. */
        private static long revision(LastMessage last, long now) {
            return last == null ? now : Math.max(now, last.revision() + 1);
        }

        private void send(String agency, NationalContent content, LastMessage sent) {
            String said = sent.content() == null ? "retraction" : sent.content();
            String incidentId = incidentId(content);
            messages.add(
                    new Message(
                            HashId.of(
                                    "national",
                                    agency,
                                    incidentId,
                                    Long.toString(sent.revision()),
                                    said),
                            agency,
                            content));
            SharingState state = state(incidentId);
            Map<String, LastMessage> all = new HashMap<>(state == null ? Map.of() : state.sent());
            all.put(agency, sent);
            changed.put(
                    incidentId,
                    state == null
                            ? new SharingState(null, List.of(), 0, all)
                            : new SharingState(
                                    state.incident(), state.linked(), state.overSince(), all));
        }

        private void keep(Incident incident, long now) {
            SharingState state = state(incident.incidentId());
            boolean isOver =
                    incident.status() == Status.CLOSED || incident.status() == Status.CANCELLED;
            long overSince = state.overSince() == 0 ? now : state.overSince();
            changed.put(
                    incident.incidentId(),
                    new SharingState(
                            Incident.CODEC.write(incident),
                            incident.links().stream().map(Link::incidentId).toList(),
                            isOver ? overSince : 0,
                            state.sent()));
        }
    }

    /** What says something new; that an agency's own message changed ours is not new to it. */
    private static String contentOf(SharedIncident shared) {
        SharedIncident same =
                new SharedIncident(
                        shared.incidentId(),
                        0,
                        shared.kind(),
                        shared.eidoType(),
                        shared.name(),
                        shared.status(),
                        shared.openedAt(),
                        0,
                        shared.expiresAt(),
                        shared.priority(),
                        shared.place(),
                        shared.route(),
                        shared.plate(),
                        shared.headline(),
                        shared.links());
        return HashId.of("content", new String(NationalContent.CODEC.write(same), UTF_8));
    }
}
