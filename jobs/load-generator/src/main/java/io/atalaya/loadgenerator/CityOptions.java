package io.atalaya.loadgenerator;

import java.util.ArrayList;
import java.util.List;

/**
 * What the city is made from. The same options make the same city, to the byte.
 *
 * @param seed any number
 * @param start of the traffic, epoch ms; devices and the list come before it
 * @param minutes of traffic, 1..10,080
 * @param readsPerSecond mean over all arches, 0.1..20,000
 * @param hotlistSize entries that no car in the city carries, 0..10,000,000
 * @param arches 50..2,000
 * @param storiesPerMinute wanted, cloned, convoy and mistaken vehicles that enter the city, 0..120
 * @param keepPassages whether the truth names every passage: turn it off for long heavy runs, where
 *     it would not fit into memory
 */
public record CityOptions(
        long seed,
        long start,
        int minutes,
        double readsPerSecond,
        int hotlistSize,
        int arches,
        double storiesPerMinute,
        boolean keepPassages) {

    /** 2020-01-01 and 2100-01-01: a start outside is a mistaken unit. */
    private static final long EARLIEST = 1_577_836_800_000L;

    private static final long LATEST = 4_102_444_800_000L;

    /**
     * @throws IllegalArgumentException naming every option that is out of its range
     */
    public CityOptions {
        List<String> faults = new ArrayList<>();
        check(faults, "start", start, EARLIEST, LATEST);
        check(faults, "minutes", minutes, 1, 10_080);
        check(faults, "readsPerSecond", readsPerSecond, 0.1, 20_000);
        check(faults, "hotlistSize", hotlistSize, 0, 10_000_000);
        check(faults, "arches", arches, 50, 2_000);
        check(faults, "storiesPerMinute", storiesPerMinute, 0, 120);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("city options: " + String.join("; ", faults));
        }
    }

    /** Five minutes at the mean load of Estado de México, against 20,000 entries. */
    public static CityOptions defaults(long seed, long start) {
        return new CityOptions(seed, start, 5, 50, 20_000, 100, 20, true);
    }

    public CityOptions withMinutes(int value) {
        return new CityOptions(
                seed,
                start,
                value,
                readsPerSecond,
                hotlistSize,
                arches,
                storiesPerMinute,
                keepPassages);
    }

    public CityOptions withReadsPerSecond(double value) {
        return new CityOptions(
                seed, start, minutes, value, hotlistSize, arches, storiesPerMinute, keepPassages);
    }

    public CityOptions withHotlistSize(int value) {
        return new CityOptions(
                seed,
                start,
                minutes,
                readsPerSecond,
                value,
                arches,
                storiesPerMinute,
                keepPassages);
    }

    public CityOptions withStoriesPerMinute(double value) {
        return new CityOptions(
                seed, start, minutes, readsPerSecond, hotlistSize, arches, value, keepPassages);
    }

    public CityOptions withKeepPassages(boolean value) {
        return new CityOptions(
                seed, start, minutes, readsPerSecond, hotlistSize, arches, storiesPerMinute, value);
    }

    /** The end of the traffic, epoch ms. */
    public long end() {
        return start + minutes * 60_000L;
    }

    private static void check(
            List<String> faults, String name, Number value, Number from, Number to) {
        double v = value.doubleValue();
        if (!(v >= from.doubleValue() && v <= to.doubleValue())) {
            faults.add(name + ": got " + value + ", expected " + from + " to " + to);
        }
    }
}
