package io.atalaya.dispatch.incident;

import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.DispatchMessage;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.disposition.Disposition;
import io.atalaya.contracts.topic.RawRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.kafka.CloudEventRecords;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The records of the job's topics, as their schemas describe them. */
public final class IncidentRecords implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String TYPE = "io.atalaya.";

    private final CloudEventRecords events;

    public IncidentRecords(String job) {
        events = new CloudEventRecords(job);
    }

    RawRecord incident(Incident incident) {
        return events.record(
                Topics.INCIDENTS,
                incident.revision(),
                incident.incidentId() + ":" + incident.revision(),
                type("incident", incident.kind()),
                incident.updatedAt(),
                incident.incidentId(),
                Incident.CODEC.write(incident));
    }

    /**
     * @param topic of the site
     * @param time arrival time of its cause; a reminder comes long after the revision
     */
    RawRecord message(String topic, DispatchMessage message, long time) {
        Incident incident = message.incident();
        String id =
                "%s:%d:%s".formatted(incident.incidentId(), incident.revision(), message.purpose());
        if (message.reason() != null) {
            id += ":" + message.reason();
        }
        // A reminder, a refusal or a withdrawal can come again at the same revision.
        boolean isOfMoment =
                message.purpose() == DispatchMessage.Purpose.REMINDER
                        || message.purpose() == DispatchMessage.Purpose.WITHDRAWN
                        || message.purpose() == DispatchMessage.Purpose.UPDATE
                                && message.reason() != null;
        return events.record(
                topic,
                time,
                isOfMoment ? id + ":" + time : id,
                type("dispatch", message.purpose()),
                incident.updatedAt(),
                incident.incidentId(),
                DispatchMessage.CODEC.write(message));
    }

    public RawRecord decision(Decision decision) {
        return events.record(
                Topics.DECISIONS,
                decision.time(),
                decision.decisionId(),
                type("decision", decision.kind()),
                decision.time(),
                subject(decision),
                Decision.CODEC.write(decision));
    }

    /** A decision about an event alone, such as a suppressed call, is keyed by the event. */
    private static String subject(Decision decision) {
        if (decision.incidentId() != null) {
            return decision.incidentId();
        }
        if (decision.deviceId() != null) {
            return decision.deviceId();
        }
        return decision.eventId() == null ? decision.decisionId() : decision.eventId();
    }

    RawRecord disposition(Disposition disposition) {
        return new RawRecord(
                Topics.DISPOSITIONS,
                RawRecord.NOWHERE,
                RawRecord.NOWHERE,
                disposition.disposedAt(),
                disposition.alertId().getBytes(UTF_8),
                Disposition.CODEC.write(disposition),
                List.of());
    }

    private static String type(String record, Enum<?> name) {
        return TYPE + record + "." + name.name().toLowerCase(Locale.ROOT);
    }
}
