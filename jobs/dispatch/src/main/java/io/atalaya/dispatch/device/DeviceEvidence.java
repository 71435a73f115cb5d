package io.atalaya.dispatch.device;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.dispatch.DeviceEvent;
import io.atalaya.contracts.dispatch.DeviceEvent.Premises;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.dispatch.device.DeviceState.Entry;
import io.atalaya.dispatch.device.DeviceState.Group;
import io.atalaya.dispatch.evidence.Evidence;
import io.atalaya.dispatch.evidence.Evidence.Weight;
import io.atalaya.dispatch.evidence.EvidenceReader;
import io.atalaya.dispatch.evidence.Locator;
import io.atalaya.dispatch.fusion.IncidentEvent;
import io.atalaya.dispatch.policy.KindIndex;
import io.atalaya.dispatch.policy.Policy.Kind;

import java.util.List;
import java.util.Set;

/** Writes what a device did as evidence. */
final class DeviceEvidence {
    static final String STUCK = "STUCK_BUTTON";
    static final String SILENT = "SILENT";

    private final KindIndex kinds;
    private final Locator locator;

    DeviceEvidence(KindIndex kinds, Locator locator) {
        this.kinds = kinds;
        this.locator = locator;
    }

    /** Whether an event can change the evidence. */
    boolean isRelevant(DeviceEvent event, Premises premises) {
        return switch (event.kind()) {
            case HEARTBEAT, ZONE_RESTORED, DOOR_CLOSED -> false;
            // A door that opens is an alarm only where the policy says so.
            case DOOR_OPEN -> kinds.isNamed(event.kind(), premises);
            default -> true;
        };
    }

    /**
     * @param registered the device, or null
     * @param premises the last known, or null
     */
    Evidence of(Group group, String deviceId, Device registered, Premises premises, long revision) {
        Entry first = group.first();
        DeviceEvent.Kind event = group.isStuck() ? DeviceEvent.Kind.FAULT : first.kind();
        Premises where = first.premises() == null ? premises : first.premises();
        Kind kind = kinds.ofDevice(event, where);
        String detail = first.detail() == null ? first.zoneId() : first.detail();
        String es = group.isStuck() ? ": botón trabado" : detail == null ? "" : ": " + detail;
        String en = group.isStuck() ? ": stuck button" : detail == null ? "" : ": " + detail;
        String repeated = group.count() == 1 ? "" : " (×" + group.count() + ")";
        boolean isFault = event == DeviceEvent.Kind.FAULT;
        return evidence(
                deviceId,
                registered,
                where,
                kind,
                first,
                new Version(
                        group.id(),
                        group.isStuck() ? STUCK : first.kind().name(),
                        group.isOver(),
                        revision),
                new Text.Translation(
                        over(group.isOver(), isFault, "Resuelto: ", "Cancelado: ")
                                + kind.es()
                                + es
                                + repeated,
                        over(group.isOver(), isFault, "Over: ", "Cancelled: ")
                                + kind.en()
                                + en
                                + repeated),
                new Weight(1, 0, first.kind() == DeviceEvent.Kind.DURESS, group.count(), false));
    }

    private static String over(boolean isOver, boolean isFault, String fault, String alarm) {
        return !isOver ? "" : isFault ? fault : alarm;
    }

    /**
     * The fault of a device that sends nothing.
     *
     * @param since arrival of its last message
     */
    Evidence silent(
            String deviceId,
            Device registered,
            Premises premises,
            long since,
            boolean isOver,
            long revision) {
        Kind kind = kinds.ofDevice(DeviceEvent.Kind.FAULT, premises);
        Entry last =
                new Entry(
                        "silent-" + since,
                        DeviceEvent.Kind.FAULT,
                        since,
                        null,
                        null,
                        premises,
                        false,
                        null,
                        null);
        return evidence(
                deviceId,
                registered,
                premises,
                kind,
                last,
                new Version(last.eventId(), SILENT, isOver, revision),
                new Text.Translation(
                        (isOver ? "Resuelto: " : "") + kind.es() + ": sin señal",
                        (isOver ? "Over: " : "") + kind.en() + ": no signal"),
                new Weight(1, 0, false, 1, true));
    }

    private record Version(String id, String type, boolean isOver, long revision) {}

    private Evidence evidence(
            String deviceId,
            Device registered,
            Premises premises,
            Kind kind,
            Entry first,
            Version version,
            Text.Translation summary,
            Weight weight) {
        Place place = first.place() == null ? Locator.place(registered) : first.place();
        return new Evidence(
                new IncidentEvent(
                        EventId.ofDevice(deviceId, version.id),
                        kind.name(),
                        kind.subject(),
                        first.time(),
                        place,
                        Set.of(EvidenceReader.deviceKey(deviceId)),
                        false,
                        version.isOver,
                        null),
                version.revision,
                Topics.DEVICE_EVENTS,
                version.type,
                null,
                summary,
                locator.origin(deviceId, registered, place, premises, first.isOpenHours()),
                weight,
                0,
                null,
                List.of());
    }
}
