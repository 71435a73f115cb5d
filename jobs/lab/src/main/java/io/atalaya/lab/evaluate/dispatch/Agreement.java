package io.atalaya.lab.evaluate.dispatch;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How well incidents agree with what really happened.
 *
 * @param precision of what was put together, the share that belongs together
 * @param recall of what belongs together, the share that was put together
 */
record Agreement(double precision, double recall) {

    /**
     * An event.
     *
     * @param truth the true incident that it belongs to
     * @param found the incident that it was put into
     */
    record Grouped(String truth, String found) {}

    /** The harmonic mean of both. */
    @JsonProperty
    double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /** Over all pairs of events. Without any pair it is complete. */
    static Agreement ofPairs(List<Grouped> events) {
        long both = pairs(sizes(events, Function.identity()).values());
        long found = pairs(sizes(events, Grouped::found).values());
        long truth = pairs(sizes(events, Grouped::truth).values());
        return new Agreement(share(both, found), share(both, truth));
    }

    /**
     * B-cubed (Bagga and Baldwin 1998): the mean over events, of which each counts the same,
     * whereas an incident of many events has most of the pairs.
     */
    static Agreement bCubed(List<Grouped> events) {
        Map<Grouped, Integer> both = sizes(events, Function.identity());
        Map<String, Integer> found = sizes(events, Grouped::found);
        Map<String, Integer> truth = sizes(events, Grouped::truth);
        double precision = 0;
        double recall = 0;
        for (Grouped event : events) {
            precision += (double) both.get(event) / found.get(event.found);
            recall += (double) both.get(event) / truth.get(event.truth);
        }
        return events.isEmpty()
                ? new Agreement(1, 1)
                : new Agreement(precision / events.size(), recall / events.size());
    }

    private static <K> Map<K, Integer> sizes(List<Grouped> events, Function<Grouped, K> group) {
        Map<K, Integer> sizes = new HashMap<>();
        events.forEach(event -> sizes.merge(group.apply(event), 1, Integer::sum));
        return sizes;
    }

    private static long pairs(Collection<Integer> sizes) {
        return sizes.stream().mapToLong(size -> (long) size * (size - 1) / 2).sum();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }
}
