package io.atalaya.simulator;

import java.util.List;

/**
 * A passage in a scenario.
 *
 * @param shown plate on the vehicle
 * @param listings listings that the passage is about; empty for an innocent vehicle
 */
record ScenarioPassage(
        long passedAt,
        Roads.Stretch stretch,
        RegisteredVehicle vehicle,
        String shown,
        List<Listing> listings,
        Twist twist)
        implements Comparable<ScenarioPassage> {

    /** Special event at the passage. */
    enum Twist {
        NONE,
        /** A bent or dirty plate. */
        MISREAD,
        /** Misread at first, then corrected by a read that supersedes it. */
        REVISED,
        /** An innocent vehicle, misread as the listed plate, then corrected. */
        MISTAKEN,
        /** Like MISTAKEN, but the camera only withdraws the read. */
        WITHDRAWN,
        /** The tag is always read, because only it identifies the vehicle. */
        TAGGED,
        /** Another vehicle under the listed plate: an alert is right but not required. */
        IMPOSTOR
    }

    @Override
    public int compareTo(ScenarioPassage other) {
        int byTime = Long.compare(passedAt, other.passedAt);
        return byTime != 0 ? byTime : vehicle.id().compareTo(other.vehicle.id());
    }
}
