package io.atalaya.simulator.camera;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.device.Zone;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.simulator.camera.EpisodePlan.PlannedEpisode;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.GroundTruth.CameraEpisode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * All cameras of a city, frame by frame in time order. Memory grows with the people and vehicles in
 * view only.
 */
public final class Cameras {
    private static final double FRAMES_PER_SECOND = 2;

    /** Cameras with a zone are not moved, because the zone would stay where it was in the frame. */
    private static final int YARD_EVERY = 5;

    private final List<SimulatedStreet> streets = new ArrayList<>();
    private final PriorityQueue<SimulatedStreet> due =
            new PriorityQueue<>(
                    Comparator.comparingLong(SimulatedStreet::nextTime)
                            .thenComparing(street -> street.device().deviceId()));

    /**
     * Places cameras near the given devices in turn.
     *
     * @param start start of the city's traffic, epoch ms
     */
    public Cameras(CameraPlan plan, List<Device> near, long start, SeededRandom chance) {
        long from = start - plan.pastMinutes() * 60_000L;
        long quietUntil = from + plan.quietMinutes() * 60_000L;
        long end = start + plan.minutes() * 60_000L;
        List<SeededRandom> owns =
                IntStream.range(0, plan.cameras()).mapToObj(i -> chance.split()).toList();
        for (int i = 0; i < plan.cameras(); i++) {
            SeededRandom own = owns.get(i);
            // A separate random source, so that rare episodes do not change the others.
            SeededRandom rare = chance.split();
            Site site = Site.of(i, own);
            Yard yard = plan.rare().intrusionsPerHour() > 0 ? yard(i, site, rare) : null;
            Device device = device(i, near.get(i % near.size()), site, yard);
            // Cameras do not film at the same moments.
            long offset = own.below((int) (1000 / FRAMES_PER_SECOND));
            List<PlannedEpisode> planned =
                    EpisodePlan.of(i, site, quietUntil, end, plan.episodesPerHour(), own.split());
            SimulatedStreet street =
                    new SimulatedStreet(
                            device,
                            site,
                            yard,
                            new RareEpisodePlan(planned, site, quietUntil, end, rare)
                                    .withUnusual(plan.rare().unusualPerDay())
                                    .withIntrusions(yard, plan.rare().intrusionsPerHour())
                                    .plan(),
                            from + offset,
                            end,
                            own,
                            rare);
            streets.add(street);
            due.add(street);
        }
    }

    /** Some cameras have a restricted zone: alternately a school yard and a prison fence. */
    private static Yard yard(int index, Site site, SeededRandom chance) {
        if (index % YARD_EVERY != 1 || !site.hasRoad()) {
            return null;
        }
        boolean fence = index % (2 * YARD_EVERY) != 1;
        return Yard.of(site, fence ? Zone.Kind.LINE : Zone.Kind.RESTRICTED, chance);
    }

    private static Device device(int index, Device near, Site site, Yard yard) {
        return new Device(
                String.format(Locale.ROOT, "CAM-%05d", index + 1),
                Device.Kind.CAMERA,
                near.site(),
                near.municipality(),
                near.latitude(),
                near.longitude(),
                near.heading(),
                site.hasRoad() ? 2 * site.lanes() : null,
                FRAMES_PER_SECOND,
                near.timezone(),
                yard == null ? List.of() : List.of(yard.zone(site.lens())));
    }

    /** The devices as registered in topic {@code devices}. */
    public List<Device> devices() {
        return streets.stream().map(SimulatedStreet::device).toList();
    }

    /** Time of the next frame, epoch ms; Long.MAX_VALUE if there is none. */
    public long nextTime() {
        return due.isEmpty() ? Long.MAX_VALUE : due.peek().nextTime();
    }

    /** Films the next frame and sends it unless the camera is silent. */
    public void film(Consumer<TopicRecord> out) {
        SimulatedStreet street = due.poll();
        street.film(out);
        if (street.nextTime() != Long.MAX_VALUE) {
            due.add(street);
        }
    }

    /** The episodes so far, in order. */
    public List<CameraEpisode> episodes() {
        return inOrder(streets.stream().flatMap(street -> street.episodes().stream()).toList());
    }

    /** Vehicles with a speed far from typical, about which an alert is right. */
    public List<CameraEpisode> unusualSpeeds() {
        return inOrder(
                streets.stream().flatMap(street -> street.unusualSpeeds().stream()).toList());
    }

    private static List<CameraEpisode> inOrder(List<CameraEpisode> all) {
        return all.stream()
                .sorted(
                        Comparator.comparingLong(CameraEpisode::start)
                                .thenComparing(CameraEpisode::deviceId))
                .toList();
    }
}
