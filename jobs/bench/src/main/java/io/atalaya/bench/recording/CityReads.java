package io.atalaya.bench.recording;

import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.PassagesKept;
import io.atalaya.simulator.Roadside;
import io.atalaya.simulator.SampleCity;

/**
 * The sample city as a recording or a live feed. Reads have attributes and no images; a few
 * vehicles are wanted, cloned or in a convoy, so that there are alerts. Its arches are as busy as
 * real ones, because the number of simultaneous vehicles determines the cost of pairing plates with
 * tags.
 */
public final class CityReads {
    /**
     * A scenario has about ten passages, so about one read in 3,000 is of a listed vehicle, as on a
     * busy day; in a real city it is one in ten thousand to a million.
     */
    private static final double STORIES_PER_MINUTE = 1;

    private static final int MINUTE_S = 60;

    /** A busy arch of three lanes. */
    private static final double READS_PER_SECOND_AND_ARCH = 1;

    private static final int RECORDED_ARCHES = 500;

    private static final int FEWEST_ARCHES = 100;

    /** The generator's limit. */
    private static final int MOST_ARCHES = 2_000;

    private CityReads() {}

    /**
     * A city with as many minutes as the reads take.
     *
     * @param reads approximate number of plate reads
     * @param start start of the traffic, epoch ms
     */
    public static City recorded(long seed, long start, int reads) {
        double readsPerMinute = RECORDED_ARCHES * READS_PER_SECOND_AND_ARCH * MINUTE_S;
        int minutes = (int) Math.ceil(reads / readsPerMinute);
        return city(seed, start, minutes, (double) reads / minutes / MINUTE_S);
    }

    /**
     * @param readsPerSecond up to 20,000
     */
    public static City steady(long seed, long start, int minutes, double readsPerSecond) {
        return city(seed, start, minutes, readsPerSecond);
    }

    private static City city(long seed, long start, int minutes, double readsPerSecond) {
        int arches = (int) Math.ceil(readsPerSecond / READS_PER_SECOND_AND_ARCH);
        return SampleCity.generate(
                new CityOptions(
                        seed,
                        start,
                        minutes,
                        readsPerSecond,
                        0,
                        Math.max(FEWEST_ARCHES, Math.min(MOST_ARCHES, arches)),
                        STORIES_PER_MINUTE,
                        PassagesKept.NONE,
                        Roadside.demonstration()));
    }
}
