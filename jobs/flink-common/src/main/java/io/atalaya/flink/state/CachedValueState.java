package io.atalaya.flink.state;

import it.unimi.dsi.fastutil.objects.Object2ObjectLinkedOpenHashMap;
import it.unimi.dsi.fastutil.objects.ObjectLinkedOpenHashSet;
import org.apache.flink.api.common.state.ValueState;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keyed state whose recently used values also stay on the heap, for values that are used again soon
 * and are costly to decode and encode. A change is written to the state by {@link #writeNext},
 * which must leave nothing before a snapshot, and when the value has not been used for long.
 *
 * @param <T> type of the values, which must be immutable
 */
public final class CachedValueState<T> implements ValueState<T> {
    private final ValueState<T> state;
    private final Supplier<?> currentKey;
    private final Consumer<Object> setCurrentKey;
    private final int capacity;

    /** By key, the longest unused first; null for a key without a value. */
    private final Object2ObjectLinkedOpenHashMap<Object, T> recent =
            new Object2ObjectLinkedOpenHashMap<>();

    /** Keys whose values the state does not have yet; the longest changed first. */
    private final ObjectLinkedOpenHashSet<Object> changed = new ObjectLinkedOpenHashSet<>();

    /**
     * @param currentKey the key whose value {@code state} reads and writes
     * @param setCurrentKey sets that key
     * @param capacity values on the heap
     */
    public CachedValueState(
            ValueState<T> state,
            Supplier<?> currentKey,
            Consumer<Object> setCurrentKey,
            int capacity) {
        this.state = state;
        this.currentKey = currentKey;
        this.setCurrentKey = setCurrentKey;
        this.capacity = capacity;
    }

    @Override
    public T value() throws IOException {
        Object key = currentKey.get();
        T value = recent.getAndMoveToLast(key);
        if (value == null && !recent.containsKey(key)) {
            value = state.value();
            remember(key, value);
        }
        return value;
    }

    @Override
    public void update(T value) throws IOException {
        Object key = currentKey.get();
        changed.add(key);
        remember(key, value);
    }

    @Override
    public void clear() {
        try {
            update(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remember(Object key, T value) throws IOException {
        recent.putAndMoveToLast(key, value);
        if (recent.size() > capacity) {
            Object oldest = recent.firstKey();
            if (changed.remove(oldest)) {
                write(oldest);
                setCurrentKey.accept(key);
            }
            recent.removeFirst();
        }
    }

    private void write(Object key) throws IOException {
        setCurrentKey.accept(key);
        T value = recent.get(key);
        if (value == null) {
            state.clear();
        } else {
            state.update(value);
        }
    }

    /** Writes the next {@code number} changed values; true if none is left. Sets their keys. */
    public boolean writeNext(int number) throws IOException {
        for (int i = 0; i < number && !changed.isEmpty(); i++) {
            write(changed.first());
            changed.removeFirst();
        }
        return changed.isEmpty();
    }
}
