package io.atalaya.simulator;

import io.atalaya.simulator.Roads.Stretch;
import io.atalaya.simulator.random.SeededRandom;

import java.util.List;
import java.util.PriorityQueue;

/**
 * The free vehicles: they enter at any arch, continue at random without turning back, and leave.
 * The flow on a road is proportional to its lanes. Memory grows with the vehicles on the way only.
 */
final class Traffic {
    /** Probability that a trip ends at an arch: eight arches on average. */
    private static final double LEAVES = 0.125;

    static final double SLOWEST_KMH = 40;
    static final double FASTEST_KMH = 130;

    /** Time until a vehicle number is reused, by which its last trip has ended. */
    private static final double RESTS_SECONDS = 8 * 3600;

    /**
     * A free vehicle on its way to its next arch.
     *
     * @param passesAt time of its passage there, epoch ms
     * @param order breaks ties, so that the order is total
     */
    record Drive(long passesAt, long order, long vehicleNumber, Roads.Stretch stretch)
            implements Comparable<Drive> {

        @Override
        public int compareTo(Drive other) {
            int byTime = Long.compare(passesAt, other.passesAt);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final Roads roads;
    private final SeededRandom random;
    private final double readsPerSecond;
    private final long vehicles;
    private final PriorityQueue<Drive> underWay = new PriorityQueue<>();
    private long order;
    private long nextVehicle;
    private double nextEntry;

    Traffic(Roads roads, SeededRandom random, double readsPerSecond, long start) {
        this.roads = roads;
        this.random = random;
        this.readsPerSecond = readsPerSecond;
        this.vehicles = vehiclesFor(readsPerSecond, roads);
        this.nextEntry = start + random.exponential(meanGap());
        fill(start);
    }

    /** Count of vehicle numbers, from 0, that the traffic uses. */
    static long vehiclesFor(double readsPerSecond, Roads roads) {
        return (long) Math.ceil(readsPerSecond * LEAVES * RESTS_SECONDS)
                + underWay(readsPerSecond, roads)
                + 1000;
    }

    /** Time of the next passage or entry, epoch ms. */
    long nextTime() {
        long entry = (long) nextEntry;
        return underWay.isEmpty() ? entry : Math.min(entry, underWay.peek().passesAt());
    }

    /** The next passage; its vehicle continues unless its trip ends. */
    Drive next() {
        Drive drive;
        if (underWay.isEmpty() || nextEntry <= underWay.peek().passesAt()) {
            Stretch stretch = random.weighted(roads.stretches(), Stretch::lanes);
            drive = new Drive((long) nextEntry, order++, nextVehicle++ % vehicles, stretch);
            nextEntry += random.exponential(meanGap());
        } else {
            drive = underWay.poll();
        }
        if (!random.happens(LEAVES)) {
            sendOn(drive);
        }
        return drive;
    }

    /** A speed on a stretch: log-normal around the typical one, limited to 40..130 km/h. */
    static double kmh(Stretch stretch, SeededRandom chance) {
        double kmh = stretch.kmh() * StrictMath.exp(0.13 * chance.gaussian());
        return Math.max(SLOWEST_KMH, Math.min(FASTEST_KMH, kmh));
    }

    private void sendOn(Drive drive) {
        List<Stretch> choices = roads.onward(drive.stretch());
        Stretch stretch =
                choices.size() == 1 ? choices.get(0) : random.weighted(choices, Stretch::lanes);
        // At a road's end the vehicle pauses before it comes back.
        double pause = roads.isDeadEnd(stretch.from()) ? random.between(120_000, 900_000) : 0;
        long time =
                drive.passesAt() + (long) (pause + stretch.km() / kmh(stretch, random) * 3_600_000);
        underWay.add(new Drive(time, order++, drive.vehicleNumber(), stretch));
    }

    /** Adds the vehicles that are between two arches when the recording starts. */
    private void fill(long start) {
        for (long n = underWay(readsPerSecond, roads); n > 0; n--) {
            Stretch stretch =
                    random.weighted(roads.stretches(), s -> s.lanes() * s.typicalMillis());
            long left =
                    (long) (random.between(0, 1) * stretch.km() / kmh(stretch, random) * 3_600_000);
            underWay.add(new Drive(start + left, order++, nextVehicle++, stretch));
        }
    }

    private static long underWay(double readsPerSecond, Roads roads) {
        double lanes = 0;
        double laneMillis = 0;
        for (Stretch stretch : roads.stretches()) {
            lanes += stretch.lanes();
            laneMillis += stretch.lanes() * stretch.typicalMillis();
        }
        return Math.round(readsPerSecond * (1 - LEAVES) * laneMillis / lanes / 1000);
    }

    private double meanGap() {
        return 1000 / (readsPerSecond * LEAVES);
    }
}
