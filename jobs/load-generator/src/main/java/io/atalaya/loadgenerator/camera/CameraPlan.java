package io.atalaya.loadgenerator.camera;

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
 */
public record CameraPlan(
        int cameras, int pastMinutes, int quietMinutes, int minutes, double incidentsPerHour) {
    /** No cameras. */
    public static final CameraPlan NONE = new CameraPlan(0, 0, 0, 1, 0);

    /** What is wrong, naming each value that is out of its range; empty if nothing is. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        check(faults, "cameras", cameras, 0, 1_000);
        check(faults, "pastMinutes", pastMinutes, 0, 1_440);
        check(faults, "quietMinutes", quietMinutes, 0, 1_440);
        check(faults, "minutes", minutes, 1, 10_080);
        check(faults, "incidentsPerHour", incidentsPerHour, 0, 60);
        return faults;
    }

    private static void check(List<String> faults, String name, Number value, int from, int to) {
        if (!(value.doubleValue() >= from && value.doubleValue() <= to)) {
            faults.add("cameras." + name + ": got " + value + ", expected " + from + " to " + to);
        }
    }
}
