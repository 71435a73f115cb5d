package io.atalaya.simulator.camera;

import java.util.ArrayList;
import java.util.List;

/**
 * What the city's cameras film.
 *
 * @param cameras 0..1,000
 * @param pastMinutes filmed before the traffic starts, 0..1,440: a camera must know its scene
 *     before it can tell what is unusual
 * @param quietMinutes from the first frame on in which nothing happens, 0..1,440
 * @param minutes filmed from the traffic's start on, 1..10,080
 * @param incidentsPerHour before each camera, 0..60
 * @param rare what comes between them
 */
public record CameraPlan(
        int cameras,
        int pastMinutes,
        int quietMinutes,
        int minutes,
        double incidentsPerHour,
        Rare rare) {
    /** No cameras. */
    public static final CameraPlan NONE = new CameraPlan(0, 0, 0, 1, 0);

    /**
     * What comes into the calm between the incidents, and changes nothing of them.
     *
     * @param unusualPerDay before each camera, 0..240: what only a model of the usual can tell
     * @param intrusionsPerHour before each camera in whose picture a zone is drawn, 0..60; with 0
     *     none is drawn
     */
    public record Rare(double unusualPerDay, double intrusionsPerHour) {
        /** Nothing but the incidents. */
        public static final Rare NONE = new Rare(0, 0);
    }

    /** Incidents, and nothing rare. */
    public CameraPlan(
            int cameras, int pastMinutes, int quietMinutes, int minutes, double incidentsPerHour) {
        this(cameras, pastMinutes, quietMinutes, minutes, incidentsPerHour, Rare.NONE);
    }

    /** The same, and rare things. */
    public CameraPlan with(Rare things) {
        return new CameraPlan(
                cameras, pastMinutes, quietMinutes, minutes, incidentsPerHour, things);
    }

    /** What is wrong, naming each value that is out of its range; empty if nothing is. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        check(faults, "cameras", cameras, 0, 1_000);
        check(faults, "pastMinutes", pastMinutes, 0, 1_440);
        check(faults, "quietMinutes", quietMinutes, 0, 1_440);
        check(faults, "minutes", minutes, 1, 10_080);
        check(faults, "incidentsPerHour", incidentsPerHour, 0, 60);
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
