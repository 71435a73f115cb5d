package io.atalaya.simulator.series;

import java.util.List;

/**
 * A series of values and when something unusual happened in it.
 *
 * @param name without an extension
 * @param times epoch milliseconds, UTC, rising
 * @param values one for each time
 * @param windows disjoint, in the order of time
 */
public record LabelledSeries(String name, long[] times, double[] values, List<Window> windows) {
    public LabelledSeries {
        if (times.length != values.length) {
            throw new IllegalArgumentException(
                    times.length + " times, expected as many as values: " + values.length);
        }
        windows = List.copyOf(windows);
    }

    /**
     * Around one anomaly, or around several near each other.
     *
     * @param from time of the first value inside
     * @param to time of the last value inside
     */
    public record Window(long from, long to) {}

    public int size() {
        return values.length;
    }
}
