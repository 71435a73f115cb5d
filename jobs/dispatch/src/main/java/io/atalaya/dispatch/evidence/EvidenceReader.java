package io.atalaya.dispatch.evidence;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.alert.ConvoyEvidence;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.Call;
import io.atalaya.contracts.dispatch.Decision;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.EventId.Source;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.text.Message;
import io.atalaya.contracts.text.MessageCode;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.evidence.Evidence.AlertReference;
import io.atalaya.dispatch.evidence.Evidence.Origin;
import io.atalaya.dispatch.evidence.Evidence.Weight;
import io.atalaya.dispatch.fusion.IncidentEvent;
import io.atalaya.dispatch.fusion.IncidentEvent.Subject;
import io.atalaya.dispatch.policy.KindIndex;
import io.atalaya.dispatch.policy.Policy;
import io.atalaya.dispatch.policy.Policy.Kind;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what alerts and calls say about incidents, by the rules of a policy. */
public final class EvidenceReader {
    /** Most calls that end before anybody speaks are accidents. */
    private static final double HANG_UP_SCORE = 0.5;

    private static final long MAX_AHEAD_MILLIS = 5_000;

    private static final String UNCLASSIFIED = "UNCLASSIFIED";

    private static final int MAX_SUMMARY = 1_000;

    /** How the text of an alert begins whose entry has ended. */
    private static final Text ENDED = Message.of(MessageCode.HOTLIST_MATCH_ENDED, "", "", "");

    private final Policy policy;
    private final KindIndex kinds;
    private final Locator locator;

    public EvidenceReader(Policy policy) {
        this.policy = policy;
        kinds = new KindIndex(policy.kinds());
        locator = new Locator(policy.jurisdiction());
    }

    /** The key of a plate, the same however it is written. */
    public static String plateKey(String plate) {
        return "plate:" + CanonicalPlate.text(CanonicalPlate.pack(plate));
    }

    /** The key of a device. */
    public static String deviceKey(String deviceId) {
        return "device:" + deviceId;
    }

    /**
     * Reads an alert.
     *
     * @param registered its device, or null
     */
    public Outcome read(Alert alert, Device registered) {
        String eventId = EventId.of(Source.ALERT, alert.alertId());
        Kind kind =
                kinds.ofAlert(alert.type(), alert.entry() == null ? null : alert.entry().reason());
        Place place =
                alert.place().device() == null
                        ? null
                        : Locator.place(
                                alert.place().device().latitude(),
                                alert.place().device().longitude());
        place = place == null ? Locator.place(registered) : place;
        Evidence evidence =
                new Evidence(
                        new IncidentEvent(
                                eventId,
                                kind.name(),
                                kind.subject(),
                                alert.lifecycle().deviceTime(),
                                place,
                                keys(alert, kind.subject(), place),
                                alert.isRetrospective(),
                                isOver(alert, kind.subject()),
                                restriction(alert)),
                        alert.revision(),
                        Topics.ALERTS,
                        alert.type().wireName(),
                        new AlertReference(
                                alert.alertId(),
                                alert.subject().entryId(),
                                alert.entry() == null ? null : alert.entry().source(),
                                plate(alert)),
                        summary(alert),
                        origin(alert, registered, place),
                        new Weight(
                                alert.assessment().score(),
                                alert.entry() == null ? 0 : alert.entry().priority(),
                                false,
                                1,
                                alert.assessment().action() == Alert.Action.REVIEW),
                        0,
                        null,
                        alert.disclosure().notified());
        if (alert.disclosure().isCovert() && alert.disclosure().notified().isEmpty()) {
            return suppressed(
                    SuppressionReason.COVERT_WITHOUT_RECIPIENT, alert.causedAt(), evidence);
        }
        return kind.isDispatched()
                ? new Outcome.Accepted(evidence)
                : suppressed(SuppressionReason.KIND_NOT_DISPATCHED, alert.causedAt(), evidence);
    }

    private static Set<String> keys(Alert alert, Subject subject, Place place) {
        Set<String> keys = new HashSet<>();
        String plate = plate(alert);
        if (plate != null) {
            keys.add(plateKey(plate));
        }
        if (alert.subject().entryId() != null) {
            keys.add("entry:" + alert.subject().entryId());
        }
        // What one camera sees at a known place is linked by kind and time, as with any other.
        boolean isOfDevice =
                subject == Subject.DEVICE || (subject == Subject.PLACE && place == null);
        if (isOfDevice && alert.deviceId() != null) {
            keys.add(deviceKey(alert.deviceId()));
        }
        return keys;
    }

    /** Null if there is none. */
    private static String plate(Alert alert) {
        // A convoy belongs to the incident of the listed vehicle, not to one of its companion.
        String plate =
                alert.evidence() instanceof ConvoyEvidence convoy
                        ? convoy.listed().plate()
                        : alert.subject().plate();
        return plate == null || !CanonicalPlate.isPlate(plate) ? null : plate;
    }

    /** The end of a fault leaves nothing to do; what ended elsewhere did happen. */
    private static boolean isOver(Alert alert, Subject subject) {
        return alert.status() == Alert.Status.CANCELLED
                || (alert.status() == Alert.Status.ENDED && subject == Subject.DEVICE);
    }

    /** Who may know of the alert, or null if everybody may. */
    private static String restriction(Alert alert) {
        Alert.Disclosure disclosure = alert.disclosure();
        return disclosure.isCovert() || !disclosure.notified().isEmpty()
                ? alert.subject().entryId() + " " + new TreeSet<>(disclosure.notified())
                : null;
    }

    private Origin origin(Alert alert, Device registered, Place place) {
        String site = registered == null ? null : registered.site();
        return locator.origin(
                alert.deviceId(),
                site == null ? alert.place().site() : site,
                registered == null ? null : registered.municipality(),
                place,
                null,
                false);
    }

    private static Text.Translation summary(Alert alert) {
        Text text = alert.assessment().headline();
        if (text == null) {
            return null;
        }
        return alert.status() == Alert.Status.ENDED && alert.type() == AlertType.HOTLIST_MATCH
                ? new Text.Translation(
                        unlisted(text.es(), ENDED.es(), "; ya no está en la lista"),
                        unlisted(text.en(), ENDED.en(), "; no longer listed"))
                : new Text.Translation(text.es(), text.en());
    }

    /** Its entry has ended, but not the incident that the text is about. */
    private static String unlisted(String text, String ended, String unlisted) {
        int begin = ended.indexOf(' ') + 1;
        boolean isSaid = text != null && text.startsWith(ended.substring(0, begin));
        return isSaid && text.length() > begin && text.length() <= MAX_SUMMARY
                ? Character.toUpperCase(text.charAt(begin)) + text.substring(begin + 1) + unlisted
                : text;
    }

    /**
     * Reads a call. Neither its text nor anything about the caller becomes part of the evidence.
     *
     * @param arrivalTime of the record
     */
    public Outcome read(Call call, long arrivalTime) {
        Kind kind = kinds.ofCall(call.cnieCode());
        boolean isHangUp = call instanceof Call.Emergency emergency && emergency.hangUp();
        Evidence evidence =
                new Evidence(
                        new IncidentEvent(
                                EventId.of(Source.CALL, call.callId()),
                                kind.name(),
                                kind.subject(),
                                timeOf(call.time(), arrivalTime),
                                call.place(),
                                cadKey(call),
                                false,
                                false,
                                null),
                        arrivalTime,
                        Topics.CALLS,
                        call.cnieCode() == null ? UNCLASSIFIED : call.cnieCode(),
                        null,
                        summary(call, kind),
                        locator.origin(null, null, call.place(), null, false),
                        new Weight(isHangUp ? HANG_UP_SCORE : 1, 0, false, 1, false),
                        0,
                        null,
                        List.of());
        if (!call.isDispatchable()) {
            return suppressed(SuppressionReason.NUISANCE_CALL, arrivalTime, evidence);
        }
        return kind.isDispatched()
                ? new Outcome.Accepted(evidence)
                : suppressed(SuppressionReason.KIND_NOT_DISPATCHED, arrivalTime, evidence);
    }

    /** A clock that is ahead of the arrival is wrong. */
    public static long timeOf(long claimed, long arrivalTime) {
        return claimed > arrivalTime + MAX_AHEAD_MILLIS ? arrivalTime : claimed;
    }

    private static Set<String> cadKey(Call call) {
        if (!(call instanceof Call.Emergency emergency) || emergency.cadNumber() == null) {
            return Set.of();
        }
        // Two sites may count alike.
        String site = emergency.site() == null ? "" : emergency.site() + "/";
        return Set.of("cad:" + site + emergency.cadNumber());
    }

    private static Text.Translation summary(Call call, Kind kind) {
        boolean isSilent = call instanceof Call.Emergency emergency && emergency.silent();
        boolean isHangUp = call instanceof Call.Emergency emergency && emergency.hangUp();
        return new Text.Translation(
                kind.es() + (isSilent ? ", llamada muda" : "") + (isHangUp ? ", colgaron" : ""),
                kind.en() + (isSilent ? ", silent call" : "") + (isHangUp ? ", hung up" : ""));
    }

    /** Suppresses what may have been evidence before, such as a call that is classified late. */
    private Outcome suppressed(SuppressionReason reason, long time, Evidence evidence) {
        IncidentEvent event = evidence.event();
        return new Outcome.Suppressed(
                reason.decision(
                        event.eventId(),
                        time,
                        evidence.origin().deviceId(),
                        policy.version(),
                        new Decision.Detail("kind", event.kind()),
                        new Decision.Detail("type", evidence.type())),
                evidence.withdrawn());
    }
}
