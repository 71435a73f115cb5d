package io.atalaya.simulator.series;

import java.util.List;

/**
 * A series of values with labelled windows of unusual events.
 *
 * @param name without an extension
 * @param times epoch milliseconds, UTC, rising
 * @param values one per time
 * @param windows disjoint, in time order
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
     * A window around one anomaly, or around several close ones.
     *
     * @param from time of the first value inside
     * @param to time of the last value inside
     */
    public record Window(long from, long to) {}

    public int size() {
        return values.length;
    }
}
