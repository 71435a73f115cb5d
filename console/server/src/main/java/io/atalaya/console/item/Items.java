package io.atalaya.console.item;

import io.atalaya.console.item.KnownRecords.Received;
import io.atalaya.console.security.Routes;
import io.atalaya.console.security.Viewer;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.dispatch.Delivery;
import io.atalaya.contracts.dispatch.Incident;
import io.atalaya.contracts.disposition.Disposition.Outcome;

import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What a command centre has before it: incidents, and alerts that are in none. What arrives goes
 * into what is known ({@link KnownRecords}); the items that come about from it ({@link
 * ItemDerivation}) go to those who may know of them ({@link Changes}, {@link Sight}).
 *
 * <p>An alert is an item of its own if no dispatch runs, or if dispatch has made nothing of it for
 * a while.
 */
public final class Items {
    /** Of those that all may know of, and again of the others. */
    static final int MAX_ITEMS = 20_000;

    /** The same of alerts. */
    public static final int MAX_ALERTS = 30_000;

    private static final long DISPATCHED_WITHIN_MS = 5_000;
    private static final long REVIEW_DISPATCHED_WITHIN_MS = 60_000;
    private static final int EVICTED_SHARE = 40;

    /** Someone who receives changes. */
    public interface Watcher {
        Viewer viewer();

        Subscription subscription();
    }

    /**
     * What a digest lists that a viewer may know of.
     *
     * @param types how many incidents of each type
     * @param places how many incidents in each municipality, where that is known
     */
    record Listed(int count, Map<String, Integer> types, Map<String, Integer> places) {}

    private final int max;
    private final Changes changes;
    private final Map<String, Item> items;
    private final KnownRecords known;
    private final ItemDerivation derivation;
    private final Sight sight;
    private final DeviceTrusts trusts;
    private final Map<String, Long> undispatched = new LinkedHashMap<>();
    private volatile boolean hasDispatch;
    private volatile boolean isCaughtUp;

    public Items() {
        this(Changes.micros(), MAX_ITEMS, MAX_ALERTS);
    }

    /**
     * @param clock of {@link Changes}
     */
    public Items(LongSupplier clock, int maxItems, int maxAlerts) {
        max = maxItems;
        changes = new Changes(clock);
        items = changes.items();
        known = new KnownRecords(maxAlerts, maxItems, this::mustStay);
        derivation = new ItemDerivation(known);
        sight = new Sight(items, known);
        trusts = new DeviceTrusts(known);
    }

    /** A map of at most a number of entries: those that were put last. */
    public static <K, V> Map<K, V> bounded(int max) {
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

    /** Returns whether not all may know of it, which is forgotten with what is evicted. */
    public synchronized boolean incident(Incident incident, long receivedAt) {
        boolean isRestricted = known.isRestricted(incident);
        if (!known.put(incident, receivedAt)) {
            return isRestricted;
        }
        String id = Item.INCIDENT + incident.incidentId();
        // That there is a covert one does not say to others that dispatch runs.
        hasDispatch |= !isRestricted;
        KnownRecords.alertIds(incident).stream()
                .filter(known::isInIncident)
                .forEach(this::dropAlert);
        Item.Pending waits = known.pending(id);
        // An event that joins meanwhile must not bring back what was closed.
        if (waits != null
                && waits.undoUntil() == 0
                && (!waits.type().isEnd() || ItemDerivation.tray(incident) == Item.Tray.DONE)) {
            known.putPending(id, null);
        }
        refresh(id);
        refreshListed(incident);
        // What a digest lists may be read after the digest, or be over now.
        for (String parent : ItemDerivation.linked(incident, Incident.Link.Relation.PARENT)) {
            Received<Incident> digest = known.incident(ItemDerivation.bare(parent));
            if (digest != null && !derivation.isHiddenFrom(incident, digest.value())) {
                refresh(parent);
                refreshListed(digest.value());
            }
        }
        evict(isRestricted);
        return isRestricted;
    }

    /** The only one that waits in a digest shows what is due, and is no longer the only one. */
    private void refreshListed(Incident digest) {
        for (String id : ItemDerivation.linked(digest, Incident.Link.Relation.CHILD)) {
            Item before = items.get(id);
            Item after = before == null ? null : derivation.item(id);
            if (after != null
                    && !(Objects.equals(before.deadlines(), after.deadlines())
                            && Objects.equals(before.assignment(), after.assignment()))) {
                changes.put(after);
            }
        }
    }

    /**
     * Takes an alert.
     *
     * @param json as it travels
     */
    public synchronized void alert(Alert alert, String json, long receivedAt) {
        if (!known.isNew(alert)) {
            return;
        }
        String alertId = alert.alertId();
        String evicted = known.put(alert, json, receivedAt);
        if (known.answer(alertId) != null || evicted != null) {
            trusts.changed();
        }
        if (evicted != null) {
            known.forgetAlert(evicted);
            changes.drop(Item.ALERT + evicted);
        }
        if (known.isInIncident(alertId)) {
            dropAlert(alertId);
        } else if (items.containsKey(Item.ALERT + alertId) || isCaughtUp && !hasDispatch) {
            refresh(Item.ALERT + alertId);
            evict(KnownRecords.isRestricted(alert));
        } else {
            // What was there at the start has waited long enough.
            undispatched.putIfAbsent(alertId, isCaughtUp ? System.currentTimeMillis() : receivedAt);
        }
        known.incidentsOf(alertId).forEach(each -> refresh(Item.INCIDENT + each));
    }

    /** It is no item of its own, because it is in an incident. */
    private void dropAlert(String alertId) {
        undispatched.remove(alertId);
        changes.drop(Item.ALERT + alertId);
    }

    /** The outcome of an alert, no matter which person found it out. */
    public synchronized void answer(String alertId, Item.Answer answer) {
        if (!known.put(alertId, answer)) {
            return;
        }
        trusts.changed();
        refresh(Item.ALERT + alertId);
        known.incidentsOf(alertId).forEach(each -> refresh(Item.INCIDENT + each));
        Received<Alert> alert = known.alert(alertId);
        if (isCaughtUp
                && alert != null
                && alert.logOdds() != null
                && !KnownRecords.isRestricted(alert.value())) {
            String site = alert.value().place().site();
            other(
                    "device:" + alert.value().deviceId(),
                    viewer -> viewer.isOneOf(Routes.MAP) && viewer.isOf(Viewer.sitesOf(site)));
        }
    }

    /** Takes a delivery of an incident to another system. */
    public synchronized void delivery(Delivery delivery) {
        known.put(delivery);
    }

    /** Where a device stands, by which its items are found too. */
    public synchronized void municipality(String deviceId, String municipality) {
        known.putMunicipality(deviceId, municipality);
    }

    /** All that was there at the start has been read. */
    public synchronized void caughtUp() {
        isCaughtUp = true;
        items.values().stream()
                .filter(item -> item.municipality() == null)
                .filter(item -> known.municipality(item.deviceId()) != null)
                .map(Item::id)
                .sorted()
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
            Received<Alert> alert = known.alert(next.getKey());
            long within =
                    alert != null && alert.value().assessment().action() == Alert.Action.REVIEW
                            ? REVIEW_DISPATCHED_WITHIN_MS
                            : DISPATCHED_WITHIN_MS;
            if (!hasDispatch || now - next.getValue() >= within) {
                i.remove();
                refresh(Item.ALERT + next.getKey());
            }
        }
        evict(false);
        evict(true);
    }

    // What operators do.

    /** An act that can still be undone, one that has left (undoUntil 0), or null for none. */
    public synchronized void pending(String item, Item.Pending act) {
        known.putPending(item, act);
        refresh(item);
    }

    /** Dispatch has not confirmed in time what has left: the item is shown as it is. */
    public synchronized void unconfirmed(String item) {
        Item.Pending waits = known.pending(item);
        if (waits != null && waits.undoUntil() == 0) {
            pending(item, null);
        }
    }

    /** An operator has seen an alert that is in no incident. */
    public synchronized void acknowledged(String item) {
        known.acknowledge(item);
        refresh(item);
    }

    // How items change.

    private void refresh(String id) {
        Item item = derivation.item(id);
        if (item == null) {
            changes.drop(id);
        } else {
            changes.put(item);
        }
    }

    /** Urgent ones that are not over are kept as long as there is room for their items. */
    private boolean mustStay(String alertId) {
        Item item = items.get(Item.ALERT + alertId);
        return item != null && item.isUrgent() && item.list() != Item.Tray.DONE;
    }

    /** Forgets what is over first, then what can wait; the oldest of each. */
    private void evict(boolean isRestricted) {
        if (changes.count(isRestricted) <= max) {
            return;
        }
        items.values().stream()
                .filter(item -> item.isRestricted() == isRestricted)
                .sorted(
                        Comparator.comparing(Item::list)
                                .reversed()
                                .thenComparingInt(Item::priority)
                                .thenComparingLong(Item::updatedAt)
                                .thenComparing(Item::id))
                .limit(Math.max(1, max / EVICTED_SHARE))
                .forEach(
                        item -> {
                            known.forgetIncident(item.bareId());
                            known.forgetAlert(item.bareId());
                            changes.drop(item.id());
                        });
        trusts.changed();
        known.forgetIncidents(
                incident ->
                        known.isRestricted(incident) == isRestricted
                                && derivation.isShownByAnother(incident)
                                && ItemDerivation.linked(incident, Incident.Link.Relation.CHILD)
                                        .stream()
                                        .map(items::get)
                                        .noneMatch(
                                                item ->
                                                        item != null
                                                                && item.isRestricted()
                                                                        == isRestricted));
    }

    // Without regard to who may know of it.

    /** Whether there is such an item, visible or not: what is left out is not removed. */
    public boolean exists(String id) {
        return items.containsKey(id);
    }

    /** All of these items: for the audit. */
    public List<Item> all(Predicate<Item> which) {
        return items.values().stream().filter(which).toList();
    }

    /** Whether not all may know of what is behind an item, as far as it is known. */
    public boolean isRestricted(String id) {
        Item item = items.get(id);
        return item == null ? known.isRestricted(id) : item.isRestricted();
    }

    /** Whether an incident has come, so that dispatch runs. */
    public boolean isWithDispatch() {
        return hasDispatch;
    }

    /** Whether all that was there at the start has been read. */
    public boolean isCaughtUp() {
        return isCaughtUp;
    }

    // What a viewer may see.

    /** See {@link Sight#get}. */
    public Item get(String id, Viewer viewer) {
        return sight.get(id, viewer);
    }

    /** See {@link Sight#visible}. */
    public List<Item> visible(Viewer viewer) {
        return sight.visible(viewer);
    }

    /** See {@link Sight#incident}. */
    public String incident(Item item, Viewer viewer) {
        return sight.incident(item, viewer);
    }

    /** See {@link Sight#linkedOver}. */
    public List<Item> linkedOver(Item item, Viewer viewer) {
        return sight.linkedOver(item, viewer);
    }

    /** See {@link Sight#listed}. */
    public Listed listed(Item digest, Viewer viewer) {
        return sight.listed(digest, viewer);
    }

    /** See {@link Sight#alerts}. */
    public List<String> alerts(Item item) {
        return sight.alerts(item);
    }

    /** See {@link Sight#images}. */
    public List<String> images(String alertId, Viewer viewer) {
        return sight.images(alertId, viewer);
    }

    /** See {@link Sight#deliveries}. */
    public List<Delivery> deliveries(Item item) {
        return sight.deliveries(item);
    }

    /** See {@link Sight#latestAlert}. */
    public String latestAlert(String deviceId, Viewer viewer) {
        return sight.latestAlert(deviceId, viewer);
    }

    // What all may know of devices.

    /** See {@link DeviceTrusts#outcomes}. */
    public Map<String, Integer> outcomes(String deviceId) {
        return trusts.outcomes(deviceId);
    }

    /** See {@link DeviceTrusts#all}. */
    public Map<String, Double> trusts() {
        return trusts.all();
    }

    /** See {@link DeviceTrusts#of}. */
    public Trust trust(Item item, Outcome outcome) {
        return trusts.of(item, outcome);
    }

    // What changed since when.

    /** See {@link Changes#position}. */
    public long position() {
        return changes.position();
    }

    /** See {@link Changes#watch}. */
    public boolean watch(Watcher watcher, Long since) {
        return changes.watch(watcher, since);
    }

    public void unwatch(Watcher watcher) {
        changes.unwatch(watcher);
    }

    public int watchers() {
        return changes.watchers();
    }

    /** See {@link Changes#touch}. */
    public void touch(Predicate<Item> which) {
        changes.touch(which);
    }

    /** See {@link Changes#touchFor}. */
    public void touchFor(String person, Predicate<Item> which) {
        changes.touchFor(person, which);
    }

    /** See {@link Changes#announce}. */
    public void other(String name, Predicate<Viewer> mayKnow) {
        changes.announce(name, mayKnow);
    }
}
