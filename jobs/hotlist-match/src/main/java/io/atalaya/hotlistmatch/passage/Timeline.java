package io.atalaya.hotlistmatch.passage;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongList;

import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * Numbers of reads, ordered by (time, id). Stored in two arrays, because additions are mostly at
 * the end, evictions mostly at the start, and the reads near a time are adjacent.
 */
final class Timeline {
    private static final int MIN = 8;

    private final LongFunction<String> id;
    private long[] times = new long[MIN];
    private long[] numbers = new long[MIN];
    private int first;
    private int end;

    /**
     * @param id of a number, which never changes
     */
    Timeline(LongFunction<String> id) {
        this.id = id;
    }

    /** Inserts a number that is not present. */
    void put(long time, long number) {
        if (end == times.length) {
            makeRoom();
        }
        int at = end;
        if (end > first && times[end - 1] >= time) {
            at = from(time + 1);
            if (at > first && times[at - 1] == time) {
                String own = id.apply(number);
                while (at > first
                        && times[at - 1] == time
                        && id.apply(numbers[at - 1]).compareTo(own) > 0) {
                    at--;
                }
            }
            System.arraycopy(times, at, times, at + 1, end - at);
            System.arraycopy(numbers, at, numbers, at + 1, end - at);
        }
        times[at] = time;
        numbers[at] = number;
        end++;
    }

    /** Moves all numbers to the start; doubles the arrays if more than half of them is used. */
    private void makeRoom() {
        int size = end - first;
        int room = size > times.length / 2 ? 2 * times.length : times.length;
        long[] nextTimes = room == times.length ? times : new long[room];
        long[] nextNumbers = room == times.length ? numbers : new long[room];
        System.arraycopy(times, first, nextTimes, 0, size);
        System.arraycopy(numbers, first, nextNumbers, 0, size);
        times = nextTimes;
        numbers = nextNumbers;
        first = 0;
        end = size;
    }

    /** Removes a number if it is present. */
    void remove(long time, long number) {
        int at = from(time);
        while (at < end && times[at] == time && numbers[at] != number) {
            at++;
        }
        if (at == end || times[at] != time) {
            return;
        }
        if (at == first) {
            first++;
        } else {
            System.arraycopy(times, at + 1, times, at, end - at - 1);
            System.arraycopy(numbers, at + 1, numbers, at, end - at - 1);
            end--;
        }
    }

    /**
     * The place of the first number at or after a time, for {@link #isUpTo} and {@link #number}.
     */
    int from(long time) {
        if (first == end || times[first] >= time) {
            return first;
        }
        // Most places asked for are near the end: larger and larger steps back.
        int from = end;
        for (int step = 1; from > first && times[from - 1] >= time; step *= 2) {
            from = Math.max(first, from - step);
        }
        int at = Arrays.binarySearch(times, from, end, time);
        if (at < 0) {
            return -at - 1;
        }
        while (at > first && times[at - 1] == time) {
            at--;
        }
        return at;
    }

    /** Whether there is a number at a place whose time is not after another. */
    boolean isUpTo(int place, long time) {
        return place < end && times[place] <= time;
    }

    /** The number at a place. */
    long number(int place) {
        return numbers[place];
    }

    /** The numbers up to a time. */
    LongList upTo(long time) {
        LongList upTo = new LongArrayList();
        for (int at = first; isUpTo(at, time); at++) {
            upTo.add(numbers[at]);
        }
        return upTo;
    }

    /** The time of the first number, or {@link Long#MAX_VALUE} if there is none. */
    long firstTime() {
        return first == end ? Long.MAX_VALUE : times[first];
    }
}
