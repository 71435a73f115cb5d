package io.atalaya.simulator.camera;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.camera.CameraScript.Planned;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.GroundTruth.CameraAnomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One camera and its scene, frame by frame. */
final class SimulatedStreet {
    /** Time before the first frame in which the street fills. */
    private static final long FILLS_MILLIS = 120_000;

    private static final double LATE = 0.008;
    private static final double DROPS_EVERY_MILLIS = 15 * 60_000;

    /** An episode that needs a vehicle or a place waits this long for it and is then dropped. */
    private static final long PATIENCE = 60_000;

    private final Device device;
    private final long frameMillis;
    private final long end;
    private final SeededRandom chance;
    private final Street street;
    private final Walkers walkers;
    private final List<StrayCar> strays = new ArrayList<>();
    private final SimulatedTracker tracker;
    private final Site site;
    private final Yard yard;
    private final SeededRandom rare;
    private final List<Planned> plan;
    private final List<Happening> happenings = new ArrayList<>();
    private final List<CameraAnomaly> unusualSpeeds = new ArrayList<>();
    private Lens lens;
    private long time;
    private long number;
    private int planned;
    private double nextDrop;
    private long dropUntil;
    private long silentUntil;
    private long frozenUntil;
    private Happening silence;
    private Happening frozen;
    private List<DetectedObject> lastObjects = List.of();
    private long lastSent;

    /**
     * @param yard zone without access, or null
     * @param chance random source of the permanent scene
     * @param rare random source of rare episodes
     */
    SimulatedStreet(
            Device device,
            Site site,
            Yard yard,
            List<Planned> plan,
            long start,
            long end,
            SeededRandom chance,
            SeededRandom rare) {
        this.device = device;
        this.site = site;
        this.yard = yard;
        this.rare = rare;
        this.frameMillis = Math.round(1000 / device.fps());
        this.plan = plan;
        this.end = end;
        this.lens = site.lens();
        this.chance = chance;
        long before = start - FILLS_MILLIS;
        this.street =
                site.hasRoad()
                        ? new Street(
                                site, device.deviceId(), before, chance.split(), unusualSpeeds::add)
                        : null;
        this.walkers = new Walkers(site, before, chance.split());
        this.tracker = new SimulatedTracker(chance.split());
        for (long t = before; t < start; t += frameMillis) {
            act(t, t + frameMillis);
        }
        this.time = start;
        this.nextDrop = start + chance.exponential(DROPS_EVERY_MILLIS);
    }

    Device device() {
        return device;
    }

    /** Time of the next frame; there is none after the end. */
    long nextTime() {
        return time < end ? time : Long.MAX_VALUE;
    }

    /** Films the next frame and sends it unless the camera is silent. */
    void film(Consumer<TopicRecord> out) {
        begin();
        act(time - frameMillis, time);
        List<DetectedObject> objects = look();
        number++;
        if (isSent()) {
            CameraFrame frame = new CameraFrame(device.deviceId(), time, number, objects);
            double delay = chance.happens(LATE) ? chance.between(1_000, 2_000) : 0;
            long arrival = time + (long) (delay + chance.between(60, 250));
            lastSent = Math.max(lastSent, arrival);
            out.accept(
                    new TopicRecord(
                            Topics.CAMERA_FRAMES,
                            arrival,
                            device.deviceId(),
                            CameraFrameCodec.write(frame)));
        }
        time += frameMillis;
    }

    private void act(long from, long to) {
        if (street != null) {
            street.go(from, to);
        }
        walkers.go(from, to);
        strays.forEach(stray -> stray.go((to - from) / 1000.0));
        strays.removeIf(StrayCar::isGone);
    }

    private List<DetectedObject> look() {
        if (time < frozenUntil) {
            frozen.seen(time);
            return lastObjects;
        }
        List<Figure> figures = new ArrayList<>(walkers.figures());
        if (street != null) {
            figures.addAll(street.figures());
            street.emitBreakdowns();
        }
        strays.forEach(stray -> figures.add(stray.figure()));
        lastObjects = tracker.look(figures, lens, time);
        if (street != null) {
            street.filmed(time, frameMillis / 1000.0);
            street.forgetJam(time);
        }
        return lastObjects;
    }

    private boolean isSent() {
        if (time < silentUntil) {
            silence.seen(silence.isNothing() ? lastSent : time);
            return false;
        }
        if (time >= nextDrop) {
            dropUntil = time + (long) chance.between(4_000, 9_000);
            nextDrop = dropUntil + chance.exponential(DROPS_EVERY_MILLIS);
        }
        return time >= dropUntil;
    }

    /** Starts an episode that is due, as soon as the street permits. */
    private void begin() {
        if (planned == plan.size() || time < plan.get(planned).at()) {
            return;
        }
        Planned next = plan.get(planned);
        Happening happening = new Happening(next.incident(), device.deviceId());
        if (begins(next, happening)) {
            happenings.add(happening);
            planned++;
        } else if (time > next.at() + PATIENCE) {
            planned++;
        }
    }

    private boolean begins(Planned next, Happening happening) {
        long until = time + next.millis();
        switch (next.incident()) {
            case STOPPED_VEHICLE -> {
                boolean late = end - time < CameraEpisode.STOPPED_VEHICLE.leadMillis();
                return street.stop(happening, next.millis(), lens, late);
            }
            case WRONG_WAY -> street.driveAgainst(happening);
            case CONGESTION -> street.jam(happening, until);
            case CROWD -> {
                return walkers.crowd(happening, time, next.millis());
            }
            case LOITERING -> {
                return walkers.loiter(happening, time, next.millis());
            }
            case ABANDONED_OBJECT -> {
                return walkers.leaveBag(happening, time, next.millis());
            }
            case CAMERA_SILENT -> {
                silentUntil = until;
                silence = happening;
            }
            case CAMERA_FROZEN -> {
                if (lastObjects.isEmpty()) {
                    return false;
                }
                frozenUntil = until;
                frozen = happening;
            }
            case CAMERA_MOVED -> {
                double aside = (chance.below(2) == 0 ? 1 : -1) * chance.between(0.15, 0.3);
                double down = (chance.below(2) == 0 ? 1 : -1) * chance.between(0.05, 0.12);
                lens = lens.turned(aside, down);
                happening.seen(time);
                happening.seen(end);
            }
            case ZONE_INTRUSION, LINE_CROSSING ->
                    walkers.trespass(happening, yard, next.millis(), rare);
            case EMPTIED_STREET -> street.close(happening, until);
            case U_TURN -> {
                return strays(happening, StrayCar.turningRound(site, lens, rare));
            }
            case ERRATIC_DRIVING -> {
                return strays(happening, StrayCar.weaving(site, rare));
            }
            case OFF_ROAD -> {
                return strays(happening, StrayCar.offRoad(site, lens, rare));
            }
        }
        return true;
    }

    private boolean strays(Happening happening, StrayCar car) {
        if (car == null) {
            return false;
        }
        car.figure().isWhatHappens(happening);
        strays.add(car);
        return true;
    }

    /** The anomalies so far, for the ground truth. */
    List<CameraAnomaly> anomalies() {
        return happenings.stream()
                .filter(happening -> !happening.isNothing())
                .map(Happening::anomaly)
                .toList();
    }

    List<CameraAnomaly> unusualSpeeds() {
        return unusualSpeeds;
    }
}
