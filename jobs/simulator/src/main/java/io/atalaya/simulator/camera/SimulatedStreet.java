package io.atalaya.simulator.camera;

import io.atalaya.contracts.camera.CameraFrame;
import io.atalaya.contracts.camera.CameraFrameCodec;
import io.atalaya.contracts.camera.DetectedObject;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.camera.EpisodePlan.PlannedEpisode;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

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
    private final SeededRandom random;
    private final Street street;
    private final Walkers walkers;
    private final List<StrayVehicle> strays = new ArrayList<>();
    private final SimulatedTracker tracker;
    private final Site site;
    private final Yard yard;
    private final SeededRandom rare;
    private final List<PlannedEpisode> plan;
    private final List<OngoingEpisode> happenings = new ArrayList<>();
    private final List<CameraEpisode> unusualSpeeds = new ArrayList<>();
    private Lens lens;
    private long time;
    private long number;
    private int planned;
    private double nextDrop;
    private long dropUntil;
    private long silentUntil;
    private long frozenUntil;
    private OngoingEpisode silence;
    private OngoingEpisode frozen;
    private List<DetectedObject> lastObjects = List.of();
    private long lastSent;

    /**
     * @param yard zone without access, or null
     * @param random random source of the permanent scene
     * @param rare random source of rare episodes
     */
    SimulatedStreet(
            Device device,
            Site site,
            Yard yard,
            List<PlannedEpisode> plan,
            long start,
            long end,
            SeededRandom random,
            SeededRandom rare) {
        this.device = device;
        this.site = site;
        this.yard = yard;
        this.rare = rare;
        this.frameMillis = Math.round(1000 / device.fps());
        this.plan = plan;
        this.end = end;
        this.lens = site.lens();
        this.random = random;
        long before = start - FILLS_MILLIS;
        this.street =
                site.hasRoad()
                        ? new Street(
                                site, device.deviceId(), before, random.split(), unusualSpeeds::add)
                        : null;
        this.walkers = new Walkers(site, before, random.split());
        this.tracker = new SimulatedTracker(random.split());
        for (long t = before; t < start; t += frameMillis) {
            act(t, t + frameMillis);
        }
        this.time = start;
        this.nextDrop = start + random.exponential(DROPS_EVERY_MILLIS);
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
        List<DetectedObject> detected = detect();
        number++;
        if (isSent()) {
            CameraFrame frame = new CameraFrame(device.deviceId(), time, number, detected);
            double delay = random.happens(LATE) ? random.between(1_000, 2_000) : 0;
            long arrival = time + (long) (delay + random.between(60, 250));
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
        strays.removeIf(StrayVehicle::isGone);
    }

    private List<DetectedObject> detect() {
        if (time < frozenUntil) {
            frozen.extendTo(time);
            return lastObjects;
        }
        List<SceneObject> objects = new ArrayList<>(walkers.objects());
        if (street != null) {
            objects.addAll(street.objects());
            street.emitBreakdowns();
        }
        strays.forEach(stray -> objects.add(stray.object()));
        lastObjects = tracker.detect(objects, lens, time);
        if (street != null) {
            street.filmed(time, frameMillis / 1000.0);
            street.clearJam(time);
        }
        return lastObjects;
    }

    private boolean isSent() {
        if (time < silentUntil) {
            silence.extendTo(silence.isNothing() ? lastSent : time);
            return false;
        }
        if (time >= nextDrop) {
            dropUntil = time + (long) random.between(4_000, 9_000);
            nextDrop = dropUntil + random.exponential(DROPS_EVERY_MILLIS);
        }
        return time >= dropUntil;
    }

    /** Starts an episode that is due, as soon as the street permits. */
    private void begin() {
        if (planned == plan.size() || time < plan.get(planned).startsAt()) {
            return;
        }
        PlannedEpisode next = plan.get(planned);
        OngoingEpisode episode = new OngoingEpisode(next.episode(), device.deviceId());
        if (begins(next, episode)) {
            happenings.add(episode);
            planned++;
        } else if (time > next.startsAt() + PATIENCE) {
            planned++;
        }
    }

    private boolean begins(PlannedEpisode next, OngoingEpisode episode) {
        long until = time + next.millis();
        switch (next.episode()) {
            case STOPPED_VEHICLE -> {
                boolean late = end - time < EpisodeKind.STOPPED_VEHICLE.leadMillis();
                return street.passage(episode, next.millis(), lens, late);
            }
            case WRONG_WAY -> street.driveAgainst(episode);
            case CONGESTION -> street.jam(episode, until);
            case CROWD -> {
                return walkers.crowd(episode, time, next.millis());
            }
            case LOITERING -> {
                return walkers.loiter(episode, time, next.millis());
            }
            case ABANDONED_OBJECT -> {
                return walkers.leaveBag(episode, time, next.millis());
            }
            case CAMERA_SILENT -> {
                silentUntil = until;
                silence = episode;
            }
            case CAMERA_FROZEN -> {
                if (lastObjects.isEmpty()) {
                    return false;
                }
                frozenUntil = until;
                frozen = episode;
            }
            case CAMERA_MOVED -> {
                double aside = (random.below(2) == 0 ? 1 : -1) * random.between(0.15, 0.3);
                double down = (random.below(2) == 0 ? 1 : -1) * random.between(0.05, 0.12);
                lens = lens.turned(aside, down);
                episode.extendTo(time);
                episode.extendTo(end);
            }
            case ZONE_INTRUSION, LINE_CROSSING ->
                    walkers.trespass(episode, yard, next.millis(), rare);
            case EMPTIED_STREET -> street.close(episode, until);
            case U_TURN -> {
                return strays(episode, StrayVehicle.turningRound(site, lens, rare));
            }
            case ERRATIC_DRIVING -> {
                return strays(episode, StrayVehicle.weaving(site, rare));
            }
            case OFF_ROAD -> {
                return strays(episode, StrayVehicle.offRoad(site, lens, rare));
            }
        }
        return true;
    }

    private boolean strays(OngoingEpisode episode, StrayVehicle vehicle) {
        if (vehicle == null) {
            return false;
        }
        vehicle.object().defines(episode);
        strays.add(vehicle);
        return true;
    }

    /** The episodes so far, for the ground truth. */
    List<CameraEpisode> episodes() {
        return happenings.stream()
                .filter(episode -> !episode.isNothing())
                .map(OngoingEpisode::toTruth)
                .toList();
    }

    List<CameraEpisode> unusualSpeeds() {
        return unusualSpeeds;
    }
}
