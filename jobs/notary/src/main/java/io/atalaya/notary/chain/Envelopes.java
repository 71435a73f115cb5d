package io.atalaya.notary.chain;

import io.atalaya.contracts.audit.AuditRecord.Envelope;
import io.atalaya.contracts.audit.LookUp;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchResponse;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.json.JsonIn;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Sha256;
import io.atalaya.contracts.topic.Topics;

import com.fasterxml.jackson.annotation.JsonSubTypes;

import java.util.Arrays;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableMap;

/** What the audit holds about a message. No name of an operator and no text goes into it. */
public final class Envelopes {
    /** The purpose of a message that is none of its topic. */
    static final String UNREADABLE = "UNREADABLE";

    private static final int MAX_ID = 1024;

    private static final Map<Class<?>, String> ACTIONS =
            Arrays.stream(DispatchResponse.Action.class.getAnnotation(JsonSubTypes.class).value())
                    .collect(toUnmodifiableMap(JsonSubTypes.Type::value, JsonSubTypes.Type::name));

    private Envelopes() {}

    /** The envelope of a message that was sent. */
    public static Envelope of(RawRecord record) {
        try {
            return switch (record.topic()) {
                case Topics.DISPATCH_TOLUCA, Topics.DISPATCH_ECATEPEC ->
                        of(record, DispatchMessage.CODEC.read(value(record)));
                case Topics.ANNOUNCEMENTS -> of(record, Announcement.CODEC.read(value(record)));
                case Topics.NATIONAL_EXCHANGE ->
                        of(record, NationalMessage.CODEC.read(value(record)));
                case Topics.DELIVERIES -> of(record, Delivery.CODEC.read(value(record)));
                case Topics.DECISIONS -> of(record, Decision.CODEC.read(value(record)));
                case Topics.DISPATCH_RESPONSES ->
                        of(record, DispatchResponse.CODEC.read(value(record)));
                case Topics.LOOK_UPS -> of(record, LookUp.CODEC.read(value(record)));
                default -> unreadable(record);
            };
        } catch (InvalidRecordException | RuntimeException e) {
            // It was sent all the same, and must not hold back what was sent after it.
            return unreadable(record);
        }
    }

    private static Envelope of(RawRecord record, DispatchMessage message) {
        return envelope(
                record,
                eventId(record),
                message.incident().incidentId(),
                message.incident().revision(),
                Topics.QUEUES.entrySet().stream()
                        .filter(queue -> queue.getValue().equals(record.topic()))
                        .map(Map.Entry::getKey)
                        .findAny()
                        .orElseThrow(),
                message.purpose().name(),
                message.reason());
    }

    private static Envelope of(RawRecord record, Announcement announcement) {
        return envelope(
                record,
                eventId(record),
                announcement.incidentId(),
                announcement.revision(),
                announcement.deviceId(),
                announcement.purpose().name(),
                announcement.reason());
    }

    private static Envelope of(RawRecord record, NationalMessage message) {
        return envelope(
                record,
                message.messageId(),
                message.incidentId(),
                message.revision(),
                message.agency(),
                message.purpose().name(),
                null);
    }

    private static Envelope of(RawRecord record, Delivery delivery) {
        return envelope(
                record,
                delivery.deliveryId(),
                delivery.incidentId(),
                delivery.revision(),
                delivery.deviceId() == null
                        ? delivery.destination()
                        : delivery.destination() + "/" + delivery.deviceId(),
                delivery.result().name(),
                null);
    }

    /** From what sort of source the event is, without which one it is. */
    private static Envelope of(RawRecord record, Decision decision) {
        EventId.Source source = EventId.Source.of(decision.eventId());
        return envelope(
                record,
                decision.decisionId(),
                decision.incidentId(),
                null,
                source == null ? null : source.label(),
                decision.kind().name(),
                decision.reason());
    }

    private static Envelope of(RawRecord record, DispatchResponse response) {
        return envelope(
                record,
                response.responseId(),
                response.incidentId(),
                response.revision(),
                seat(response.site(), response.position()),
                ACTIONS.get(response.action().getClass()),
                code(response.action()));
    }

    private static Envelope of(RawRecord record, LookUp lookUp) {
        return envelope(
                record,
                lookUp.lookUpId(),
                null,
                null,
                seat(lookUp.site(), lookUp.position()),
                lookUp.kind(),
                null);
    }

    /** Where a person sits, which the audit has instead of the name. */
    private static String seat(String site, String position) {
        return site == null || position == null ? site : site + "/" + position;
    }

    /** The code of a closure or rejection, or null. */
    private static String code(DispatchResponse.Action action) {
        if (action instanceof DispatchResponse.Close close) {
            return close.disposition();
        }
        return action instanceof DispatchResponse.Reject reject ? reject.reason().name() : null;
    }

    /** Whether the message of an envelope is one of its topic. */
    public static boolean isReadable(Envelope envelope) {
        return !UNREADABLE.equals(envelope.purpose());
    }

    private static Envelope unreadable(RawRecord record) {
        return envelope(record, null, null, null, null, UNREADABLE, null);
    }

    private static Envelope envelope(
            RawRecord record,
            String id,
            String incidentId,
            Long revision,
            String who,
            String purpose,
            String reason) {
        return new Envelope(
                id,
                incidentId,
                record.offset(),
                record.partition(),
                purpose,
                reason,
                revision,
                Sha256.hex(value(record)),
                Math.max(0, Math.min(record.timestamp(), JsonIn.MAX_TIME)),
                record.topic(),
                who);
    }

    /** The header {@code ce_id}, or null if it is none. */
    private static String eventId(RawRecord record) {
        return record.headers().stream()
                .filter(header -> header.name().equals("ce_id") && header.value() != null)
                .map(header -> new String(header.value(), UTF_8))
                .filter(id -> !id.isEmpty() && id.length() <= MAX_ID)
                .findFirst()
                .orElse(null);
    }

    private static byte[] value(RawRecord record) {
        return record.value() == null ? new byte[0] : record.value();
    }
}
