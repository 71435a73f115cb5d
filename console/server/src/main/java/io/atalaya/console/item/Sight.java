package io.atalaya.console.item;

import io.atalaya.console.item.KnownRecords.Received;
import io.atalaya.console.request.Json;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.Incident;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a viewer may see of the items and of what is known behind them. It holds no lock: an item is
 * whole, whichever of its versions it is.
 */
final class Sight {
    private static final int MAX_LINKED = 20;

    private final Map<String, Item> items;
    private final KnownRecords known;

    /**
     * @param items as they are, which others change
     */
    Sight(Map<String, Item> items, KnownRecords known) {
        this.items = items;
        this.known = known;
    }

    /** The item, or null if there is none that the viewer may know of. */
    Item get(String id, Viewer viewer) {
        Item item = items.get(id);
        return item != null && viewer.sees(item) ? item : null;
    }

    /** The items that the viewer may know of, in no order. */
    List<Item> visible(Viewer viewer) {
        return items.values().stream().filter(viewer::sees).toList();
    }

    /**
     * The incident as it travels, without links to and candidates from what the viewer may not know
     * of, or null.
     */
    String incident(Item item, Viewer viewer) {
        if (item.incident() == null) {
            return null;
        }
        String whole = Json.text(Incident.CODEC.write(item.incident()));
        if (item.incident().links().isEmpty() && item.incident().candidates().isEmpty()) {
            return whole;
        }
        ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(whole);
        ArrayNode links = tree.putArray("links");
        for (Incident.Link link : item.incident().links()) {
            if (get(Item.INCIDENT + link.incidentId(), viewer) != null) {
                links.addObject()
                        .put("relation", link.relation().name())
                        .put("incidentId", link.incidentId());
            }
        }
        ArrayNode candidates = tree.putArray("candidates");
        for (String candidate : item.incident().candidates()) {
            String alertId = EventId.alertId(candidate);
            Received<Alert> alert = alertId == null ? null : known.alert(alertId);
            if (alertId == null || alert != null && mayKnow(alert.value(), viewer)) {
                candidates.add(candidate);
            }
        }
        return tree.toString();
    }

    private static boolean mayKnow(Alert of, Viewer viewer) {
        return viewer.mayKnow(of.disclosure().isCovert(), of.disclosure().notified());
    }

    /** The items that are linked to this one and over, and so in no list. */
    List<Item> linkedOver(Item item, Viewer viewer) {
        if (item.incident() == null) {
            return List.of();
        }
        return item.incident().links().stream()
                .map(link -> get(Item.INCIDENT + link.incidentId(), viewer))
                .filter(other -> other != null && other.list() == Item.Tray.DONE)
                .limit(MAX_LINKED)
                .toList();
    }

    /** What a digest lists that the viewer may know of. */
    Items.Listed listed(Item digest, Viewer viewer) {
        List<Item> listed =
                ItemDerivation.linked(digest.incident(), Incident.Link.Relation.CHILD).stream()
                        .map(id -> get(id, viewer))
                        .filter(item -> item != null && !ItemDerivation.isOver(item.incident()))
                        .toList();
        Map<String, Integer> types = new TreeMap<>();
        Map<String, Integer> places = new TreeMap<>();
        for (Item item : listed) {
            types.merge(item.type(), 1, Integer::sum);
            if (item.municipality() != null) {
                places.merge(item.municipality(), 1, Integer::sum);
            }
        }
        return new Items.Listed(listed.size(), types, places);
    }

    /** The alerts of an item as they travel, latest last. */
    List<String> alerts(Item item) {
        return item.alertIds().stream()
                .map(known::alert)
                .filter(Objects::nonNull)
                .map(Received::json)
                .toList();
    }

    /**
     * The latest alert of a device as it travels, or null; of what all of the sites may know of.
     */
    String latestAlert(String deviceId, Viewer viewer) {
        return visible(viewer).stream()
                .filter(item -> deviceId.equals(item.deviceId()) && item.alert() != null)
                .filter(item -> !item.isRestricted())
                .max(Comparator.comparingLong(Item::receivedAt).thenComparing(Item::id))
                .map(Item::alert)
                .orElse(null);
    }

    /** What an alert refers to as its images; none if the viewer may not know of it. */
    List<String> images(String alertId, Viewer viewer) {
        Received<Alert> alert = known.alert(alertId);
        if (alert == null || !mayKnow(alert.value(), viewer)) {
            return List.of();
        }
        List<String> images = new ArrayList<>();
        Json.MAPPER
                .readTree(alert.json())
                .path("evidence")
                .path("images")
                .forEach(each -> images.add(each.asString()));
        return images;
    }

    List<Delivery> deliveries(Item item) {
        return item.isAlert() ? List.of() : known.deliveries(item.bareId());
    }
}
