package io.atalaya.bridge.delivery;

import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DroneTask;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;

import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A message on its way to one destination. It keeps the record's bytes only: what it says is read
 * again when it is sent.
 *
 * @param eventId the CloudEvent's id
 * @param subject what it is about: of an incident, of an announcement at one loudspeaker, and so on
 *     only the newest message counts
 * @param deviceId the loudspeaker, or null
 * @param audience the only ones who may see it, or null: everyone
 * @param expiresAt from when on it is of no use, epoch ms
 * @param previous the message of the subject that the destination took last, or null if none is
 *     known
 */
public record QueuedMessage(
        RawRecord record,
        String eventId,
        String subject,
        String incidentId,
        String deviceId,
        long revision,
        int priority,
        List<String> audience,
        long expiresAt,
        Sent previous) {

    private static final long NEVER = Long.MAX_VALUE;
    private static final int MAX_PRIORITY = 100;

    /** What identifies a message that was sent. */
    public record Sent(String eventId, long timestamp) {}

    /** Reads a record of a topic that is sent to other systems. */
    public static QueuedMessage of(RawRecord record) throws InvalidRecordException {
        return switch (record.topic()) {
            case Topics.ANNOUNCEMENTS -> of(record, Announcement.CODEC.read(record.value()));
            case Topics.DRONE_TASKS -> of(record, DroneTask.CODEC.read(record.value()));
            case Topics.NATIONAL_EXCHANGE -> of(record, NationalMessage.CODEC.read(record.value()));
            default -> of(record, DispatchMessage.CODEC.read(record.value()).incident());
        };
    }

    private static QueuedMessage of(RawRecord record, Incident incident)
            throws InvalidRecordException {
        return new QueuedMessage(
                record,
                eventId(record),
                incident.incidentId(),
                incident.incidentId(),
                null,
                incident.revision(),
                incident.priority(),
                incident.covert() || !incident.notified().isEmpty() ? incident.notified() : null,
                NEVER,
                null);
    }

    private static QueuedMessage of(RawRecord record, Announcement announcement)
            throws InvalidRecordException {
        return new QueuedMessage(
                record,
                eventId(record),
                announcement.announcementId(),
                announcement.incidentId(),
                announcement.deviceId(),
                announcement.revision(),
                announcement.priority(),
                null,
                announcement.expiresAt(),
                null);
    }

    /** An incident has one task at a time; only a proposal expires. */
    private static QueuedMessage of(RawRecord record, DroneTask task)
            throws InvalidRecordException {
        return new QueuedMessage(
                record,
                eventId(record),
                task.incidentId(),
                task.incidentId(),
                null,
                task.revision(),
                task.priority(),
                null,
                task.status() == DroneTask.Status.PROPOSED ? task.expiresAt() : NEVER,
                null);
    }

    /** Only for the agency, whatever the destination; a retraction comes before all else. */
    private static QueuedMessage of(RawRecord record, NationalMessage message)
            throws InvalidRecordException {
        return new QueuedMessage(
                record,
                eventId(record),
                message.agency() + "/" + message.incidentId(),
                message.incidentId(),
                null,
                message.revision(),
                message.priority() == null ? MAX_PRIORITY : message.priority(),
                List.of(message.agency()),
                NEVER,
                null);
    }

    /** The same message, to be sent after another one of its subject. */
    public QueuedMessage after(Sent last) {
        return new QueuedMessage(
                record,
                eventId,
                subject,
                incidentId,
                deviceId,
                revision,
                priority,
                audience,
                expiresAt,
                last);
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
