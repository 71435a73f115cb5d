package io.atalaya.bridge.delivery;

import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;

import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A message of a site's queue, on its way to one destination. It keeps the record's bytes only: the
 * incident is read again when it is sent.
 *
 * @param eventId the CloudEvent's id
 * @param audience the only ones who may see the incident; empty means everyone
 * @param previous the message of the incident that the destination took last, or null if none is
 *     known
 */
public record QueuedMessage(
        RawRecord record,
        String eventId,
        String incidentId,
        long revision,
        int priority,
        List<String> audience,
        Sent previous) {

    /** What identifies a message that was sent. */
    public record Sent(String eventId, long timestamp) {}

    /** Reads a record of a queue. */
    public static QueuedMessage of(RawRecord record) throws InvalidRecordException {
        if (record.value() == null) {
            throw new InvalidRecordException("value", null, "a message");
        }
        Incident incident = DispatchMessage.CODEC.read(record.value()).incident();
        return new QueuedMessage(
                record,
                eventId(record),
                incident.incidentId(),
                incident.revision(),
                incident.priority(),
                incident.notified(),
                null);
    }

    /** The same message, to be sent after another one of its incident. */
    public QueuedMessage after(Sent last) {
        return new QueuedMessage(record, eventId, incidentId, revision, priority, audience, last);
    }

    public Sent sent() {
        return new Sent(eventId, record.timestamp());
    }

    private static String eventId(RawRecord record) throws InvalidRecordException {
        for (RawRecord.RawHeader header : record.headers()) {
            if (header.name().equals("ce_id") && header.value() != null) {
                return new String(header.value(), UTF_8);
            }
        }
        throw new InvalidRecordException("ce_id", null, "the header of a CloudEvent");
    }

    /** Of the record's value. */
    public int bytes() {
        return record.value().length;
    }
}
