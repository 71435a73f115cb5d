package io.atalaya.bridge;

import io.atalaya.bridge.delivery.QueuedMessage;
import io.atalaya.contracts.dispatch.Announcement;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.DispatchMessage.Purpose;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.NationalMessage;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.CloudEventRecords;

import java.util.List;

/** Messages as dispatch writes them, those of incidents to the queue of Toluca. */
public final class DispatchRecords {
    private static final CloudEventRecords EVENTS = new CloudEventRecords("dispatch");

    private DispatchRecords() {}

    /**
     * @param revision also the time of the message
     * @param notified the only ones who may see it
     */
    public static RawRecord record(
            String incidentId, long revision, int priority, String... notified) {
        return record(
                new DispatchMessage(
                        Purpose.ASSIGN,
                        1,
                        null,
                        incident(incidentId, revision, priority, List.of(notified))));
    }

    public static RawRecord record(DispatchMessage message) {
        return record(message, message.incident().revision());
    }

    private static RawRecord record(DispatchMessage message, long time) {
        Incident incident = message.incident();
        return EVENTS.record(
                Topics.DISPATCH_TOLUCA,
                time,
                incident.incidentId() + ":" + incident.revision() + ":" + message.purpose(),
                "io.atalaya.dispatch." + message.purpose().name().toLowerCase(),
                incident.updatedAt(),
                incident.incidentId(),
                DispatchMessage.CODEC.write(message));
    }

    public static RawRecord record(Announcement announcement) {
        return EVENTS.record(
                Topics.ANNOUNCEMENTS,
                announcement.revision(),
                announcement.announcementId() + ":" + announcement.revision(),
                "io.atalaya.announcement." + announcement.purpose().name().toLowerCase(),
                announcement.revision(),
                announcement.deviceId(),
                Announcement.CODEC.write(announcement));
    }

    public static RawRecord record(NationalMessage message) {
        return EVENTS.record(
                Topics.NATIONAL_EXCHANGE,
                message.revision(),
                message.messageId(),
                "io.atalaya.national." + message.purpose().name().toLowerCase(),
                message.revision(),
                message.incidentId(),
                NationalMessage.CODEC.write(message));
    }

    public static QueuedMessage queued(DispatchMessage message) {
        return queued(message, message.incident().revision(), null);
    }

    /**
     * @param previous the message of the incident that was taken last, or null
     */
    public static QueuedMessage queued(DispatchMessage message, long time, QueuedMessage previous) {
        try {
            QueuedMessage queued = QueuedMessage.of(record(message, time));
            return previous == null ? queued : queued.after(previous.sent());
        } catch (InvalidRecordException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A panic button in a school of Toluca. */
    public static Incident incident(
            String incidentId, long revision, int priority, List<String> notified) {
        return new Incident(
                incidentId,
                revision,
                Incident.Kind.PLACE,
                "panic-button",
                "ALMH",
                Incident.Status.OPEN,
                revision - 1_000,
                revision,
                null,
                new Place(19.29, -99.65, 20),
                List.of(),
                null,
                "TOLUCA",
                new Incident.Assignment(
                        "TOLUCA", "security", 1, Incident.Assignment.State.SENT, null, null),
                List.of(),
                priority,
                List.of(),
                new Text.Translation("Botón de pánico", "Panic button"),
                List.of(
                        new Incident.Event(
                                "device:BTN-1/E-1",
                                "device-events",
                                "PRESS",
                                revision - 1_000,
                                new Text.Translation("Pulsación", "Press"))),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                !notified.isEmpty(),
                notified);
    }
}
