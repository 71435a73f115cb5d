package io.atalaya.dispatch.exchange;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.EventId.Source;
import io.atalaya.contracts.dispatch.Incident.Status;
import io.atalaya.contracts.dispatch.NationalContent;
import io.atalaya.contracts.dispatch.NationalContent.Entries;
import io.atalaya.contracts.dispatch.NationalContent.Entry;
import io.atalaya.contracts.dispatch.NationalContent.Retraction;
import io.atalaya.contracts.dispatch.NationalContent.SharedIncident;
import io.atalaya.contracts.dispatch.NationalInbound;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.HashId;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.RecordKey;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.evidence.Evidence.Weight;
import io.atalaya.dispatch.evidence.EvidenceReader;
import io.atalaya.dispatch.evidence.Locator;
import io.atalaya.dispatch.evidence.Outcome;
import io.atalaya.dispatch.evidence.SuppressionReason;
import io.atalaya.dispatch.exchange.AgencyLog.Addition;
import io.atalaya.dispatch.exchange.AgencyState.Report;
import io.atalaya.dispatch.fusion.IncidentEvent;
import io.atalaya.dispatch.jws.InvalidMessageException;
import io.atalaya.dispatch.jws.SignedMessage;
import io.atalaya.dispatch.policy.KindIndex;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Exchange.Agency;
import io.atalaya.dispatch.policy.Policy.Exchange.PublicKey;
import io.atalaya.dispatch.policy.Policy.Exchange.Trust;
import io.atalaya.dispatch.policy.Policy.Kind;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads what other agencies send, as far as the policy trusts them. A message is used whole or
 * rejected whole.
 */
public final class NationalReader {
    /** By which the clock of another agency may be ahead. */
    private static final long MAX_AHEAD_MILLIS = 60_000;

    private static final int MAX_SUMMARY = 1_000;
    private static final String SOURCE = "national";

    private final Policy policy;
    private final KindIndex kinds;
    private final Locator locator;

    public NationalReader(Policy policy) {
        this.policy = policy;
        kinds = new KindIndex(policy.kinds());
        locator = new Locator(policy.jurisdiction());
    }

    /**
     * @param agency that sent it
     */
    public record Result(String agency, List<Outcome> outcomes, List<Listing> listings) {}

    /**
     * A record of the hot list.
     *
     * @param entry or null if it holds no more
     */
    public record Listing(String entryId, HotlistEntry entry) {}

    /**
     * Reads a record of topic {@code national-inbound}.
     *
     * @param logs of the agencies; that of the sender has the message afterwards, if it is used
     */
    public Result read(RawRecord record, Function<String, AgencyLog> logs)
            throws InvalidRecordException {
        SignedMessage message = message(record);
        String issuer = message.claims().issuer();
        RecordKey.require(RecordKey.text(record.key()), "iss", issuer);
        Agency agency = policy.exchange().named(issuer);
        if (agency == null || agency.trust() == null) {
            throw new InvalidRecordException("jws.iss", issuer, "an agency that the policy trusts");
        }
        requireSigned(message, agency);
        if (!message.claims().audience().equals(policy.exchange().agency())) {
            throw new InvalidRecordException(
                    "jws.aud", message.claims().audience(), policy.exchange().agency());
        }
        requireTime(message.claims().issuedAt(), record.timestamp());
        AgencyLog log = logs.apply(issuer);
        log.forget(record.timestamp());
        if (log.hasMessage(message.claims().id())) {
            throw new InvalidRecordException(
                    "jws.jti",
                    message.claims().id(),
                    "the id of a message that did not come before");
        }
        Reading reading = new Reading(agency, message, record.timestamp(), log);
        reading.read();
        if (!log.hasRoomFor(reading.addition)) {
            throw InvalidRecordException.fault(
                    "jws.iss",
                    "another message of " + issuer,
                    "at most %d messages, entries and incidents".formatted(AgencyLog.MAX_SIZE));
        }
        log.add(reading.addition);
        return new Result(issuer, reading.outcomes, reading.listings);
    }

    private static SignedMessage message(RawRecord record) throws InvalidRecordException {
        if (record.value() == null) {
            throw InvalidRecordException.fault("value", "nothing", "a message");
        }
        try {
            return SignedMessage.parse(NationalInbound.CODEC.read(record.value()).jws());
        } catch (InvalidMessageException e) {
            throw InvalidRecordException.fault("jws", "what is none", e.getMessage());
        }
    }

    private static void requireSigned(SignedMessage message, Agency agency)
            throws InvalidRecordException {
        PublicKey key =
                agency.keys().stream()
                        .filter(each -> each.kid().equals(message.kid()))
                        .findFirst()
                        .orElse(null);
        if (key == null) {
            throw new InvalidRecordException(
                    "jws.kid", message.kid(), "a key of " + agency.name() + " in the policy");
        }
        if (!key.key().hasSigned(message)) {
            throw InvalidRecordException.fault(
                    "jws", "a wrong signature", "one by " + agency.name() + "'s key " + key.kid());
        }
    }

    private void requireTime(long issuedAt, long arrivalTime) throws InvalidRecordException {
        long oldest = arrivalTime - policy.exchange().maxAge().toMillis();
        long latest = arrivalTime + MAX_AHEAD_MILLIS;
        if (issuedAt < oldest / 1000 || issuedAt > latest / 1000) {
            throw new InvalidRecordException(
                    "jws.iat",
                    issuedAt,
                    "a time from %s to %s"
                            .formatted(Instant.ofEpochMilli(oldest), Instant.ofEpochMilli(latest)));
        }
    }

    /** The id of an entry, which no other agency's entry has. */
    private static String entryId(String agency, String id) {
        String prefix = SOURCE + "/" + agency + "/";
        String name = prefix + id;
        return name.length() <= HotlistEntry.MAX_ID ? name : prefix + HashId.of(SOURCE, id);
    }

    /** One message whose signature is right. */
    private final class Reading {
        private final List<Outcome> outcomes = new ArrayList<>();
        private final List<Listing> listings = new ArrayList<>();
        private final Agency agency;
        private final Trust trust;
        private final SignedMessage message;
        private final long arrivalTime;
        private final AgencyLog log;
        private final Addition addition;

        Reading(Agency agency, SignedMessage message, long arrivalTime, AgencyLog log) {
            this.agency = agency;
            this.trust = agency.trust();
            this.message = message;
            this.arrivalTime = arrivalTime;
            this.log = log;
            addition = new Addition(message.claims().id(), message.claims().issuedAt());
        }

        void read() throws InvalidRecordException {
            NationalContent content;
            try {
                content = NationalContent.CODEC.read(message.payload());
            } catch (InvalidRecordException e) {
                throw e.within("payload");
            }
            if (content instanceof SharedIncident shared) {
                read(shared);
            } else if (content instanceof Retraction retraction) {
                read(retraction);
            } else if (content instanceof Entries entries) {
                read(entries);
            }
        }

        private void read(SharedIncident shared) throws InvalidRecordException {
            String ours = trust.kinds().get(shared.kind());
            if (ours == null) {
                throw new InvalidRecordException(
                        "payload.kind", shared.kind(), "a kind that the policy trusts it with");
            }
            if (isOutdated(shared.incidentId(), shared.revision())) {
                return;
            }
            Kind kind = kinds.named(ours);
            Evidence evidence = evidence(shared, kind);
            note(shared.incidentId(), shared.revision());
            outcomes.add(
                    kind.isDispatched()
                            ? new Outcome.Accepted(evidence)
                            : new Outcome.Suppressed(
                                    SuppressionReason.KIND_NOT_DISPATCHED.decision(
                                            evidence.eventId(),
                                            arrivalTime,
                                            null,
                                            policy.version(),
                                            new Decision.Detail("kind", kind.name())),
                                    evidence.withdrawn()));
        }

        /** It reaches what is in effect, however long ago it was said. */
        private void read(Retraction retraction) {
            String id = retraction.incidentId();
            if (!isOutdated(id, retraction.revision())) {
                note(id, retraction.revision());
                outcomes.add(new Outcome.Retracted(eventId(id), retraction.revision()));
            }
        }

        private String eventId(String incidentId) {
            return EventId.of(Source.NATIONAL, agency.name() + "/" + incidentId);
        }

        private void note(String incidentId, long revision) {
            addition.reports.put(incidentId, new Report(revision, message.claims().issuedAt()));
        }

        private boolean isOutdated(String incidentId, long revision) {
            Report report = log.report(incidentId);
            return report != null && revision <= report.revision();
        }

        private Evidence evidence(SharedIncident shared, Kind kind) {
            IncidentEvent event =
                    new IncidentEvent(
                            eventId(shared.incidentId()),
                            kind.name(),
                            kind.subject(),
                            EvidenceReader.timeOf(shared.openedAt(), arrivalTime),
                            shared.place(),
                            shared.plate() != null && CanonicalPlate.isPlate(shared.plate())
                                    ? Set.of(EvidenceReader.plateKey(shared.plate()))
                                    : Set.of(),
                            false,
                            shared.status() == Status.CANCELLED,
                            null);
            return new Evidence(
                    event,
                    shared.revision(),
                    Topics.NATIONAL_INBOUND,
                    shared.kind(),
                    null,
                    summary(shared, kind),
                    locator.origin(null, (Device) null, shared.place(), null, false),
                    new Weight(1, 0, false, 1, false),
                    shared.expiresAt() == null ? 0 : shared.expiresAt(),
                    null,
                    List.of());
        }

        private Text.Translation summary(SharedIncident shared, Kind kind) {
            Text.Translation headline = shared.headline();
            String plate = shared.plate() == null ? "" : ": " + shared.plate();
            return new Text.Translation(
                    summary(
                            kind.es() + plate + ", informa " + agency.name(),
                            headline == null ? null : headline.es()),
                    summary(
                            kind.en() + plate + ", reported by " + agency.name(),
                            headline == null ? null : headline.en()));
        }

        private static String summary(String text, String headline) {
            String whole = headline == null ? text : text + ": " + headline;
            return whole.codePointCount(0, whole.length()) <= MAX_SUMMARY
                    ? whole
                    : whole.substring(0, whole.offsetByCodePoints(0, MAX_SUMMARY));
        }

        private void read(Entries entries) throws InvalidRecordException {
            for (int i = 0; i < entries.entries().size(); i++) {
                Entry entry = entries.entries().get(i);
                HotlistEntry listed = listed(entry, "payload.entries[" + i + "]");
                list(entry.entryId(), listed);
            }
            entries.withdrawn().forEach(entryId -> list(entryId, null));
        }

        /** An older message that comes late does not bring back what was withdrawn since. */
        private void list(String entryId, HotlistEntry entry) {
            long issuedAt = message.claims().issuedAt();
            Long last = log.entry(entryId);
            if (last == null || last <= issuedAt) {
                addition.entries.put(entryId, issuedAt);
                listings.add(new Listing(entryId(agency.name(), entryId), entry));
            }
        }

        private HotlistEntry listed(Entry entry, String field) throws InvalidRecordException {
            if (!trust.reasons().contains(entry.reason())) {
                throw new InvalidRecordException(
                        field + ".reason",
                        entry.reason(),
                        "a reason that the policy trusts it with");
            }
            if (entry.covert() && trust.notified().isEmpty()) {
                throw new InvalidRecordException(
                        field + ".covert",
                        true,
                        "false, because the policy names no one to notify");
            }
            long until = arrivalTime + trust.validFor().toMillis();
            if (entry.validUntil() != null) {
                until = Math.min(until, entry.validUntil());
            }
            if (entry.validFrom() != null && entry.validFrom() > until) {
                throw new InvalidRecordException(
                        field + ".validFrom", entry.validFrom(), "a time before " + until);
            }
            return new HotlistEntry(
                    entryId(agency.name(), entry.entryId()),
                    entry.plate(),
                    null,
                    entry.tagId(),
                    entry.country(),
                    entry.state(),
                    entry.reason(),
                    entry.caseNumber(),
                    agency.name(),
                    entry.source() == null ? SOURCE : entry.source(),
                    Math.min(entry.priority(), trust.maxPriority()),
                    entry.validFrom(),
                    until,
                    entry.vehicle(),
                    null,
                    null,
                    entry.covert(),
                    entry.covert() ? trust.notified() : List.of());
        }
    }
}
