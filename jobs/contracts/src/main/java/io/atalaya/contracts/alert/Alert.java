package io.atalaya.contracts.alert;

import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.json.Field;
import io.atalaya.contracts.text.Text;

import java.util.List;

/**
 * One full revision of an alert, as topic {@code alerts} carries it. A consumer keeps the highest
 * revision of an {@code alertId}. The constructors of alerts and evidence reject what the topic's
 * schema rejects: they throw an {@link IllegalArgumentException} that names the field.
 *
 * @param evidence of the type's kind, or null
 * @param entry the hot-list entry, or null where the alert is about no entry
 */
public record Alert(
        Identity identity,
        Emission emission,
        Lifecycle lifecycle,
        Place place,
        Subject subject,
        Assessment assessment,
        Evidence evidence,
        HotlistEntry entry,
        Disclosure disclosure) {

    public Alert {
        Field.required("subject", subject);
        HotlistEntry.Fault fault = entry == null ? null : entry.fault();
        if (fault != null) {
            throw Field.invalid("entry." + fault.field(), fault.value(), fault.expected());
        }
        if (evidence != null && !identity.type.evidence().isInstance(evidence)) {
            throw new IllegalArgumentException(
                    "evidence: got "
                            + evidence.getClass().getSimpleName()
                            + ", expected "
                            + identity.type.evidence().getSimpleName()
                            + " in an alert of type "
                            + identity.type.wireName());
        }
    }

    /** What stays the same in all revisions. */
    public record Identity(String alertId, AlertType type) {
        public Identity {
            Field.text("alertId", alertId, 1, AlertCodec.MAX_ID);
            Field.required("type", type);
        }
    }

    /**
     * Which revision this is, and when it was caused and emitted.
     *
     * @param revision arrival time of the cause, or time at which the job continued after a
     *     failure, epoch ms; above the previous revision of the alert
     * @param causedAt arrival time of the input or timer that caused this revision: the Kafka
     *     record's timestamp, not a field of the message
     * @param detectedAt wall clock when the job emitted this revision, epoch ms
     */
    public record Emission(long revision, long causedAt, long detectedAt) {
        public Emission {
            Field.time("revision", revision);
            Field.time("causedAt", causedAt);
            Field.time("detectedAt", detectedAt);
        }

        private Emission withCausedAt(long arrival) {
            return new Emission(revision, arrival, detectedAt);
        }
    }

    /**
     * The lifecycle state of an alert and its times.
     *
     * @param deviceTime device time of the first evidence, epoch ms
     * @param endedAt arrival time, epoch ms; required for ENDED, optional for CANCELLED, null
     *     otherwise
     */
    public record Lifecycle(Status status, long deviceTime, long startedAt, Long endedAt) {
        public Lifecycle {
            Field.required("status", status);
            Field.time("time", deviceTime);
            Field.time("startedAt", startedAt);
            Field.timeOrNull("endedAt", endedAt);
            String end = expectedEnd(status, endedAt);
            if (end != null) {
                throw Field.invalid("endedAt", endedAt, end);
            }
        }

        public Lifecycle with(Status newStatus) {
            return new Lifecycle(newStatus, deviceTime, startedAt, endedAt);
        }
    }

    /**
     * Where it happens.
     *
     * @param site that owns the place, or null where the device is unknown
     * @param device or null where the alert is about no single device
     */
    public record Place(String site, Device device) {
        /** The place of an alert that is about no single device. */
        public static final Place NONE = new Place(null, null);

        public Place {
            Field.textOrNull("site", site, 0, AlertCodec.MAX_TEXT);
        }

        /**
         * The place of a device.
         *
         * @param registered or null
         */
        public static Place of(String deviceId, io.atalaya.contracts.device.Device registered) {
            return registered == null
                    ? new Place(null, new Device(deviceId, null, null))
                    : new Place(
                            registered.site(),
                            new Device(deviceId, registered.latitude(), registered.longitude()));
        }
    }

    /**
     * How sure the alert is and how it is to be handled.
     *
     * @param headline one sentence for the dispatcher, or null
     */
    public record Assessment(Action action, double score, int priority, Text headline) {
        public Assessment {
            Field.required("action", action);
            score = Field.number("score", score, 0, 1);
            Field.integer("priority", priority, 0, 100);
            AlertCodec.check("headline.", headline);
        }
    }

    /**
     * Who may see the alert.
     *
     * @param notified who may receive it; empty means everyone
     */
    public record Disclosure(boolean isCovert, List<String> notified) {
        public static final Disclosure EVERYONE = new Disclosure(false, List.of());

        public Disclosure {
            notified = Field.texts("notify", notified, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
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

    public String alertId() {
        return identity.alertId;
    }

    public AlertType type() {
        return identity.type;
    }

    public long revision() {
        return emission.revision;
    }

    /** The arrival time of what caused this revision, epoch ms. */
    public long causedAt() {
        return emission.causedAt;
    }

    public Status status() {
        return lifecycle.status;
    }

    /** The device that the alert is about, or null. */
    public String deviceId() {
        return place.device == null ? null : place.device.id;
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
    public record Device(String id, Double latitude, Double longitude) {
        public Device {
            Field.text("id", id, 1, AlertCodec.MAX_TEXT);
            latitude = AlertCodec.latitude("latitude", latitude);
            longitude = AlertCodec.longitude("longitude", longitude);
        }
    }

    /** The plate, hot-list entry or tracks that the alert is about. */
    public record Subject(String plate, String entryId, List<String> trackIds) {
        public static final Subject NONE = ofTracks(List.of());

        public Subject {
            Field.textOrNull("plate", plate, 0, AlertCodec.MAX_PLATE);
            Field.textOrNull("entryId", entryId, 1, AlertCodec.MAX_TEXT);
            trackIds = Field.texts("trackIds", trackIds, AlertCodec.MAX_LIST, AlertCodec.MAX_TEXT);
        }

        public static Subject ofTracks(List<String> trackIds) {
            return new Subject(null, null, trackIds);
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
        return copy(
                new Emission(newRevision, emission.causedAt, emission.detectedAt),
                lifecycle.with(newStatus),
                evidence);
    }

    /**
     * The same alert as the message that follows another one. Only the first message is NEW.
     *
     * @param last revision of the previous message, or a lower bound of this one; 0 without either
     */
    public Alert following(long last, boolean isFirst) {
        return as(
                status() == Status.NEW && !isFirst ? Status.UPDATED : status(),
                revisionAfter(last, causedAt()));
    }

    /** The same alert, emitted at another wall-clock time. */
    public Alert withDetectedAt(long wallClock) {
        return copy(
                new Emission(emission.revision, emission.causedAt, wallClock), lifecycle, evidence);
    }

    /** The same alert, caused at another arrival time. */
    public Alert withCausedAt(long arrival) {
        return copy(emission.withCausedAt(arrival), lifecycle, evidence);
    }

    /** The same alert with another status and evidence, caused at another arrival time. */
    public Alert with(Status newStatus, Evidence newEvidence, long arrival) {
        return copy(emission.withCausedAt(arrival), lifecycle.with(newStatus), newEvidence);
    }

    /** The same alert, ended at that arrival time. */
    public Alert ended(long arrival) {
        return copy(
                emission.withCausedAt(arrival),
                new Lifecycle(Status.ENDED, lifecycle.deviceTime, lifecycle.startedAt, arrival),
                evidence);
    }

    private Alert copy(Emission newEmission, Lifecycle newLifecycle, Evidence newEvidence) {
        return new Alert(
                identity,
                newEmission,
                newLifecycle,
                place,
                subject,
                assessment,
                newEvidence,
                entry,
                disclosure);
    }
}
