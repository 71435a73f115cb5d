package io.atalaya.bench.recording;

import io.atalaya.loadgenerator.City;
import io.atalaya.loadgenerator.CityOptions;
import io.atalaya.loadgenerator.PassagesKept;
import io.atalaya.loadgenerator.Roadside;
import io.atalaya.loadgenerator.SampleCity;

/**
 * The sample city as a recording: one busy minute, or a live feed. Reads have attributes and no
 * images; a few of its cars are wanted, cloned or in convoy, so that there are alerts.
 */
public final class CityReads {
    private static final double STORIES_PER_MINUTE = 20;
    private static final int MINUTE_S = 60;

    /** A large network's; with more the making takes longer than the measuring. */
    private static final int ARCHES = 500;

    private static final int FEW_ARCHES = 100;
    private static final int BUSY_READS_PER_SECOND = 1_000;

    private CityReads() {}

    /**
     * @param reads about so many plate reads
     * @param start of the traffic, epoch ms
     */
    public static City recorded(long seed, long start, int reads) {
        return city(seed, start, 1, (double) reads / MINUTE_S);
    }

    /**
     * @param readsPerSecond 1 to 20,000
     */
    public static City steady(long seed, long start, int minutes, double readsPerSecond) {
        return city(seed, start, minutes, readsPerSecond);
    }

    private static City city(long seed, long start, int minutes, double readsPerSecond) {
        return SampleCity.generate(
                new CityOptions(
                        seed,
                        start,
                        minutes,
                        readsPerSecond,
                        0,
                        readsPerSecond < BUSY_READS_PER_SECOND ? FEW_ARCHES : ARCHES,
                        STORIES_PER_MINUTE,
                        PassagesKept.NONE,
                        Roadside.demonstration()));
    }
}
