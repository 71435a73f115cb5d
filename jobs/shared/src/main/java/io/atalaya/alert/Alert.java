package io.atalaya.alert;

import io.atalaya.hotlist.HotlistEntry;

import java.util.List;

/**
 * One revision of an alert, whole, as topic {@code alerts} carries it. A consumer keeps the highest
 * revision of an {@code alertId}.
 *
 * @param revision grows with the evidence folded in; the first message of an alert need not be 1
 * @param time event time of the first evidence, epoch ms
 * @param detectedAt when the job emitted this revision, wall clock
 * @param endedAt arrival clock, or null
 * @param site that owns the place, or null where the device is unknown
 * @param evidence of the type's kind, or null
 * @param entry the hot-list entry, or null where the alert is about none
 * @param notified who may learn of it; empty means everybody
 * @param at arrival clock of the input or timer that caused this revision: the Kafka record's
 *     timestamp, not a field of the message
 */
public record Alert(
        String alertId,
        int revision,
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
    public record Place(String id, Double latitude, Double longitude) {}

    /** Who or what the alert is about. */
    public record Subject(String plate, String entryId, List<String> trackIds) {}

    /** One sentence for the dispatcher, in Spanish and in English. */
    public record Headline(String es, String en) {}

    /** The same alert with another status and revision. */
    public Alert as(Status newStatus, int newRevision) {
        return new Alert(
                alertId,
                newRevision,
                newStatus,
                type,
                time,
                detectedAt,
                action,
                startedAt,
                endedAt,
                site,
                device,
                subject,
                score,
                priority,
                headline,
                evidence,
                entry,
                covert,
                notified,
                at);
    }

    /** The same alert, emitted at another moment. */
    public Alert detectedAt(long wallClock) {
        return new Alert(
                alertId, revision, status, type, time, wallClock, action, startedAt, endedAt, site,
                device, subject, score, priority, headline, evidence, entry, covert, notified, at);
    }

    /** The same alert, caused at another moment of the arrival clock. */
    public Alert causedAt(long arrival) {
        return new Alert(
                alertId,
                revision,
                status,
                type,
                time,
                detectedAt,
                action,
                startedAt,
                endedAt,
                site,
                device,
                subject,
                score,
                priority,
                headline,
                evidence,
                entry,
                covert,
                notified,
                arrival);
    }

    /** The same alert with other evidence, by what arrived at another moment. */
    public Alert with(Status newStatus, Evidence newEvidence, long arrival) {
        return new Alert(
                alertId,
                revision,
                newStatus,
                type,
                time,
                detectedAt,
                action,
                startedAt,
                endedAt,
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
                arrival);
    }

    /** The same alert, over since that moment of the arrival clock. */
    public Alert endedAt(long arrival) {
        return new Alert(
                alertId,
                revision,
                status,
                type,
                time,
                detectedAt,
                action,
                startedAt,
                arrival,
                site,
                device,
                subject,
                score,
                priority,
                headline,
                evidence,
                entry,
                covert,
                notified,
                arrival);
    }
}
