package io.atalaya.simulator.series;

/** Kinds of measurement, with their typical sampling. */
public enum SeriesKind {
    /** Share of the time that a loop in the road is covered, every 5 minutes. */
    OCCUPANCY(5, 8, 25),
    /** Speed of the vehicles at a sensor, every 5 minutes. */
    SPEED(5, 5, 25),
    /** Travel time between two points of a road, for each arriving vehicle. */
    TRAVEL_TIME(10, 15, 50),
    /** Requested rides in a city, every half hour. */
    DEMAND(30, 60, 215),
    /** Temperature of a machine or a room, every 5 minutes to every hour. */
    TEMPERATURE(30, 30, 300),
    /** Load of a server, every 5 minutes. */
    LOAD(5, 10, 20),
    /** Price of a click, every hour. */
    CLICKS(60, 50, 100),
    /** Objects that a camera counts, every 5 minutes. */
    COUNTS(5, 10, 40);

    private final int minutes;
    private final int minDays;
    private final int maxDays;

    SeriesKind(int minutes, int minDays, int maxDays) {
        this.minutes = minutes;
        this.minDays = minDays;
        this.maxDays = maxDays;
    }

    /** Direction of change while a road slowly fills: a speed falls, all other values rise. */
    int swells() {
        return this == SPEED ? -1 : 1;
    }

    int minutes() {
        return minutes;
    }

    int minDays() {
        return minDays;
    }

    int maxDays() {
        return maxDays;
    }
}
