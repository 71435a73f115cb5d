package io.atalaya.simulator;

import java.util.List;

/**
 * A passage that a story asks for.
 *
 * @param shown the plate on the car
 * @param listings that the passage is about; empty for an innocent car
 */
record Stop(
        long time,
        Roads.Stretch stretch,
        Car car,
        String shown,
        List<Listing> listings,
        Twist twist)
        implements Comparable<Stop> {

    /** What happens at the camera. */
    enum Twist {
        NONE,
        /** A bent or dirty plate. */
        MISREAD,
        /** Misread at first, then corrected by a read that supersedes it. */
        REVISED,
        /** An innocent car, read as the listed plate, then corrected. */
        MISTAKEN,
        /** As MISTAKEN, but the camera only takes the read back. */
        WITHDRAWN,
        /** The tag is read for certain: it alone tells who drives there. */
        TAGGED,
        /** Another car under the listed plate: an alert is right, but none is asked for. */
        IMPOSTOR
    }

    @Override
    public int compareTo(Stop other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : car.id().compareTo(other.car.id());
    }
}
