package io.atalaya.dispatch.evidence;

import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.contracts.dispatch.Incident.Warning;
import io.atalaya.contracts.text.Text;
import io.atalaya.dispatch.fusion.IncidentEvent;

import java.util.List;

/**
 * What an alert, a device, a call or a public warning says about an incident.
 *
 * @param event what fusion groups it by
 * @param revision rises with each version of the same evidence; an older version changes nothing
 * @param topic from which it comes
 * @param type within the topic, such as {@code PRESS} or {@code hotlist-match}
 * @param alert what must be named of the alert, or null if it is none
 * @param summary one sentence for the dispatcher, or null
 * @param expiresAt arrival time from which it must not be announced, epoch ms; 0: never
 * @param warning what decides how a public warning is announced, or null if it is none
 * @param notified who may receive it; empty means everyone
 */
public record Evidence(
        IncidentEvent event,
        long revision,
        String topic,
        String type,
        AlertReference alert,
        Text.Translation summary,
        Origin origin,
        Weight weight,
        long expiresAt,
        Warning warning,
        List<String> notified) {

    public Evidence {
        notified = List.copyOf(notified);
    }

    /**
     * What a disposition and a message name of an alert.
     *
     * @param entryId or null
     * @param source list that contains the entry, or null
     * @param plate of its vehicle, as listed or as read, or null
     */
    public record AlertReference(String alertId, String entryId, String source, String plate) {}

    /**
     * Where it comes from.
     *
     * @param deviceId or null
     * @param site by the device's registration or else by its place; null if unknown
     * @param municipality or null
     * @param premises of a device, or null
     * @param isOpenHours whether the premises were open at the time of the event
     */
    public record Origin(
            String deviceId,
            String site,
            String municipality,
            Premises premises,
            boolean isOpenHours) {}

    /**
     * What its priority follows from.
     *
     * @param score 0 to 1
     * @param entryPriority of the hot-list entry, or 0
     * @param presses how often a button was pressed, 1 for all else
     * @param isReview whether its source says that it need not interrupt a person
     */
    public record Weight(
            double score, int entryPriority, boolean isDuress, int presses, boolean isReview) {}

    public String eventId() {
        return event.eventId();
    }

    /** The same evidence, withdrawn by its source. */
    public Evidence withdrawn() {
        return with(event.cancelled(), weight);
    }

    /** The same evidence, which need not interrupt a person. */
    public Evidence forReview() {
        return with(
                event,
                new Weight(
                        weight.score, weight.entryPriority, weight.isDuress, weight.presses, true));
    }

    private Evidence with(IncidentEvent other, Weight otherWeight) {
        return new Evidence(
                other,
                revision,
                topic,
                type,
                alert,
                summary,
                origin,
                otherWeight,
                expiresAt,
                warning,
                notified);
    }

    /** The same evidence in another version, with another summary. */
    public Evidence with(long newRevision, Text.Translation newSummary) {
        return new Evidence(
                event,
                newRevision,
                topic,
                type,
                alert,
                newSummary,
                origin,
                weight,
                expiresAt,
                warning,
                notified);
    }
}
