package io.atalaya.flink.state;

import it.unimi.dsi.fastutil.objects.Object2ObjectLinkedOpenHashMap;
import it.unimi.dsi.fastutil.objects.ObjectLinkedOpenHashSet;
import org.apache.flink.api.common.state.ValueState;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keyed state whose recently used values also stay on the heap, for values that are used again soon
 * and are costly to decode and encode. A change is written to the state by {@link #flush}, before a
 * snapshot, or by {@link #trim}. If that fails, the key continues with the value that was written
 * last.
 *
 * @param <T> type of the values, which must be immutable
 */
public final class CachedValueState<T> implements ValueState<T> {
    /** Writes the value of one key, so that a failure is of this key only. */
    @FunctionalInterface
    public interface Unit {
        /** Runs the write; false if it failed. */
        boolean run(Object key, Write write) throws Exception;
    }

    /** Writes a value to the state. */
    @FunctionalInterface
    public interface Write {
        void run() throws Exception;
    }

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
    public void update(T value) {
        Object key = currentKey.get();
        changed.add(key);
        remember(key, value);
    }

    @Override
    public void clear() {
        update(null);
    }

    private void remember(Object key, T value) {
        recent.putAndMoveToLast(key, value);
    }

    /** Writes the changed values, each as a unit of its key. Sets their keys. */
    public void flush(Unit unit) throws Exception {
        while (!changed.isEmpty()) {
            write(changed.removeFirst(), unit);
        }
    }

    /** Removes the values beyond the capacity from the heap. To be called between two inputs. */
    public void trim(Unit unit) throws Exception {
        while (recent.size() > capacity) {
            Object oldest = recent.firstKey();
            // More than once if what follows a failure changes the value.
            while (changed.remove(oldest)) {
                write(oldest, unit);
            }
            recent.remove(oldest);
        }
    }

    private void write(Object key, Unit unit) throws Exception {
        T value = recent.get(key);
        boolean isWritten =
                unit.run(
                        key,
                        () -> {
                            setCurrentKey.accept(key);
                            if (value == null) {
                                state.clear();
                            } else {
                                state.update(value);
                            }
                        });
        if (!isWritten && !changed.contains(key)) {
            recent.remove(key);
        }
    }
}
