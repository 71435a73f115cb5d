package io.atalaya.lab.evaluate.score;

import java.util.Arrays;
import java.util.List;

/**
 * Delays in milliseconds, by nearest rank. Exact, and below zero where a device's clock is ahead: a
 * histogram of buckets could hold neither.
 *
 * @param count of the samples; the others are 0 without any
 */
public record Delays(int count, long p50, long p95, long max) {

    /** Sorts and ranks the samples. */
    public static Delays of(List<Long> samples) {
        long[] sorted = samples.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Delays(sorted.length, rank(sorted, 0.50), rank(sorted, 0.95), rank(sorted, 1.0));
    }

    private static long rank(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
