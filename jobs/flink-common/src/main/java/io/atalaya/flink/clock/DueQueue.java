package io.atalaya.flink.clock;

import it.unimi.dsi.fastutil.objects.Object2LongMap;
import it.unimi.dsi.fastutil.objects.Object2LongOpenHashMap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Keys with waiting items, by the watermark at which the first of them is due. The queue is on the
 * heap and not in state, because a keyed timer for each would cost more than the work itself.
 */
public final class DueQueue {
    private final TreeMap<Long, Set<String>> due = new TreeMap<>();
    private final Object2LongMap<String> dueOf = new Object2LongOpenHashMap<>();

    public DueQueue() {
        dueOf.defaultReturnValue(Long.MAX_VALUE);
    }

    /** Sets the watermark at which a key is due; {@link Long#MAX_VALUE} removes the key. */
    public void set(String key, long at) {
        long old = dueOf.getLong(key);
        if (old == at) {
            return;
        }
        if (old != Long.MAX_VALUE) {
            Set<String> keys = due.get(old);
            keys.remove(key);
            if (keys.isEmpty()) {
                due.remove(old);
            }
        }
        if (at == Long.MAX_VALUE) {
            dueOf.removeLong(key);
        } else {
            dueOf.put(key, at);
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
