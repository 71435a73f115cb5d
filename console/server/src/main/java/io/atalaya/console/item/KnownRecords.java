package io.atalaya.console.item;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.topic.Topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is known: the last record of each incident, alert, answer and delivery, and what operators
 * do that is on no topic yet. {@link Items} alone changes it, under its lock; reading needs none.
 */
public final class KnownRecords {
    private static final int MAX_DELIVERIES = 50;

    /**
     * A record as it was read.
     *
     * @param json as it travels, or null
     * @param logOdds of an alert's score by its evidence, or null
     */
    record Received<T>(T value, String json, long receivedAt, Double logOdds) {}

    private final Map<String, Received<Incident>> incidents = new ConcurrentHashMap<>();
    private final BoundedRecords<Received<Alert>> alerts;
    private final Map<String, String> incidentOf = new ConcurrentHashMap<>();

    /** The same of incidents that not all may know of. */
    private final Map<String, String> limitedIncidentOf = new ConcurrentHashMap<>();

    private final BoundedRecords<Item.Answer> answers;
    private final BoundedRecords<List<Delivery>> deliveries;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Item.Pending> pending = new ConcurrentHashMap<>();
    private final Map<String, String> municipalities = new ConcurrentHashMap<>();

    /**
     * @param mustStay whether the alert of an id may not be evicted yet
     */
    KnownRecords(int maxAlerts, int maxItems, Predicate<String> mustStay) {
        alerts = new BoundedRecords<>(maxAlerts, mustStay);
        answers = new BoundedRecords<>(maxAlerts);
        deliveries = new BoundedRecords<>(maxItems);
    }

    /** Whether it is newer than what was known. */
    boolean put(Incident incident, long receivedAt) {
        Received<Incident> before = incidents.get(incident.incidentId());
        if (before != null && before.value.revision() >= incident.revision()) {
            return false;
        }
        incidents.put(incident.incidentId(), new Received<>(incident, null, receivedAt, null));
        boolean isLimited = incident.covert() || !incident.notified().isEmpty();
        String id = incident.incidentId();
        for (String alertId : alertIds(incident)) {
            (isLimited ? incidentOf : limitedIncidentOf).remove(alertId, id);
            (isLimited ? limitedIncidentOf : incidentOf).put(alertId, id);
        }
        return true;
    }

    boolean isNew(Alert alert) {
        Received<Alert> before = alerts.get(alert.alertId());
        return before == null || before.value.revision() < alert.revision();
    }

    /**
     * Takes an alert without its evidence, which is in the JSON.
     *
     * @return the id of the alert that is evicted for it, or null
     */
    String put(Alert alert, String json, long receivedAt) {
        Alert bare =
                new Alert(
                        alert.identity(),
                        alert.emission(),
                        alert.lifecycle(),
                        alert.place(),
                        alert.subject(),
                        alert.assessment(),
                        null,
                        alert.entry(),
                        alert.disclosure());
        Item.Answer answer = answers.get(alert.alertId());
        if (answer != null) {
            answers.put(alert.alertId(), answer, isRestricted(alert));
        }
        return alerts.put(
                alert.alertId(),
                new Received<>(bare, json, receivedAt, Trust.logOdds(alert)),
                isRestricted(alert));
    }

    /** Whether it is newer than what was known. */
    boolean put(String alertId, Item.Answer answer) {
        Item.Answer before = answers.get(alertId);
        if (before != null && before.time() >= answer.time()) {
            return false;
        }
        answers.put(alertId, answer, isRestricted(Item.ALERT + alertId));
        return true;
    }

    void put(Delivery delivery) {
        List<Delivery> of = new ArrayList<>(deliveries(delivery.incidentId()));
        of.removeIf(each -> each.deliveryId().equals(delivery.deliveryId()));
        if (of.size() < MAX_DELIVERIES) {
            of.add(delivery);
        }
        deliveries.put(
                delivery.incidentId(),
                List.copyOf(of),
                isRestricted(Item.INCIDENT + delivery.incidentId()));
    }

    void putMunicipality(String deviceId, String municipality) {
        if (municipality == null) {
            municipalities.remove(deviceId);
        } else {
            municipalities.put(deviceId, municipality);
        }
    }

    void putPending(String item, Item.Pending act) {
        if (act == null) {
            pending.remove(item);
        } else {
            pending.put(item, act);
        }
    }

    void acknowledge(String item) {
        acknowledged.add(item);
    }

    /** Its alerts that are known stay in it: they are no items of their own. */
    void forgetIncident(String incidentId) {
        Received<Incident> forgotten = incidents.remove(incidentId);
        if (forgotten != null) {
            alertIds(forgotten.value).stream()
                    .filter(each -> alerts.get(each) == null)
                    .forEach(
                            each -> {
                                incidentOf.remove(each, incidentId);
                                limitedIncidentOf.remove(each, incidentId);
                            });
        }
    }

    void forgetIncidents(Predicate<Incident> which) {
        incidents.values().stream()
                .map(Received::value)
                .filter(which)
                .map(Incident::incidentId)
                .forEach(this::forgetIncident);
    }

    void forgetAlert(String alertId) {
        alerts.remove(alertId);
        acknowledged.remove(Item.ALERT + alertId);
        incidentOf.remove(alertId);
        limitedIncidentOf.remove(alertId);
    }

    Received<Incident> incident(String incidentId) {
        return incidents.get(incidentId);
    }

    Received<Alert> alert(String alertId) {
        return alerts.get(alertId);
    }

    /** That of these alerts which its device dates last, or null if none is known. */
    Received<Alert> latestAlert(Collection<String> alertIds) {
        Received<Alert> latest = null;
        for (String alertId : alertIds) {
            Received<Alert> alert = alerts.get(alertId);
            if (alert != null
                    && (latest == null
                            || alert.value.lifecycle().deviceTime()
                                    >= latest.value.lifecycle().deviceTime())) {
                latest = alert;
            }
        }
        return latest;
    }

    /** The answers about alerts that all may know of, or that are not known, latest last. */
    Map<String, Item.Answer> openAnswers() {
        return answers.open();
    }

    /** The incidents that an alert is in. */
    List<String> incidentsOf(String alertId) {
        return Stream.of(incidentOf, limitedIncidentOf)
                .map(each -> each.get(alertId))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Whether an alert is in an incident that all may know of who may know of the alert. From
     * others the incident would hide it, and so show that there is one.
     */
    boolean isInIncident(String alertId) {
        if (incidentOf.containsKey(alertId)) {
            return true;
        }
        String limited = limitedIncidentOf.get(alertId);
        Received<Alert> alert = alerts.get(alertId);
        if (limited == null || alert == null || !isRestricted(alert.value)) {
            return false;
        }
        Received<Incident> incident = incidents.get(limited);
        return incident == null
                || incident.value.notified().containsAll(alert.value.disclosure().notified());
    }

    Item.Answer answer(String alertId) {
        return answers.get(alertId);
    }

    List<Delivery> deliveries(String incidentId) {
        List<Delivery> of = deliveries.get(incidentId);
        return of == null ? List.of() : of;
    }

    Item.Pending pending(String item) {
        return pending.get(item);
    }

    boolean isAcknowledged(String item) {
        return acknowledged.contains(item);
    }

    /** Where a device stands, or null. */
    String municipality(String deviceId) {
        return deviceId == null ? null : municipalities.get(deviceId);
    }

    /** Whether not all may know of the incident or alert behind an item, as far as it is known. */
    boolean isRestricted(String item) {
        if (item.startsWith(Item.INCIDENT)) {
            Received<Incident> incident = incidents.get(item.substring(Item.INCIDENT.length()));
            return incident != null && isRestricted(incident.value);
        }
        Received<Alert> alert = alerts.get(item.substring(Item.ALERT.length()));
        return alert != null && isRestricted(alert.value);
    }

    /** An incident is restricted by each of its alerts, too. */
    boolean isRestricted(Incident incident) {
        return incident.covert()
                || !incident.notified().isEmpty()
                || alertIds(incident).stream()
                        .map(alerts::get)
                        .anyMatch(alert -> alert != null && isRestricted(alert.value));
    }

    /** Whether not all may know of an alert. */
    public static boolean isRestricted(Alert alert) {
        return alert.disclosure().isCovert() || !alert.disclosure().notified().isEmpty();
    }

    static List<String> alertIds(Incident incident) {
        return incident.events().stream()
                .filter(event -> event.topic().equals(Topics.ALERTS))
                .map(event -> EventId.alertId(event.eventId()))
                .filter(Objects::nonNull)
                .toList();
    }
}
