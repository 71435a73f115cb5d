package io.atalaya.dispatch.outreach;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Values on the heap, by key. What changed since {@link #drain} is written to state, and what
 * changed since {@link #commit} can be undone.
 */
final class HeldMap<V> {
    private final Map<String, V> values = new TreeMap<>();
    private final Set<String> changed = new TreeSet<>();
    private final Deque<Runnable> undoes = new ArrayDeque<>();

    V get(String key) {
        return values.get(key);
    }

    /** In order, as they are now. */
    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** In order of the keys. */
    Collection<V> values() {
        return Collections.unmodifiableCollection(values.values());
    }

    /**
     * @param value null to remove it
     */
    void put(String key, V value) {
        V before = set(key, value);
        if (before == null ? value != null : !before.equals(value)) {
            changed.add(key);
            undoes.push(() -> set(key, before));
        }
    }

    private V set(String key, V value) {
        return value == null ? values.remove(key) : values.put(key, value);
    }

    /** Takes a value from state. */
    void restore(String key, V value) {
        values.put(key, value);
    }

    void commit() {
        undoes.clear();
    }

    void undo() {
        while (!undoes.isEmpty()) {
            undoes.pop().run();
        }
    }

    /** The values that changed, to be written; null for those that were removed. */
    Map<String, V> drain() {
        Map<String, V> drained = new TreeMap<>();
        changed.forEach(key -> drained.put(key, values.get(key)));
        changed.clear();
        return drained;
    }
}
