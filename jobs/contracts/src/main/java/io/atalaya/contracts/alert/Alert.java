package io.atalaya.contracts.alert;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.json.Field;

import java.util.List;

/**
 * One revision of an alert, whole, as topic {@code alerts} carries it. A consumer keeps the highest
 * revision of an {@code alertId}. An alert or evidence that the topic's schema rejects cannot be
 * built: the constructors throw an {@link IllegalArgumentException} that names the field.
 *
 * @param revision arrival clock of what caused this revision, epoch ms, and above the last one of
 *     the alert
 * @param time event time of the first evidence, epoch ms
 * @param detectedAt when the job emitted this revision, wall clock
 * @param endedAt arrival clock; null unless the status is ENDED, where it is required, or CANCELLED
 * @param site that owns the place, or null where the device is unknown
 * @param evidence of the type's kind, or null
 * @param entry the hot-list entry, or null where the alert is about none
 * @param notified who may learn of it; empty means everybody
 * @param at arrival clock of the input or timer that caused this revision: the Kafka record's
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

    /** What {@code endedAt} should be where it contradicts the status, or null. */
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

    /** Whether it tells of what had arrived before the entry did. */
    public boolean isRetrospective() {
        return evidence instanceof HotlistEvidence hotlist && hotlist.retrospective();
    }

    /** Where an alert stands in its life. */
    public enum Status {
        NEW,
        UPDATED,
        /** It was wrong. */
        CANCELLED,
        /** It was right, and is over. */
        ENDED
    }

    /** What is asked of people. */
    public enum Action {
        /** A person is interrupted. */
        ALERT,
        /** It waits in a list for a person. */
        REVIEW
    }

    /** The device and where it stands; coordinates are null where unknown. */
    public record Place(String id, Double latitude, Double longitude) {
        public Place {
            Field.text("device.id", id, 1, AlertCodec.MAX_TEXT);
            latitude = AlertCodec.latitude("device.latitude", latitude);
            longitude = AlertCodec.longitude("device.longitude", longitude);
        }
    }

    /** Who or what the alert is about. */
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
     * The revision that follows another one of the same alert. By the clock, so that it rises also
     * where what was said before has been forgotten.
     *
     * @param arrival of what caused it, epoch ms
     * @param last revision; 0: there is none
     */
    public static long revisionAfter(long last, long arrival) {
        return Math.max(arrival, last + 1);
    }

    /** The same alert with another status and revision. */
    public Alert as(Status newStatus, long newRevision) {
        return copy(newRevision, newStatus, detectedAt, endedAt, evidence, at);
    }

    /** The same alert, emitted at another moment. */
    public Alert detectedAt(long wallClock) {
        return copy(revision, status, wallClock, endedAt, evidence, at);
    }

    /** The same alert, caused at another moment of the arrival clock. */
    public Alert causedAt(long arrival) {
        return copy(revision, status, detectedAt, endedAt, evidence, arrival);
    }

    /** The same alert with other evidence, by what arrived at another moment. */
    public Alert with(Status newStatus, Evidence newEvidence, long arrival) {
        return copy(revision, newStatus, detectedAt, endedAt, newEvidence, arrival);
    }

    /** The same alert, over since that moment of the arrival clock. */
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
