package io.atalaya.console.item;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Records by id: at most a number of those that all may know of, and as many of those that only
 * some may. Neither evicts the other, because that would show that there is something.
 */
public final class BoundedRecords<V> {
    private final int max;
    private final Predicate<String> mustStay;
    private final Map<String, V> open = new LinkedHashMap<>();
    private final Map<String, V> restricted = new LinkedHashMap<>();

    /** Keeps at most this many records of each of the two. */
    public BoundedRecords(int max) {
        this(max, id -> false);
    }

    /**
     * @param mustStay whether a record may not be evicted yet
     */
    BoundedRecords(int max, Predicate<String> mustStay) {
        this.max = max;
        this.mustStay = mustStay;
    }

    /** A record, or null. */
    public synchronized V get(String id) {
        V value = open.get(id);
        return value == null ? restricted.get(id) : value;
    }

    /** Puts a value last; returns the id of the one that is evicted for it, or null. */
    public synchronized String put(String id, V value, boolean isRestricted) {
        remove(id);
        Map<String, V> of = isRestricted ? restricted : open;
        of.put(id, value);
        return of.size() > max ? evict(of) : null;
    }

    private String evict(Map<String, V> of) {
        for (Iterator<String> ids = of.keySet().iterator(); ids.hasNext(); ) {
            String id = ids.next();
            if (!mustStay.test(id)) {
                ids.remove();
                return id;
            }
        }
        return null;
    }

    synchronized void remove(String id) {
        open.remove(id);
        restricted.remove(id);
    }

    /** Those that all may know of as they are now, the one that was put last at the end. */
    synchronized Map<String, V> open() {
        return new LinkedHashMap<>(open);
    }

    /** All as they are now. */
    public synchronized List<V> all() {
        Map<String, V> all = new LinkedHashMap<>(open);
        all.putAll(restricted);
        return List.copyOf(all.values());
    }
}
