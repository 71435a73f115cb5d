package io.atalaya.contracts.alert;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.json.Field;

import java.util.List;

/**
 * One full revision of an alert, as topic {@code alerts} carries it. A consumer keeps the highest
 * revision of an {@code alertId}. The constructors of alerts and evidence reject what the topic's
 * schema rejects: they throw an {@link IllegalArgumentException} that names the field.
 *
 * @param revision arrival time of the cause of this revision, epoch ms, and above the previous
 *     revision of the alert
 * @param time device time of the first evidence, epoch ms
 * @param detectedAt wall clock when the job emitted this revision, epoch ms
 * @param endedAt arrival time, epoch ms; required for ENDED, optional for CANCELLED, null otherwise
 * @param site that owns the place, or null where the device is unknown
 * @param evidence of the type's kind, or null
 * @param entry the hot-list entry, or null where the alert is about no entry
 * @param notified who may receive the alert; empty means everyone
 * @param at arrival time of the input or timer that caused this revision: the Kafka record's
 *     timestamp, not a field of the message
 */
public record Alert(
        String alertId,
        long revision,
        Status status,
        AlertType type,
        long time,
        long detectedAt,
        Action action,
        long startedAt,
        Long endedAt,
        String site,
        Place device,
        Subject subject,
        double score,
        int priority,
        Headline headline,
        Evidence evidence,
        HotlistEntry entry,
        boolean covert,
        List<String> notified,
        long at) {

    public Alert {
        Field.text("alertId", alertId, 1, AlertCodec.MAX_ID);
        Field.time("revision", revision);
        Field.required("status", status);
        Field.required("type", type);
        Field.time("time", time);
        Field.time("detectedAt", detectedAt);
        Field.required("action", action);
        Field.time("startedAt", startedAt);
        Field.timeOrNull("endedAt", endedAt);
        String end = expectedEnd(status, endedAt);
        if (end != null) {
            throw Field.invalid("endedAt", endedAt, end);
        }
        Field.textOrNull("site", site, 0, AlertCodec.MAX_TEXT);
        Field.required("subject", subject);
        score = Field.number("score", score, 0, 1);
        Field.integer("priority", priority, 0, 100);
        notified = Field.texts("notify", notified, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        Field.time("at", at);
        HotlistEntry.Fault fault = entry == null ? null : entry.fault();
        if (fault != null) {
            throw Field.invalid("entry." + fault.field(), fault.value(), fault.expected());
        }
        if (evidence != null && !type.evidence().isInstance(evidence)) {
            throw new IllegalArgumentException(
                    "evidence: got "
                            + evidence.getClass().getSimpleName()
                            + ", expected "
                            + type.evidence().getSimpleName()
                            + " in an alert of type "
                            + type.wireName());
        }
    }

    /** The {@code endedAt} that the status expects, or null if the given one fits. */
    static String expectedEnd(Status status, Long endedAt) {
        return switch (status) {
            case NEW, UPDATED -> endedAt == null ? null : "no end of an alert that is " + status;
            case ENDED -> endedAt != null ? null : "a time, because the alert is ENDED";
            case CANCELLED -> null;
        };
    }

    /** The evidence of a hot-list match; null where the alert has none or is of another type. */
    public HotlistEvidence hotlistEvidence() {
        return evidence instanceof HotlistEvidence hotlist ? hotlist : null;
    }

    /** Whether the evidence arrived before the entry did. */
    public boolean isRetrospective() {
        return evidence instanceof HotlistEvidence hotlist && hotlist.retrospective();
    }

    /** The lifecycle state of an alert. */
    public enum Status {
        NEW,
        UPDATED,
        /** The alert was wrong. */
        CANCELLED,
        /** The alert was right, and its cause is over. */
        ENDED
    }

    /** How a person is asked to handle the alert. */
    public enum Action {
        /** The alert interrupts a person. */
        ALERT,
        /** The alert waits in a list for a person. */
        REVIEW
    }

    /** The device and its location; coordinates are null where unknown. */
    public record Place(String id, Double latitude, Double longitude) {
        public Place {
            Field.text("device.id", id, 1, AlertCodec.MAX_TEXT);
            latitude = AlertCodec.latitude("device.latitude", latitude);
            longitude = AlertCodec.longitude("device.longitude", longitude);
        }
    }

    /** The plate, hot-list entry or tracks that the alert is about. */
    public record Subject(String plate, String entryId, List<String> trackIds) {
        public Subject {
            Field.textOrNull("subject.plate", plate, 0, AlertCodec.MAX_PLATE);
            Field.textOrNull("subject.entryId", entryId, 1, AlertCodec.MAX_TEXT);
            trackIds =
                    Field.texts(
                            "subject.trackIds", trackIds, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        }
    }

    /** One sentence for the dispatcher, in Spanish and in English. */
    public record Headline(String es, String en) {
        public Headline {
            Field.textOrNull("headline.es", es, 0, AlertCodec.MAX_TEXT);
            Field.textOrNull("headline.en", en, 0, AlertCodec.MAX_TEXT);
        }
    }

    /**
     * The revision that follows another one of the same alert. It uses arrival time, so that
     * revisions rise even where the state of the previous one has expired.
     *
     * @param last previous revision; 0 if the alert has no earlier one
     * @param arrival arrival time of the cause, epoch ms
     */
    public static long revisionAfter(long last, long arrival) {
        return Math.max(arrival, last + 1);
    }

    /** The same alert with another status and revision. */
    public Alert as(Status newStatus, long newRevision) {
        return copy(newRevision, newStatus, detectedAt, endedAt, evidence, at);
    }

    /** The same alert, emitted at another wall-clock time. */
    public Alert detectedAt(long wallClock) {
        return copy(revision, status, wallClock, endedAt, evidence, at);
    }

    /** The same alert, caused at another arrival time. */
    public Alert causedAt(long arrival) {
        return copy(revision, status, detectedAt, endedAt, evidence, arrival);
    }

    /** The same alert with another status and evidence, caused at another arrival time. */
    public Alert with(Status newStatus, Evidence newEvidence, long arrival) {
        return copy(revision, newStatus, detectedAt, endedAt, newEvidence, arrival);
    }

    /** The same alert, ended at that arrival time. */
    public Alert ended(long arrival) {
        return copy(revision, Status.ENDED, detectedAt, arrival, evidence, arrival);
    }

    private Alert copy(
            long newRevision,
            Status newStatus,
            long newDetectedAt,
            Long newEndedAt,
            Evidence newEvidence,
            long newAt) {
        return new Alert(
                alertId,
                newRevision,
                newStatus,
                type,
                time,
                newDetectedAt,
                action,
                startedAt,
                newEndedAt,
                site,
                device,
                subject,
                score,
                priority,
                headline,
                newEvidence,
                entry,
                covert,
                notified,
                newAt);
    }
}
