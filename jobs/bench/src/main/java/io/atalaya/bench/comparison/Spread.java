package io.atalaya.bench.comparison;

import java.util.Arrays;
import java.util.Collection;

/** Several measurements of one quantity: median and range. */
public record Spread(int count, double median, double min, double max) {

    /**
     * @throws IllegalArgumentException without values, because a missing sample is a failure
     *     instead of a zero
     */
    public static Spread of(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values: got none, expected one or more");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new Spread(sorted.length, median, sorted[0], sorted[sorted.length - 1]);
    }
}
