package io.atalaya.flink.clock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keys with something that waits, by when the first of it is due on the arrival clock. On the heap,
 * not stored: a keyed timer for each would cost more than what is done then.
 */
public final class DueQueue {
    private final TreeMap<Long, Set<String>> due = new TreeMap<>();
    private final Map<String, Long> dueOf = new HashMap<>();

    /** Notes when a key is due; {@link Long#MAX_VALUE} takes it off. */
    public void set(String key, long at) {
        Long old = at == Long.MAX_VALUE ? dueOf.remove(key) : dueOf.put(key, at);
        if (old != null) {
            if (old == at) {
                return;
            }
            Set<String> keys = due.get(old);
            keys.remove(key);
            if (keys.isEmpty()) {
                due.remove(old);
            }
        }
        if (at != Long.MAX_VALUE) {
            due.computeIfAbsent(at, time -> new HashSet<>()).add(key);
        }
    }

    public boolean isEmpty() {
        return due.isEmpty();
    }

    /** Number of keys. */
    public int size() {
        return dueOf.size();
    }

    /** The keys that are due by {@code now}. */
    public List<String> dueBy(long now) {
        List<String> keys = new ArrayList<>();
        due.headMap(now, true).values().forEach(keys::addAll);
        return keys;
    }
}
