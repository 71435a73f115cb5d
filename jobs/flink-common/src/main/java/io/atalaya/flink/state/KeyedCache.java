package io.atalaya.flink.state;

import it.unimi.dsi.fastutil.objects.Object2ObjectLinkedOpenHashMap;

import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Objects on the heap in front of keyed state, for objects that are used much more often than
 * checkpoints are taken, because decoding and encoding their state at each use would cost more than
 * the work itself. A changed object is written back before every barrier and when it is evicted.
 *
 * @param <T> object of one key
 */
public abstract class KeyedCache<T> {
    private final int capacity;
    private final Consumer<String> currentKey;

    /** In the order of {@link #trim}. This map reads few places in memory when keys take turns. */
    private final Object2ObjectLinkedOpenHashMap<String, T> cached =
            new Object2ObjectLinkedOpenHashMap<>();

    /**
     * @param capacity objects on the heap; beyond it, those that were not used recently are evicted
     * @param currentKey sets the key whose state is read and written
     */
    protected KeyedCache(int capacity, Consumer<String> currentKey) {
        this.capacity = capacity;
        this.currentKey = currentKey;
    }

    /** The object of the current key, from its state or new. */
    protected abstract T load() throws Exception;

    /** Whether the object was used since the last call. */
    protected abstract boolean isUsed(T object);

    /** Writes back the changes of an object; false if that failed, and the object must stay. */
    protected abstract boolean write(String key, T object) throws Exception;

    /** Selects a key, whose state {@link #load} reads. */
    protected final void select(String key) {
        currentKey.accept(key);
    }

    /** The object of a key, which stays cached until {@link #trim}; the caller may change it. */
    public T of(String key) throws Exception {
        T object = cached.get(key);
        return object == null ? reload(key) : object;
    }

    /** Replaces the object of a key by its last written state. */
    public T reload(String key) throws Exception {
        select(key);
        return replace(key, load());
    }

    /** Replaces the object of a key and returns the new one. */
    protected final T replace(String key, T object) {
        cached.put(key, object);
        return object;
    }

    /** The cached object, or null. */
    public final T ifCached(String key) {
        return cached.get(key);
    }

    protected final Collection<T> allCached() {
        return cached.values();
    }

    /** Removes an object from the heap, without writing it. */
    protected final void drop(String key) {
        cached.remove(key);
    }

    /** Writes back all changed objects. */
    public void flush() throws Exception {
        for (Map.Entry<String, T> each : cached.entrySet()) {
            write(each.getKey(), each.getValue());
        }
    }

    /**
     * Evicts objects beyond the capacity by the second-chance algorithm: an object that was used
     * since the last round stays. A strict LRU order would touch the neighbours in the list at
     * every use. Ends after two rounds, because objects that cannot be written stay.
     */
    public final void trim() throws Exception {
        for (int left = 2 * cached.size(); left > 0 && cached.size() > capacity; left--) {
            String key = cached.firstKey();
            T object = cached.getAndMoveToLast(key);
            if (!isUsed(object) && write(key, object)) {
                cached.remove(key);
                evicted(object);
            }
        }
    }

    /** Called when a written object leaves the heap. */
    protected void evicted(T object) throws Exception {}

    public final int size() {
        return cached.size();
    }
}
