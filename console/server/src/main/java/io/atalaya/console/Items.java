package io.atalaya.console;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.EventId;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.dispatch.Place;
import io.atalaya.contracts.disposition.Disposition.Outcome;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.text.Text;
import io.atalaya.contracts.topic.Topics;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * What a command centre has before it: incidents, and alerts that are in none. One change after the
 * other gets a number; browsers receive those that they may know of.
 *
 * <p>An alert is an item of its own if no dispatch runs, or if dispatch has made nothing of it for
 * a while.
 */
public final class Items {
    static final int MAX_ITEMS = 20_000;
    static final int MAX_ALERTS = 30_000;
    private static final int MAX_GONE = 10_000;
    private static final long DISPATCHED_WITHIN_MS = 5_000;
    private static final long REVIEW_DISPATCHED_WITHIN_MS = 60_000;
    private static final int EVICTED_AT_ONCE = 500;
    private static final int MAX_IDS = 50;
    private static final int MAX_LINKED = 20;
    private static final int MAX_DELIVERIES = 50;

    /** Someone who receives changes. */
    public interface Watcher {
        Viewer viewer();

        Subscription subscription();
    }

    /**
     * A record as it was read.
     *
     * @param logOdds of an alert's score by its evidence, or null
     */
    private record Known<T>(T value, String json, long receivedAt, Double logOdds) {}

    private record Gone(long seq, Item item) {}

    /**
     * What a digest lists that a viewer may know of.
     *
     * @param types how many incidents of each type
     * @param places how many incidents in each municipality, where that is known
     */
    record Listed(int count, Map<String, Integer> types, Map<String, Integer> places) {}

    private final Map<String, Item> items = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, String> bySeq = new ConcurrentSkipListMap<>();
    private final Deque<Gone> gone = new ArrayDeque<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Map<String, Known<Incident>> incidents = new HashMap<>();
    private final Map<String, Known<Alert>> alerts = new LinkedHashMap<>();
    private final Map<String, String> incidentOf = new HashMap<>();
    private final Map<String, Item.Answer> answers = bounded(MAX_ALERTS);
    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, Item.Pending> pending = new HashMap<>();
    private final Map<String, List<Delivery>> deliveries = bounded(MAX_ITEMS);
    private final Map<String, Long> undispatched = new LinkedHashMap<>();
    private final Map<String, String> municipalities = new HashMap<>();

    /** Null if it is to be reckoned again. */
    private Map<String, Double> trusts;

    private long seq;

    /** Who resumes from before this number must load all again. */
    private long floor;

    private boolean hasDispatch;
    private boolean isCaughtUp;

    /** A map of at most a number of entries: those that were put last. */
    static <K, V> Map<K, V> bounded(int max) {
        return new LinkedHashMap<>() {
            @Override
            public V put(K key, V value) {
                V before = remove(key);
                super.put(key, value);
                return before;
            }

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }

    // What arrives.

    public synchronized void incident(Incident incident, long receivedAt) {
        Known<Incident> before = incidents.get(incident.incidentId());
        if (before != null && before.value.revision() >= incident.revision()) {
            return;
        }
        hasDispatch = true;
        incidents.put(incident.incidentId(), new Known<>(incident, null, receivedAt, null));
        for (String alertId : alertIds(incident)) {
            incidentOf.put(alertId, incident.incidentId());
            undispatched.remove(alertId);
            drop(Item.ALERT + alertId);
        }
        Item.Pending waits = pending.get(Item.INCIDENT + incident.incidentId());
        // An event that joins meanwhile must not bring back what was closed.
        if (waits != null
                && waits.undoUntil() == 0
                && (!waits.type().isEnd() || tray(incident) == Item.Tray.DONE)) {
            pending.remove(Item.INCIDENT + incident.incidentId());
        }
        refresh(Item.INCIDENT + incident.incidentId());
        refreshListed(incident);
        // What a digest lists may be read after the digest, or be over now.
        for (String digest : linked(incident, Incident.Link.Relation.PARENT)) {
            if (incidents.containsKey(bare(digest))) {
                refresh(digest);
                refreshListed(incidents.get(bare(digest)).value);
            }
        }
        evict();
    }

    /** The only one that waits in a digest shows what is due, and is no longer the only one. */
    private void refreshListed(Incident digest) {
        for (String id : linked(digest, Incident.Link.Relation.CHILD)) {
            Item before = items.get(id);
            Item after = before == null ? null : ofIncident(id);
            if (after != null
                    && !(Objects.equals(before.deadlines(), after.deadlines())
                            && Objects.equals(before.assignment(), after.assignment()))) {
                put(before, after);
            }
        }
    }

    private boolean isOver(String id) {
        Known<Incident> known = incidents.get(bare(id));
        return known != null && isOver(known.value);
    }

    private static boolean isOver(Incident incident) {
        return incident.status() == Incident.Status.CLOSED
                || incident.status() == Incident.Status.CANCELLED;
    }

    private static String bare(String id) {
        return id.substring(Item.INCIDENT.length());
    }

    private static List<String> linked(Incident incident, Incident.Link.Relation relation) {
        return incident.links().stream()
                .filter(link -> link.relation() == relation)
                .map(link -> Item.INCIDENT + link.incidentId())
                .toList();
    }

    /**
     * Takes an alert.
     *
     * @param json as it travels
     */
    public synchronized void alert(Alert alert, String json, long receivedAt) {
        String alertId = alert.alertId();
        Known<Alert> before = alerts.get(alertId);
        if (before != null && before.value.revision() >= alert.revision()) {
            return;
        }
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
        alerts.put(alertId, new Known<>(bare, json, receivedAt, Trust.logOdds(alert)));
        trusts = answers.containsKey(alertId) ? null : trusts;
        if (alerts.size() > MAX_ALERTS) {
            forgetAlert();
        }
        if (incidentOf.containsKey(alertId)) {
            refresh(Item.INCIDENT + incidentOf.get(alertId));
        } else if (items.containsKey(Item.ALERT + alertId) || isCaughtUp && !hasDispatch) {
            refresh(Item.ALERT + alertId);
            evict();
        } else {
            // What was there at the start has waited long enough.
            undispatched.putIfAbsent(alertId, isCaughtUp ? System.currentTimeMillis() : receivedAt);
        }
    }

    /** The outcome of an alert, no matter which person found it out. */
    public synchronized void answer(String alertId, Item.Answer answer) {
        Item.Answer before = answers.get(alertId);
        if (before != null && before.time() >= answer.time()) {
            return;
        }
        answers.put(alertId, answer);
        trusts = null;
        String incident = incidentOf.get(alertId);
        refresh(incident == null ? Item.ALERT + alertId : Item.INCIDENT + incident);
        Known<Alert> known = alerts.get(alertId);
        if (isCaughtUp && known != null && known.logOdds != null && isPublic(known.value)) {
            other("device:" + known.value.deviceId(), viewer -> true);
        }
    }

    public synchronized void delivery(Delivery delivery) {
        List<Delivery> of =
                deliveries.computeIfAbsent(delivery.incidentId(), id -> new ArrayList<>());
        of.removeIf(each -> each.deliveryId().equals(delivery.deliveryId()));
        if (of.size() < MAX_DELIVERIES) {
            of.add(delivery);
        }
    }

    /** Where a device stands, by which its items are found too. */
    public synchronized void municipality(String deviceId, String municipality) {
        if (municipality == null) {
            municipalities.remove(deviceId);
        } else {
            municipalities.put(deviceId, municipality);
        }
    }

    /** All that was there at the start has been read. */
    public synchronized void caughtUp() {
        isCaughtUp = true;
        items.values().stream()
                .filter(item -> item.municipality() == null && item.deviceId() != null)
                .filter(item -> municipalities.containsKey(item.deviceId()))
                .map(Item::id)
                .toList()
                .forEach(this::refresh);
        tick(System.currentTimeMillis());
    }

    /** Shows alerts of which dispatch makes nothing; called every second. */
    public synchronized void tick(long now) {
        if (!isCaughtUp) {
            return;
        }
        for (Iterator<Map.Entry<String, Long>> i = undispatched.entrySet().iterator();
                i.hasNext(); ) {
            Map.Entry<String, Long> next = i.next();
            Known<Alert> known = alerts.get(next.getKey());
            long within =
                    known != null && known.value.assessment().action() == Alert.Action.REVIEW
                            ? REVIEW_DISPATCHED_WITHIN_MS
                            : DISPATCHED_WITHIN_MS;
            if (!hasDispatch || now - next.getValue() >= within) {
                i.remove();
                refresh(Item.ALERT + next.getKey());
            }
        }
        evict();
    }

    // What operators do.

    /** An act that can still be undone, one that has left (undoUntil 0), or null for none. */
    public synchronized void pending(String item, Item.Pending act) {
        if (act == null) {
            pending.remove(item);
        } else {
            pending.put(item, act);
        }
        refresh(item);
    }

    /** Dispatch has not confirmed in time what has left: the item is shown as it is. */
    public synchronized void unconfirmed(String item) {
        Item.Pending waits = pending.get(item);
        if (waits != null && waits.undoUntil() == 0) {
            pending(item, null);
        }
    }

    /** An operator has seen an alert that is in no incident. */
    public synchronized void acknowledged(String item) {
        acknowledged.add(item);
        refresh(item);
    }

    /** Says that items look different to some, for example because a mute has ended. */
    public synchronized void touch(Predicate<Item> which) {
        all(which).forEach(item -> put(item, item));
    }

    // What browsers ask.

    public synchronized long seq() {
        return seq;
    }

    public boolean isWithDispatch() {
        return hasDispatch;
    }

    public boolean isCaughtUp() {
        return isCaughtUp;
    }

    /** The item, or null if there is none that the viewer may know of. */
    public Item get(String id, Viewer viewer) {
        Item item = items.get(id);
        return item != null && viewer.sees(item) ? item : null;
    }

    /** Whether there is such an item, visible or not: what is left out is not removed. */
    boolean exists(String id) {
        return items.containsKey(id);
    }

    /** The items that the viewer may know of, in no order. */
    public List<Item> visible(Viewer viewer) {
        return items.values().stream().filter(viewer::sees).toList();
    }

    /** Whether the viewer knows of something with this plate. */
    public boolean showsPlate(String plate, Viewer viewer) {
        return items.values().stream()
                .anyMatch(item -> plate.equals(item.plate()) && viewer.sees(item));
    }

    /** All of these items, without regard to who may know of them: for the audit. */
    List<Item> all(Predicate<Item> which) {
        return items.values().stream().filter(which).toList();
    }

    /**
     * The incident as it travels, without links to and candidates from what the viewer may not know
     * of, or null.
     */
    public synchronized String incident(Item item, Viewer viewer) {
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
            Known<Alert> alert = alertId == null ? null : alerts.get(alertId);
            if (alertId == null || alert != null && mayKnow(alert.value, viewer)) {
                candidates.add(candidate);
            }
        }
        return tree.toString();
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
    Listed listed(Item digest, Viewer viewer) {
        List<Item> listed =
                linked(digest.incident(), Incident.Link.Relation.CHILD).stream()
                        .map(id -> get(id, viewer))
                        .filter(item -> item != null && !isOver(item.id()))
                        .toList();
        Map<String, Integer> types = new TreeMap<>();
        Map<String, Integer> places = new TreeMap<>();
        for (Item item : listed) {
            types.merge(item.type(), 1, Integer::sum);
            if (item.municipality() != null) {
                places.merge(item.municipality(), 1, Integer::sum);
            }
        }
        return new Listed(listed.size(), types, places);
    }

    private static boolean mayKnow(Alert of, Viewer viewer) {
        return viewer.mayKnow(of.disclosure().isCovert(), of.disclosure().notified());
    }

    /** The alerts of an item as they travel, latest last. */
    public synchronized List<String> alerts(Item item) {
        return item.alertIds().stream()
                .map(alerts::get)
                .filter(known -> known != null)
                .map(Known::json)
                .toList();
    }

    /** What an alert refers to as its images; none if the viewer may not know of it. */
    synchronized List<String> images(String alertId, Viewer viewer) {
        Known<Alert> known = alerts.get(alertId);
        if (known == null || !mayKnow(known.value, viewer)) {
            return List.of();
        }
        List<String> images = new ArrayList<>();
        Json.MAPPER
                .readTree(known.json)
                .path("evidence")
                .path("images")
                .forEach(each -> images.add(each.asString()));
        return images;
    }

    public synchronized List<Delivery> deliveries(Item item) {
        return item.isAlert()
                ? List.of()
                : List.copyOf(deliveries.getOrDefault(item.bareId(), List.of()));
    }

    /** The latest alert of a device that everybody may know of, as it travels, or null. */
    public synchronized String latestAlert(String deviceId) {
        String latest = null;
        for (Known<Alert> known : alerts.values()) {
            if (deviceId.equals(known.value.deviceId()) && isPublic(known.value)) {
                latest = known.json;
            }
        }
        return latest;
    }

    /** How often each outcome was found out about alerts of a device that everybody may know of. */
    public synchronized Map<String, Integer> outcomes(String deviceId) {
        Map<String, Integer> outcomes = new HashMap<>();
        answers.forEach(
                (alertId, answer) -> {
                    Known<Alert> known = alerts.get(alertId);
                    if (known != null
                            && deviceId.equals(known.value.deviceId())
                            && isPublic(known.value)) {
                        outcomes.merge(answer.outcome().name(), 1, Integer::sum);
                    }
                });
        return outcomes;
    }

    /** How far each device is trusted about which something was found out that all may know of. */
    public synchronized Map<String, Double> trusts() {
        if (trusts == null) {
            Map<String, Double> all = new HashMap<>();
            lessons(null).forEach((device, lessons) -> all.put(device, Trust.value(lessons)));
            trusts = all;
        }
        return trusts;
    }

    /**
     * The trust in the device of an item's latest alert before and after an outcome of it; null if
     * the outcome says nothing of the device, or not all may know of the alert.
     */
    public synchronized Trust trust(Item item, Outcome outcome) {
        Known<Alert> known = null;
        for (String alertId : item.alertIds()) {
            Known<Alert> other = alerts.get(alertId);
            boolean isLater =
                    other != null
                            && (known == null
                                    || other.value.lifecycle().deviceTime()
                                            >= known.value.lifecycle().deviceTime());
            known = isLater ? other : known;
        }
        Trust.Lesson lesson = known == null ? null : Trust.Lesson.of(known.logOdds, outcome);
        if (lesson == null || item.covert() || !isPublic(known.value)) {
            return null;
        }
        String device = known.value.deviceId();
        List<Trust.Lesson> after =
                new ArrayList<>(lessons(known.value.alertId()).getOrDefault(device, List.of()));
        after.add(lesson);
        return new Trust(
                device,
                Trust.value(lessons(null).getOrDefault(device, List.of())),
                Trust.value(after));
    }

    /** What answered alerts say of each device, oldest answer first, without one of the alerts. */
    private Map<String, List<Trust.Lesson>> lessons(String without) {
        Map<String, List<Trust.Lesson>> lessons = new HashMap<>();
        answers.entrySet().stream()
                .sorted(Comparator.comparingLong(each -> each.getValue().time()))
                .forEach(
                        each -> {
                            Known<Alert> known = alerts.get(each.getKey());
                            Trust.Lesson lesson =
                                    known == null || each.getKey().equals(without)
                                            ? null
                                            : Trust.Lesson.of(
                                                    known.logOdds, each.getValue().outcome());
                            if (lesson != null && isPublic(known.value)) {
                                lessons.computeIfAbsent(
                                                known.value.deviceId(), id -> new ArrayList<>())
                                        .add(lesson);
                            }
                        });
        return lessons;
    }

    // Who receives what.

    /**
     * Sends changes to a watcher from now on.
     *
     * @param since number of the last change that it knows of, or null if it has loaded nothing
     * @return whether it can go on from there
     */
    public synchronized boolean watch(Watcher watcher, Long since) {
        watchers.add(watcher);
        Subscription to = watcher.subscription();
        if (since == null) {
            to.passed(seq);
            return true;
        }
        if (since < floor || since > seq) {
            to.passed(seq);
            to.resync(since > seq ? Subscription.Resync.RESTART : Subscription.Resync.TOO_OLD);
            return false;
        }
        Map<Long, Item> missed = new TreeMap<>();
        bySeq.tailMap(since, false).forEach((number, id) -> missed.put(number, items.get(id)));
        gone.stream()
                .filter(each -> each.seq > since)
                .forEach(each -> missed.put(each.seq, each.item));
        missed.forEach(
                (number, item) -> {
                    if (watcher.viewer().sees(item)) {
                        to.changed(number, item.id(), item.isUrgent());
                    }
                });
        to.passed(seq);
        return true;
    }

    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    public int watchers() {
        return watchers.size();
    }

    /** Announces something beside items, which a browser loads whole, or that an item is gone. */
    public synchronized void other(String name, Predicate<Viewer> mayKnow) {
        seq++;
        for (Watcher watcher : watchers) {
            if (mayKnow.test(watcher.viewer())) {
                watcher.subscription().changed(seq, name, false);
            } else {
                watcher.subscription().passed(seq);
            }
        }
    }

    // How an item comes about.

    private void refresh(String id) {
        Item before = items.get(id);
        Item after = id.startsWith(Item.INCIDENT) ? ofIncident(id) : ofAlert(id);
        if (after == null) {
            drop(id);
        } else {
            put(before, after);
        }
    }

    private void put(Item before, Item unnumbered) {
        seq++;
        Item item = numbered(unnumbered, seq);
        if (before != null) {
            bySeq.remove(before.seq());
        }
        items.put(item.id(), item);
        bySeq.put(seq, item.id());
        boolean isHidden =
                before != null
                        && (before.covert() != item.covert()
                                || !before.notified().equals(item.notified())
                                || !before.sites().equals(item.sites()));
        if (isHidden) {
            // A browser that was away cannot be asked to forget it without naming it.
            floor = seq;
        }
        for (Watcher watcher : watchers) {
            Viewer viewer = watcher.viewer();
            if (viewer.sees(item)) {
                watcher.subscription().changed(seq, item.id(), item.isUrgent());
            } else {
                watcher.subscription().passed(seq);
                if (isHidden && viewer.sees(before)) {
                    watcher.subscription().resync(Subscription.Resync.CHANGED);
                }
            }
        }
    }

    private void drop(String id) {
        Item item = items.remove(id);
        if (item == null) {
            return;
        }
        bySeq.remove(item.seq());
        other(id, viewer -> viewer.sees(item));
        gone.add(new Gone(seq, item));
        if (gone.size() > MAX_GONE) {
            floor = Math.max(floor, gone.remove().seq);
        }
    }

    private Item ofIncident(String id) {
        Known<Incident> known = incidents.get(bare(id));
        if (known == null || isShownByAnother(known.value)) {
            return null;
        }
        Incident incident = known.value;
        List<String> ids = alertIds(incident);
        boolean covert = incident.covert();
        List<String> notified = incident.notified();
        Known<Alert> latest = null;
        for (String alertId : ids) {
            Known<Alert> alert = alerts.get(alertId);
            if (alert == null) {
                continue;
            }
            // An alert can become covert before its incident does.
            Alert.Disclosure disclosure = alert.value.disclosure();
            notified = both(covert, notified, disclosure.isCovert(), disclosure.notified());
            covert |= disclosure.isCovert();
            if (latest == null
                    || alert.value.lifecycle().deviceTime()
                            >= latest.value.lifecycle().deviceTime()) {
                latest = alert;
            }
        }
        Incident digest = digestOf(incident);
        Item.Pending act = pending.get(id);
        Item.Tray tray = tray(incident);
        if (act != null && act.type().isEnd()) {
            tray = Item.Tray.DONE;
        }
        HotlistEntry entry = latest == null ? null : latest.value.entry();
        String device = latest == null ? device(incident) : latest.value.deviceId();
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
                latest == null ? null : latest.value.assessment().score(),
                incident.site(),
                municipalities.get(device),
                device,
                incident.place(),
                incident.plate(),
                entry == null ? null : entry.reason(),
                entry == null ? null : entry.source(),
                entry == null ? null : entry.entryId(),
                incident.headline(),
                incident.openedAt(),
                incident.updatedAt(),
                Math.max(known.receivedAt, latest == null ? 0 : latest.receivedAt),
                digest == null ? incident.deadlines() : digest.deadlines(),
                digest == null ? incident.assignment() : digest.assignment(),
                incident.assignments(),
                covert,
                incident.events().size(),
                ids.subList(Math.max(0, ids.size() - MAX_IDS), ids.size()),
                act,
                latest == null ? null : answers.get(latest.value.alertId()),
                latest == null ? null : latest.json,
                Set.copyOf(sites),
                notified,
                incident);
    }

    /** Whether it is a digest in which no more than one incident waits, which has its own item. */
    private boolean isShownByAnother(Incident incident) {
        List<String> listed = linked(incident, Incident.Link.Relation.CHILD);
        return incident.kind() == Incident.Kind.DIGEST
                && !listed.isEmpty()
                && listed.stream().filter(id -> !isOver(id)).limit(2).count() < 2;
    }

    /**
     * The digest in which this incident alone waits, or null: what is due for it is due for this.
     */
    private Incident digestOf(Incident incident) {
        if (incident.assignment() != null || isOver(incident)) {
            return null;
        }
        return linked(incident, Incident.Link.Relation.PARENT).stream()
                .map(id -> incidents.get(bare(id)))
                .filter(Objects::nonNull)
                .map(Known::value)
                .filter(digest -> !isOver(digest) && isShownByAnother(digest))
                .findFirst()
                .orElse(null);
    }

    private static Item.Tray tray(Incident incident) {
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
        Known<Alert> known = alerts.get(alertId);
        if (known == null || incidentOf.containsKey(alertId)) {
            return null;
        }
        Alert alert = known.value;
        Item.Answer answer = answers.get(alertId);
        Item.Pending act = pending.get(id);
        Incident.Status status =
                alert.status() == Alert.Status.CANCELLED
                        ? Incident.Status.CANCELLED
                        : alert.status() == Alert.Status.ENDED || answer != null
                                ? Incident.Status.CLOSED
                                : acknowledged.contains(id)
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
                municipalities.get(alert.deviceId()),
                alert.deviceId(),
                place(alert.place().device()),
                alert.subject().plate(),
                entry == null ? null : entry.reason(),
                entry == null ? null : entry.source(),
                alert.subject().entryId(),
                headline == null ? null : new Text.Translation(headline.es(), headline.en()),
                alert.lifecycle().startedAt(),
                alert.emission().detectedAt(),
                known.receivedAt,
                null,
                null,
                List.of(),
                alert.disclosure().isCovert(),
                1,
                List.of(alertId),
                act,
                answer,
                known.json,
                alert.place().site() == null ? Set.of() : Set.of(alert.place().site()),
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

    private static List<String> alertIds(Incident incident) {
        return incident.events().stream()
                .filter(event -> event.topic().equals(Topics.ALERTS))
                .map(event -> EventId.alertId(event.eventId()))
                .filter(Objects::nonNull)
                .toList();
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

    private static boolean isPublic(Alert alert) {
        return !alert.disclosure().isCovert() && alert.disclosure().notified().isEmpty();
    }

    private void forgetAlert() {
        for (Iterator<Map.Entry<String, Known<Alert>>> i = alerts.entrySet().iterator();
                i.hasNext(); ) {
            Map.Entry<String, Known<Alert>> next = i.next();
            Item item = items.get(Item.ALERT + next.getKey());
            if (item == null || !item.isUrgent() || item.list() == Item.Tray.DONE) {
                i.remove();
                incidentOf.remove(next.getKey());
                drop(Item.ALERT + next.getKey());
                return;
            }
        }
    }

    /** Forgets what is over first, then what can wait; the oldest of each. */
    private void evict() {
        if (items.size() <= MAX_ITEMS) {
            return;
        }
        items.values().stream()
                .sorted(
                        Comparator.comparing(Item::list)
                                .reversed()
                                .thenComparingInt(Item::priority)
                                .thenComparingLong(Item::updatedAt))
                .limit(EVICTED_AT_ONCE)
                .forEach(
                        item -> {
                            incidents.remove(item.bareId());
                            alerts.remove(item.bareId());
                            acknowledged.remove(item.id());
                            drop(item.id());
                        });
        incidents
                .values()
                .removeIf(
                        known ->
                                isShownByAnother(known.value)
                                        && linked(known.value, Incident.Link.Relation.CHILD)
                                                .stream()
                                                .noneMatch(items::containsKey));
    }

    private static Item numbered(Item item, long seq) {
        return new Item(
                item.id(),
                seq,
                item.revision(),
                item.list(),
                item.kind(),
                item.type(),
                item.status(),
                item.priority(),
                item.score(),
                item.site(),
                item.municipality(),
                item.deviceId(),
                item.place(),
                item.plate(),
                item.reason(),
                item.source(),
                item.entryId(),
                item.headline(),
                item.openedAt(),
                item.updatedAt(),
                item.receivedAt(),
                item.deadlines(),
                item.assignment(),
                item.assignments(),
                item.covert(),
                item.eventCount(),
                item.alertIds(),
                item.pending(),
                item.answer(),
                item.alert(),
                item.sites(),
                item.notified(),
                item.incident());
    }
}
