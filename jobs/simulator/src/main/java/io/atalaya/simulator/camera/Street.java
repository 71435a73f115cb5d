package io.atalaya.simulator.camera;

import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** A road with two directions, its parked vehicles, and its episodes. */
final class Street {
    private static final double STEP_SECONDS = 0.25;

    /** Mean interval of short halts that need no alert, for example to let a passenger out. */
    private static final double HALT_EVERY_MILLIS = 5 * 60_000;

    private static final long MIN_HALT_MS = 8_000;
    private static final long MAX_HALT_MS = 26_000;

    private static final double FAST = 1.25;
    private static final double SLOW = 0.6;
    private static final int SLOW_CARS_OF_A_JAM = 5;
    private static final double SLOW_IN_A_JAM = 0.4;

    private final Site site;
    private final String deviceId;
    private final SeededRandom random;
    private final Consumer<CameraEpisode> unusualSpeeds;
    private final List<Carriageway> carriageways = new ArrayList<>();
    private final List<SceneObject> parked = new ArrayList<>();
    private final List<Ghost> wrongWay = new ArrayList<>();
    private final List<Breakdown> breakdowns = new ArrayList<>();
    private final List<Vehicle> left = new ArrayList<>();
    private double nextHalt;
    private OngoingEpisode jam;
    private Carriageway jammed;
    private long jamUntil;
    private OngoingEpisode emptiness;
    private long emptyUntil;

    private record Breakdown(Vehicle vehicle, OngoingEpisode episode) {}

    /** A wrong-way vehicle on the inner lane. */
    private static final class Ghost {
        private final SceneObject object;
        private final Line line;
        private final double speed;
        private double along;

        Ghost(SceneObject object, Line line, double speed) {
            this.object = object;
            this.line = line;
            this.speed = speed;
            this.along = line.length();
        }
    }

    /**
     * @param unusualSpeeds receives each vehicle with a speed far from typical
     */
    Street(
            Site site,
            String deviceId,
            long start,
            SeededRandom random,
            Consumer<CameraEpisode> unusualSpeeds) {
        this.site = site;
        this.deviceId = deviceId;
        this.random = random;
        this.unusualSpeeds = unusualSpeeds;
        Line there = site.road();
        for (Line line : List.of(there, there.reversed())) {
            carriageways.add(
                    new Carriageway(
                            site,
                            line,
                            line == there ? site.signalAt() : Double.NaN,
                            site.vehiclesPerHour() * random.between(0.8, 1.2),
                            start,
                            random.split()));
        }
        double kerb = site.besideOf(site.lanes()) - 0.6;
        for (double along : site.parked()) {
            SceneObject vehicle = new SceneObject(ObjectType.CAR);
            vehicle.place(there.xAt(along, kerb), there.zAt(along, kerb), there.ux(), there.uz());
            parked.add(vehicle);
        }
        this.nextHalt = start + random.exponential(HALT_EVERY_MILLIS);
    }

    void go(long from, long to) {
        int steps = (int) Math.max(1, Math.ceil((to - from) / (1000 * STEP_SECONDS)));
        double seconds = (to - from) / 1000.0 / steps;
        for (int i = 1; i <= steps; i++) {
            long time = from + (to - from) * i / steps;
            for (Carriageway carriageway : carriageways) {
                carriageway.go(time, seconds, left);
            }
        }
        for (Iterator<Ghost> all = wrongWay.iterator(); all.hasNext(); ) {
            Ghost ghost = all.next();
            ghost.along -= ghost.speed * (to - from) / 1000.0;
            if (ghost.along < 0) {
                all.remove();
            } else {
                double beside = site.besideOf(0);
                ghost.object.place(
                        ghost.line.xAt(ghost.along, beside),
                        ghost.line.zAt(ghost.along, beside),
                        -ghost.line.ux(),
                        -ghost.line.uz());
            }
        }
        if (to >= nextHalt) {
            haltShortly();
            nextHalt = to + random.exponential(HALT_EVERY_MILLIS);
        }
        left.forEach(this::checkSpeed);
        left.clear();
    }

    private void haltShortly() {
        Carriageway carriageway = random.oneOf(carriageways);
        int kerbside = carriageway.lanes() - 1;
        double at = random.between(0.3, 0.8) * carriageway.line().length();
        carriageway.halt(at, kerbside, (long) random.between(MIN_HALT_MS, MAX_HALT_MS));
    }

    private void checkSpeed(Vehicle vehicle) {
        SceneObject object = vehicle.object;
        if (object.firstSeen() < 0) {
            return;
        }
        double mean = vehicle.seenSeconds == 0 ? 1 : vehicle.seenMetres / vehicle.seenSeconds;
        double ratio = mean / site.typicalSpeed();
        if (ratio >= FAST || ratio <= SLOW || vehicle.desired >= FAST * site.typicalSpeed()) {
            unusualSpeeds.accept(
                    new CameraEpisode(
                            null,
                            deviceId,
                            object.firstSeen(),
                            object.lastSeen(),
                            List.copyOf(object.trackIds())));
        }
    }

    /** Evaluates the last frame: speeds, jams, and empty streets. */
    void filmed(long time, double seconds) {
        if (emptiness != null
                && carriageways.stream()
                        .allMatch(carriageway -> carriageway.vehicles().isEmpty())) {
            emptiness.extendTo(time);
        } else if (time > emptyUntil) {
            emptiness = null;
        }
        for (Carriageway carriageway : carriageways) {
            int slow = 0;
            for (Vehicle vehicle : carriageway.vehicles()) {
                if (vehicle.object.lastSeen() == time) {
                    vehicle.seenMetres += vehicle.speed * seconds;
                    vehicle.seenSeconds += seconds;
                    slow += vehicle.speed < SLOW_IN_A_JAM * carriageway.typical() ? 1 : 0;
                }
            }
            if (jam != null && carriageway == jammed && slow >= SLOW_CARS_OF_A_JAM) {
                jam.extendTo(time);
            }
        }
    }

    List<SceneObject> objects() {
        List<SceneObject> objects = new ArrayList<>(parked);
        for (Carriageway carriageway : carriageways) {
            carriageway.vehicles().forEach(vehicle -> objects.add(vehicle.object));
        }
        wrongWay.forEach(ghost -> objects.add(ghost.object));
        return objects;
    }

    /**
     * Stops a vehicle on the road.
     *
     * @param late whether there is no time to wait for one, as at night
     * @return false while there is no suitable vehicle
     */
    boolean passage(OngoingEpisode episode, long millis, Lens lens, boolean late) {
        Carriageway carriageway = random.oneOf(carriageways);
        double at =
                carriageway.line().visible(lens, site.besideOf(carriageway.lanes() - 1), random);
        Vehicle vehicle = Double.isNaN(at) ? null : carriageway.halt(at, -1, millis);
        if (vehicle == null) {
            if (late) {
                carriageway.call();
            }
            return false;
        }
        breakdowns.add(new Breakdown(vehicle, episode));
        return true;
    }

    /** Makes each breakdown last while its vehicle is stationary. */
    void emitBreakdowns() {
        for (Iterator<Breakdown> all = breakdowns.iterator(); all.hasNext(); ) {
            Breakdown each = all.next();
            if (each.vehicle().haltedUntil >= 0) {
                if (each.vehicle().object.episode() == null) {
                    each.vehicle().object.defines(each.episode());
                }
            } else if (each.vehicle().object.episode() != null) {
                each.vehicle().object.takePart(null);
                all.remove();
            }
        }
    }

    void driveAgainst(OngoingEpisode episode) {
        Carriageway carriageway = random.oneOf(carriageways);
        SceneObject object = new SceneObject(ObjectType.CAR);
        object.defines(episode);
        wrongWay.add(
                new Ghost(
                        object,
                        carriageway.line(),
                        site.typicalSpeed() * random.between(0.65, 0.95)));
    }

    void jam(OngoingEpisode episode, long until) {
        Carriageway carriageway = carriageways.get(random.below(carriageways.size()));
        jam = episode;
        jammed = carriageway;
        jamUntil = until;
        carriageway.jam(0.25 * carriageway.line().length(), random.between(1.2, 2.2), until);
    }

    /** Stops all entries, as if the road were closed outside the frame. */
    void close(OngoingEpisode episode, long until) {
        emptiness = episode;
        emptyUntil = until;
        carriageways.forEach(carriageway -> carriageway.close(until));
    }

    /** Ends a jam 60 s after its cause, when it has cleared. */
    void clearJam(long time) {
        if (jam != null && time > jamUntil + 60_000) {
            jam = null;
        }
    }
}
