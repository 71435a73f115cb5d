package io.atalaya.flink.state;

import it.unimi.dsi.fastutil.objects.Object2ObjectLinkedOpenHashMap;
import org.apache.flink.api.common.state.ValueState;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * Keyed state whose recently used values also stay on the heap, for values that are read again soon
 * and are costly to decode. Every change is written to the state at once.
 *
 * @param <T> type of the values, which must be immutable
 */
public final class CachedValueState<T> implements ValueState<T> {
    private final ValueState<T> state;
    private final Supplier<?> currentKey;
    private final int capacity;

    /** By key, the longest unused first; null for a key without a value. */
    private final Object2ObjectLinkedOpenHashMap<Object, T> recent =
            new Object2ObjectLinkedOpenHashMap<>();

    /**
     * @param currentKey the key whose value {@code state} reads and writes
     * @param capacity values on the heap
     */
    public CachedValueState(ValueState<T> state, Supplier<?> currentKey, int capacity) {
        this.state = state;
        this.currentKey = currentKey;
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
        state.update(value);
        remember(currentKey.get(), value);
    }

    @Override
    public void clear() {
        state.clear();
        remember(currentKey.get(), null);
    }

    private void remember(Object key, T value) {
        recent.putAndMoveToLast(key, value);
        if (recent.size() > capacity) {
            recent.removeFirst();
        }
    }
}
