package io.atalaya.simulator.camera;

import java.util.ArrayList;
import java.util.List;

/**
 * Plan of the city's cameras.
 *
 * @param cameras 0..1,000
 * @param pastMinutes minutes filmed before the traffic starts, 0..1,440, because a camera must
 *     learn its scene before it can detect anomalies
 * @param quietMinutes minutes without episodes from the first frame on, 0..1,440
 * @param minutes minutes filmed from the start of the traffic, 1..10,080
 * @param episodesPerHour episodes per camera and hour, 0..60
 * @param rare rare episodes between them
 */
public record CameraPlan(
        int cameras,
        int pastMinutes,
        int quietMinutes,
        int minutes,
        double episodesPerHour,
        EpisodeRates rare) {
    /** No cameras. */
    public static final CameraPlan NONE = new CameraPlan(0, 0, 0, 1, 0);

    /**
     * Rare episodes in the calm between the others, which they do not change.
     *
     * @param unusualPerDay anomalies per camera and day that only models can detect, 0..240
     * @param intrusionsPerHour intrusions per hour and camera with a zone, 0..60; with 0 there are
     *     no zones
     */
    public record EpisodeRates(double unusualPerDay, double intrusionsPerHour) {
        /** No rare episodes. */
        public static final EpisodeRates NONE = new EpisodeRates(0, 0);
    }

    /** A plan without rare episodes. */
    public CameraPlan(
            int cameras, int pastMinutes, int quietMinutes, int minutes, double episodesPerHour) {
        this(cameras, pastMinutes, quietMinutes, minutes, episodesPerHour, EpisodeRates.NONE);
    }

    /** The same with rare episodes. */
    public CameraPlan with(EpisodeRates rare) {
        return new CameraPlan(cameras, pastMinutes, quietMinutes, minutes, episodesPerHour, rare);
    }

    /** The faults, each with the value out of range; empty if there are none. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        check(faults, "cameras", cameras, 0, 1_000);
        check(faults, "pastMinutes", pastMinutes, 0, 1_440);
        check(faults, "quietMinutes", quietMinutes, 0, 1_440);
        check(faults, "minutes", minutes, 1, 10_080);
        check(faults, "episodesPerHour", episodesPerHour, 0, 60);
        check(faults, "rare.unusualPerDay", rare.unusualPerDay(), 0, 240);
        check(faults, "rare.intrusionsPerHour", rare.intrusionsPerHour(), 0, 60);
        return faults;
    }

    private static void check(List<String> faults, String name, Number value, int from, int to) {
        if (!(value.doubleValue() >= from && value.doubleValue() <= to)) {
            faults.add("cameras." + name + ": got " + value + ", expected " + from + " to " + to);
        }
    }
}
