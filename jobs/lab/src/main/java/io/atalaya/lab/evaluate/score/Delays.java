package io.atalaya.lab.evaluate.score;

import java.util.Arrays;
import java.util.List;

/**
 * Delays in milliseconds, by nearest rank. Exact and possibly negative if a device's clock is
 * ahead, which a bucket histogram cannot represent.
 *
 * @param count number of samples; without samples the others are 0
 */
public record Delays(int count, long p50, long p95, long max) {

    /** Computes the delays of samples. */
    public static Delays of(List<Long> samples) {
        long[] sorted = samples.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Delays(sorted.length, rank(sorted, 0.50), rank(sorted, 0.95), rank(sorted, 1.0));
    }

    private static long rank(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
