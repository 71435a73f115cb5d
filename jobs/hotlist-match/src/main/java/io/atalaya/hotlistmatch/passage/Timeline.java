package io.atalaya.hotlistmatch.passage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What one device saw, in order of (time, id). Two arrays: what comes next mostly goes behind the
 * last, what is forgotten mostly is the first, and what is near a moment lies side by side.
 *
 * @param <V> of which the id never changes
 */
final class Timeline<V> {
    private static final int LEAST = 8;

    private final Function<V, String> id;
    private long[] times = new long[LEAST];
    private Object[] values = new Object[LEAST];
    private int first;
    private int end;

    Timeline(Function<V, String> id) {
        this.id = id;
    }

    /** Puts a value in its place, or in the place of the one with its time and id. */
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

    /** Moves all to the front; into twice the room if more than half of it is taken. */
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

    /** Takes a value out, if it is there. */
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

    /** What lies within {@code window} of a moment, as it is now. */
    List<V> near(long time, long window) {
        List<V> near = new ArrayList<>();
        for (int at = firstFrom(time - window); at < end && times[at] <= time + window; at++) {
            near.add(valueAt(at));
        }
        return near;
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
