package io.atalaya.hotlistmatch.passage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The reads of one device, ordered by (time, id). Stored in two arrays, because additions are
 * mostly at the end, evictions mostly at the start, and the reads near a time are adjacent.
 *
 * @param <V> type of the reads, whose id never changes
 */
final class Timeline<V> {
    private static final int MIN = 8;

    private final Function<V, String> id;
    private long[] times = new long[MIN];
    private Object[] values = new Object[MIN];
    private int first;
    private int end;

    Timeline(Function<V, String> id) {
        this.id = id;
    }

    /** Inserts a value, or replaces the one with its time and id. */
    void put(long time, V value) {
        if (end == times.length) {
            makeRoom();
        }
        String key = id.apply(value);
        boolean isLast = end == first || times[end - 1] < time;
        int at = isLast ? end : firstFrom(time + 1);
        while (at > first && times[at - 1] == time && idAt(at - 1).compareTo(key) > 0) {
            at--;
        }
        if (at > first && times[at - 1] == time && idAt(at - 1).equals(key)) {
            values[at - 1] = value;
            return;
        }
        System.arraycopy(times, at, times, at + 1, end - at);
        System.arraycopy(values, at, values, at + 1, end - at);
        times[at] = time;
        values[at] = value;
        end++;
    }

    private String idAt(int index) {
        return id.apply(valueAt(index));
    }

    @SuppressWarnings("unchecked")
    private V valueAt(int index) {
        return (V) values[index];
    }

    /** Moves all values to the start; doubles the arrays if more than half of them is used. */
    private void makeRoom() {
        int size = end - first;
        int room = size > times.length / 2 ? 2 * times.length : times.length;
        long[] nextTimes = new long[room];
        Object[] nextValues = new Object[room];
        System.arraycopy(times, first, nextTimes, 0, size);
        System.arraycopy(values, first, nextValues, 0, size);
        times = nextTimes;
        values = nextValues;
        first = 0;
        end = size;
    }

    /** Removes a value if it is present. */
    void remove(long time, String key) {
        int at = firstFrom(time);
        while (at < end && times[at] == time && !idAt(at).equals(key)) {
            at++;
        }
        if (at == end || times[at] != time) {
            return;
        }
        if (at == first) {
            values[at] = null;
            first++;
        } else {
            System.arraycopy(times, at + 1, times, at, end - at - 1);
            System.arraycopy(values, at + 1, values, at, end - at - 1);
            end--;
            values[end] = null;
        }
    }

    /** The values within {@code window} ms of a time that meet a condition. */
    List<V> near(long time, long window, Predicate<V> condition) {
        return between(firstFrom(time - window), time + window, condition);
    }

    /** The values up to a time. */
    List<V> upTo(long time) {
        return between(first, time, value -> true);
    }

    private List<V> between(int from, long to, Predicate<V> condition) {
        List<V> values = null;
        for (int at = from; at < end && times[at] <= to; at++) {
            V value = valueAt(at);
            if (condition.test(value)) {
                if (values == null) {
                    values = new ArrayList<>();
                }
                values.add(value);
            }
        }
        return values == null ? List.of() : values;
    }

    /** The time of the first value, or {@link Long#MAX_VALUE} if there is none. */
    long firstTime() {
        return first == end ? Long.MAX_VALUE : times[first];
    }

    private int firstFrom(long time) {
        int at = Arrays.binarySearch(times, first, end, time);
        if (at < 0) {
            return -at - 1;
        }
        while (at > first && times[at - 1] == time) {
            at--;
        }
        return at;
    }
}
