package io.atalaya.console.item;

import io.atalaya.console.item.KnownRecords.Received;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.Topics;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** How an item comes about from what is known; it has no number yet. */
final class ItemDerivation {
    private static final int MAX_IDS = 50;

    private final KnownRecords known;

    ItemDerivation(KnownRecords known) {
        this.known = known;
    }

    /** The item as it is now, or null if there is none. */
    Item item(String id) {
        return id.startsWith(Item.INCIDENT) ? ofIncident(id) : ofAlert(id);
    }

    private Item ofIncident(String id) {
        Received<Incident> found = known.incident(bare(id));
        if (found == null || isShownByAnother(found.value())) {
            return null;
        }
        Incident incident = found.value();
        List<String> ids = KnownRecords.alertIds(incident);
        boolean covert = incident.covert();
        List<String> notified = incident.notified();
        for (String alertId : ids) {
            Received<Alert> alert = known.alert(alertId);
            if (alert == null) {
                continue;
            }
            // An alert can become covert before its incident does.
            Alert.Disclosure disclosure = alert.value().disclosure();
            notified = both(covert, notified, disclosure.isCovert(), disclosure.notified());
            covert |= disclosure.isCovert();
        }
        Received<Alert> latest = known.latestAlert(ids);
        Incident digest = digestOf(incident);
        Item.Pending act = known.pending(id);
        Item.Tray tray = tray(incident);
        if (act != null && act.type().isEnd()) {
            tray = Item.Tray.DONE;
        }
        HotlistEntry entry = latest == null ? null : latest.value().entry();
        String device = latest == null ? device(incident) : latest.value().deviceId();
        Set<String> sites = new HashSet<>();
        incident.assignments().forEach(each -> sites.add(each.site()));
        if (incident.assignment() != null) {
            sites.add(incident.assignment().site());
        }
        if (incident.site() != null) {
            sites.add(incident.site());
        }
        return new Item(
                id,
                0,
                incident.revision(),
                tray,
                incident.kind(),
                incident.type(),
                incident.status(),
                incident.priority(),
                latest == null ? null : latest.value().assessment().score(),
                incident.site(),
                known.municipality(device),
                device,
                incident.place(),
                incident.plate(),
                entry == null ? null : entry.reason(),
                entry == null ? null : entry.source(),
                entry == null ? null : entry.entryId(),
                incident.headline(),
                incident.openedAt(),
                incident.updatedAt(),
                Math.max(found.receivedAt(), latest == null ? 0 : latest.receivedAt()),
                digest == null ? incident.deadlines() : digest.deadlines(),
                digest == null ? incident.assignment() : digest.assignment(),
                incident.assignments(),
                covert,
                incident.events().size(),
                ids.subList(Math.max(0, ids.size() - MAX_IDS), ids.size()),
                act,
                latest == null ? null : known.answer(latest.value().alertId()),
                latest == null ? null : latest.json(),
                Set.copyOf(sites),
                notified,
                incident);
    }

    /** Whether it is a digest in which no more than one incident waits, which has its own item. */
    boolean isShownByAnother(Incident incident) {
        List<String> listed = linked(incident, Incident.Link.Relation.CHILD);
        return incident.kind() == Incident.Kind.DIGEST
                && !listed.isEmpty()
                && listed.stream().filter(id -> isWaiting(id, incident)).limit(2).count() < 2;
    }

    /**
     * Whether an incident of a digest waits. One that not all who see the digest may know of is
     * taken as one that is not known, because by its end the digest would say that it is there.
     */
    private boolean isWaiting(String id, Incident digest) {
        Received<Incident> found = known.incident(bare(id));
        return found == null || !isOver(found.value()) || isHiddenFrom(found.value(), digest);
    }

    /** Whether some who see a digest may not know of an incident that it lists. */
    boolean isHiddenFrom(Incident incident, Incident digest) {
        return known.isRestricted(incident) && !known.isRestricted(digest);
    }

    /**
     * The digest in which this incident alone waits, or null: what is due for it is due for this.
     */
    private Incident digestOf(Incident incident) {
        if (incident.assignment() != null || isOver(incident)) {
            return null;
        }
        return linked(incident, Incident.Link.Relation.PARENT).stream()
                .map(id -> known.incident(bare(id)))
                .filter(Objects::nonNull)
                .map(Received::value)
                .filter(digest -> !isOver(digest) && isShownByAnother(digest))
                .findFirst()
                .orElse(null);
    }

    static boolean isOver(Incident incident) {
        return incident.status() == Incident.Status.CLOSED
                || incident.status() == Incident.Status.CANCELLED;
    }

    /** The items of the incidents that are linked in this way. */
    static List<String> linked(Incident incident, Incident.Link.Relation relation) {
        return incident.links().stream()
                .filter(link -> link.relation() == relation)
                .map(link -> Item.INCIDENT + link.incidentId())
                .toList();
    }

    static String bare(String id) {
        return id.substring(Item.INCIDENT.length());
    }

    static Item.Tray tray(Incident incident) {
        if (isOver(incident)) {
            return Item.Tray.DONE;
        }
        if (incident.kind() == Incident.Kind.DIGEST) {
            // None of its incidents interrupted; one that did, since, is in the queue itself.
            return Item.Tray.REVIEW;
        }
        if (incident.priority() >= Item.URGENT) {
            return Item.Tray.QUEUE;
        }
        boolean isForOne = incident.assignment() != null || !incident.assignments().isEmpty();
        return isForOne && incident.kind() != Incident.Kind.DEVICE_FAULT
                ? Item.Tray.QUEUE
                : Item.Tray.REVIEW;
    }

    private Item ofAlert(String id) {
        String alertId = id.substring(Item.ALERT.length());
        Received<Alert> found = known.alert(alertId);
        if (found == null || known.isInIncident(alertId)) {
            return null;
        }
        Alert alert = found.value();
        Item.Answer answer = known.answer(alertId);
        Item.Pending act = known.pending(id);
        Incident.Status status =
                alert.status() == Alert.Status.CANCELLED
                        ? Incident.Status.CANCELLED
                        : alert.status() == Alert.Status.ENDED || answer != null
                                ? Incident.Status.CLOSED
                                : known.isAcknowledged(id)
                                        ? Incident.Status.ACKNOWLEDGED
                                        : Incident.Status.OPEN;
        boolean isOver =
                status == Incident.Status.CANCELLED
                        || status == Incident.Status.CLOSED
                        || act != null && act.type().isEnd();
        Alert.Assessment assessment = alert.assessment();
        Text headline = assessment.headline();
        HotlistEntry entry = alert.entry();
        return new Item(
                id,
                0,
                alert.revision(),
                isOver
                        ? Item.Tray.DONE
                        : assessment.action() == Alert.Action.ALERT
                                ? Item.Tray.QUEUE
                                : Item.Tray.REVIEW,
                kind(alert.type()),
                alert.type().wireName(),
                status,
                assessment.priority(),
                assessment.score(),
                alert.place().site(),
                known.municipality(alert.deviceId()),
                alert.deviceId(),
                place(alert.place().device()),
                alert.subject().plate(),
                entry == null ? null : entry.reason(),
                entry == null ? null : entry.source(),
                alert.subject().entryId(),
                headline == null ? null : new Text.Translation(headline.es(), headline.en()),
                alert.lifecycle().startedAt(),
                alert.emission().detectedAt(),
                found.receivedAt(),
                null,
                null,
                List.of(),
                alert.disclosure().isCovert(),
                1,
                List.of(alertId),
                act,
                answer,
                found.json(),
                Viewer.sitesOf(alert.place().site()),
                alert.disclosure().notified(),
                null);
    }

    private static Incident.Kind kind(AlertType type) {
        return switch (type) {
            case HOTLIST_MATCH, CLONED_PLATE, PLATE_TAG_MISMATCH, CONVOY -> Incident.Kind.VEHICLE;
            case CAMERA_SILENT, CAMERA_FROZEN, CAMERA_MOVED, STREAM_INCONSISTENT, ANALYTICS_FAULT ->
                    Incident.Kind.DEVICE_FAULT;
            default -> Incident.Kind.PLACE;
        };
    }

    private static Place place(Alert.Device device) {
        return device == null ? null : Place.usableOrNull(device.latitude(), device.longitude(), 0);
    }

    /** Recipients of what both lists allow; two lists without a common name are for no one. */
    private static List<String> both(
            boolean covert, List<String> some, boolean otherCovert, List<String> others) {
        boolean isLimited = covert || !some.isEmpty();
        boolean isOtherLimited = otherCovert || !others.isEmpty();
        if (!isLimited || !isOtherLimited) {
            return isLimited ? some : others;
        }
        List<String> common = some.stream().filter(others::contains).toList();
        return common.isEmpty() ? List.of("\0nobody") : common;
    }

    /** The device of the first event that names one. */
    private static String device(Incident incident) {
        return incident.events().stream()
                .filter(event -> event.topic().equals(Topics.DEVICE_EVENTS))
                .map(event -> EventId.deviceId(event.eventId()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
