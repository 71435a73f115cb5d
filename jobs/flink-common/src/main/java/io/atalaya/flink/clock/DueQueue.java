package io.atalaya.flink.clock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keys with waiting items, by the watermark at which the first of them is due. The queue is on the
 * heap and not in state, because a keyed timer for each would cost more than the work itself.
 */
public final class DueQueue {
    private final TreeMap<Long, Set<String>> due = new TreeMap<>();
    private final Map<String, Long> dueOf = new HashMap<>();

    /** Sets the watermark at which a key is due; {@link Long#MAX_VALUE} removes the key. */
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

    /** The number of keys. */
    public int size() {
        return dueOf.size();
    }

    /** The keys that are due at the watermark {@code now}. */
    public List<String> dueBy(long now) {
        List<String> keys = new ArrayList<>();
        due.headMap(now, true).values().forEach(keys::addAll);
        return keys;
    }
}
