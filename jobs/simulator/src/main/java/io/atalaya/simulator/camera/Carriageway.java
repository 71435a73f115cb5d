package io.atalaya.simulator.camera;

import io.atalaya.simulator.random.SeededRandom;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One direction of a road: vehicles enter, follow each other, wait at a signal, pass a stationary
 * one, and leave.
 */
final class Carriageway {
    private static final double FREE = 1_000;
    private static final double ENTRY_GAP = 14;
    private static final long GREEN_MILLIS = 45_000;
    private static final long RED_MILLIS = 32_000;
    private static final double LOOK_AHEAD = 45;
    private static final double SPREAD = 0.12;
    private static final double JAM_FLOW = 1_300;

    private final Site site;
    private final Line line;
    private final int lanes;
    private final double typical;
    private final double signalAt;
    private final double perHour;
    private final SeededRandom random;
    private final List<Vehicle> vehicles = new ArrayList<>();
    private final double[] nextEntry;
    private final long signalPhase;

    private double jamFrom = FREE;
    private double jamSpeed;
    private long jamUntil = -1;

    /**
     * @param line the road's middle in this direction; lanes are to its right
     * @param signalAt position of the signal; NaN for none
     */
    Carriageway(
            Site site,
            Line line,
            double signalAt,
            double perHour,
            long start,
            SeededRandom random) {
        this.line = line;
        this.site = site;
        this.lanes = site.lanes();
        this.typical = site.typicalSpeed();
        this.signalAt = signalAt;
        this.perHour = perHour;
        this.random = random;
        this.nextEntry = new double[lanes];
        this.signalPhase = (long) random.between(0, GREEN_MILLIS + RED_MILLIS);
        for (int lane = 0; lane < lanes; lane++) {
            nextEntry[lane] = start + random.exponential(meanGap(start));
        }
    }

    private double meanGap(long time) {
        double flow = perHour * DailyProfile.ofVehicles(time) / lanes;
        if (time < jamUntil) {
            flow = Math.max(flow, JAM_FLOW / lanes);
        }
        return 3_600_000 / Math.max(5, flow);
    }

    /** Advances the traffic; a step is half a second at most. */
    void go(long time, double seconds, List<Vehicle> left) {
        for (Vehicle each : vehicles) {
            follow(each, time, seconds);
        }
        for (Iterator<Vehicle> all = vehicles.iterator(); all.hasNext(); ) {
            Vehicle each = all.next();
            if (each.along > line.length()) {
                left.add(each);
                all.remove();
            } else {
                each.object.place(
                        line.xAt(each.along, each.beside),
                        line.zAt(each.along, each.beside),
                        line.ux(),
                        line.uz());
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            if (time >= nextEntry[lane]) {
                enter(lane, time);
            }
        }
    }

    private void enter(int lane, long time) {
        Vehicle before = ahead(-5, lane, null);
        if (before != null && before.along < ENTRY_GAP + before.length()) {
            nextEntry[lane] = time + 1_000;
            return;
        }
        double kind = random.between(0, 1);
        ObjectType type =
                kind < 0.86
                        ? ObjectType.CAR
                        : kind < 0.93
                                ? ObjectType.TRUCK
                                : kind < 0.96 ? ObjectType.BUS : ObjectType.MOTORCYCLE;
        double pace =
                StrictMath.exp(SPREAD * random.gaussian()) * (type == ObjectType.TRUCK ? 0.9 : 1);
        Vehicle vehicle = new Vehicle(type, typical * pace, lane, site.besideOf(lane));
        if (before != null) {
            vehicle.speed = Math.min(vehicle.speed, before.speed + 3);
        }
        vehicles.add(vehicle);
        nextEntry[lane] = time + random.exponential(meanGap(time));
    }

    private void follow(Vehicle vehicle, long time, double seconds) {
        if (vehicle.haltedUntil >= 0) {
            vehicle.speed = 0;
            if (time >= vehicle.haltedUntil) {
                vehicle.haltedUntil = -1;
                vehicle.haltAt = Double.NaN;
            }
            return;
        }
        Vehicle leader = ahead(vehicle.along, vehicle.lane, vehicle);
        double gap = leader == null ? FREE : leader.along - leader.length() - vehicle.along;
        double speed = leader == null ? vehicle.speed : leader.speed;
        if (leader != null && gap < LOOK_AHEAD && leader.isHalting() && !vehicle.isHalting()) {
            changeLane(vehicle);
        }
        if (vehicle.isHalting()) {
            double left = vehicle.haltAt - vehicle.along;
            if (left < 1.5 && vehicle.speed < 0.4 || left < -1) {
                vehicle.speed = 0;
                vehicle.haltedUntil = time + vehicle.haltMillis;
                return;
            }
            if (left + 2 < gap) {
                gap = left + 2;
                speed = 0;
            }
        }
        double toSignal = signalAt - vehicle.along;
        if (toSignal > 0 && toSignal < gap && isRed(time) && canBrake(vehicle, toSignal)) {
            gap = toSignal;
            speed = 0;
        }
        boolean jammed = time < jamUntil && vehicle.along > jamFrom;
        vehicle.drive(seconds, jammed ? jamSpeed : FREE, gap, speed);
        vehicle.moveOver(seconds, site.besideOf(vehicle.lane));
    }

    private boolean isRed(long time) {
        return (time + signalPhase) % (GREEN_MILLIS + RED_MILLIS) >= GREEN_MILLIS;
    }

    private static boolean canBrake(Vehicle vehicle, double metres) {
        return vehicle.speed * vehicle.speed / 6 < metres;
    }

    private void changeLane(Vehicle vehicle) {
        for (int lane : new int[] {vehicle.lane - 1, vehicle.lane + 1}) {
            if (lane >= 0 && lane < lanes && isFree(lane, vehicle)) {
                vehicle.lane = lane;
                return;
            }
        }
    }

    private boolean isFree(int lane, Vehicle vehicle) {
        for (Vehicle other : vehicles) {
            double ahead = other.along - vehicle.along;
            if (other.lane == lane
                    && ahead > -(6 + 1.2 * Math.max(0, other.speed - vehicle.speed) + 4)
                    && ahead < (other.isHalting() ? LOOK_AHEAD : 8 + other.length())) {
                return false;
            }
        }
        return true;
    }

    /** The next vehicle in the lane; vehicles that change lanes are in both. */
    private Vehicle ahead(double along, int lane, Vehicle self) {
        Vehicle next = null;
        for (Vehicle other : vehicles) {
            boolean there =
                    other.lane == lane
                            || Math.abs(other.beside - site.besideOf(lane)) < Site.LANE_METRES / 2;
            if (other != self
                    && there
                    && other.along > along
                    && (next == null || other.along < next.along)) {
                next = other;
            }
        }
        return next;
    }

    /**
     * Stops a vehicle at a place.
     *
     * @param lane lane, or -1 for any
     * @return the vehicle, or null while there is no suitable one
     */
    Vehicle halt(double at, int lane, long millis) {
        Vehicle best = null;
        for (Vehicle each : vehicles) {
            double braking = each.speed * each.speed / 3 + 8;
            boolean can =
                    !each.isHalting()
                            && (lane < 0 || each.lane == lane)
                            && each.object.type() != ObjectType.MOTORCYCLE
                            && each.along < at - braking;
            if (can && (best == null || each.along > best.along)) {
                best = each;
            }
        }
        if (best != null) {
            best.haltAt = at;
            best.haltMillis = millis;
        }
        return best;
    }

    /** Makes the next vehicle enter at once if the road is empty. */
    void call() {
        if (vehicles.isEmpty()) {
            nextEntry[0] = 0;
        }
    }

    /** Limits the speed from that place on. */
    void jam(double from, double speed, long until) {
        jamFrom = from;
        jamSpeed = speed;
        jamUntil = until;
    }

    /** Lets no vehicle enter until the given time. */
    void close(long until) {
        for (int lane = 0; lane < lanes; lane++) {
            nextEntry[lane] = Math.max(nextEntry[lane], until);
        }
    }

    List<Vehicle> vehicles() {
        return vehicles;
    }

    Line line() {
        return line;
    }

    double typical() {
        return typical;
    }

    int lanes() {
        return lanes;
    }
}
