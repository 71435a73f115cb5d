package io.atalaya.simulator;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.simulator.camera.Cameras;
import io.atalaya.simulator.condition.Degradation;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.GroundTruth;
import io.atalaya.simulator.truth.GroundTruth.Outage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The city's records in order of arrival, generated on demand: devices and the list first, then the
 * traffic. For a single pass on a single thread. The {@link #truth()} is complete once the last
 * record was taken.
 */
public final class City implements Iterator<TopicRecord> {
    private static final long MINUTE_MS = 60_000;
    private static final long DEVICES_BEFORE_MS = 7_200_000;
    private static final long LIST_BEFORE_MS = 3_600_000;
    private static final long LIST_TAKES_MS = 3_000_000;

    /** Shorter runs have no outage, because they end before the delayed records arrive. */
    private static final int OUTAGE_FROM_MINUTES = 4;

    private static final long MAX_OUTAGE_MS = 600_000;

    private final CityOptions options;
    private final Fleet fleet;
    private final Entries entries;
    private final ScenarioPlan plan;
    private final Traffic traffic;
    private final ArchRecorder recorder;
    private final Cameras cameras;
    private final List<Device> devices;
    private final GroundTruthWriter book;
    private final Degradation degradation;
    private final Outbox outbox;
    private final long firstListed;
    private int listed;
    private int passed;

    City(CityOptions options) {
        this.options = options;
        CameraPlan filmed = options.cameras();
        this.degradation =
                new Degradation(
                        options.conditions()
                                .over(
                                        options.start() - filmed.pastMinutes() * MINUTE_MS,
                                        options.start()
                                                + Math.max(options.minutes(), filmed.minutes())
                                                        * MINUTE_MS),
                        options.seed());
        this.outbox = new Outbox(degradation);
        SeededRandom chance = new SeededRandom(options.seed());
        Roads roads = Roads.build(options.arches());
        this.fleet = new Fleet(options.seed(), options.roadside().staleTags());
        this.entries = new Entries(options.seed(), fleet);
        this.traffic =
                new Traffic(roads, chance.split(), options.readsPerSecond(), options.start());
        long vehicles = Traffic.vehiclesFor(options.readsPerSecond(), roads);
        this.plan = new ScenarioPlan(roads, fleet, entries, chance.split(), options, vehicles);
        this.firstListed = plan.firstFreeVehicle();
        if (firstListed + options.hotlistSize() > fleet.capacity()) {
            throw new IllegalArgumentException(
                    "city options: readsPerSecond and hotlistSize need "
                            + (firstListed + options.hotlistSize())
                            + " different plates, the series have "
                            + fleet.capacity());
        }
        Outage outage = outage(options, roads, plan.passages());
        this.book = new GroundTruthWriter(options, plan, roads.arches().size(), outage);
        this.recorder =
                new ArchRecorder(
                        options,
                        roads,
                        new PlateCamera(chance.split(), fleet, options.roadside()),
                        chance.split(),
                        outbox,
                        book,
                        outage,
                        plan.listings());
        this.cameras =
                new Cameras(options.cameras(), roads.arches(), options.start(), chance.split());
        this.devices = new ArrayList<>(roads.arches());
        devices.addAll(cameras.devices());
        devices.forEach(this::register);
        plan.listings().forEach(this::sendListing);
    }

    /** Its arches and cameras. */
    List<Device> devices() {
        return List.copyOf(devices);
    }

    /** The options of the city. */
    public CityOptions options() {
        return options;
    }

    @Override
    public boolean hasNext() {
        while (true) {
            long frontier = frontier();
            if (outbox.hasBefore(frontier)) {
                return true;
            }
            if (frontier == Long.MAX_VALUE) {
                return false;
            }
            advance();
        }
    }

    @Override
    public TopicRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the city's records are all taken");
        }
        return outbox.poll();
    }

    /** The ground truth of the records taken so far. */
    public GroundTruth truth() {
        return degradation.truth(
                book.truth()
                        .withCameras(
                                options.cameras().cameras(),
                                options.cameras().minutes() + options.cameras().pastMinutes(),
                                cameras.episodes(),
                                cameras.unusualSpeeds()));
    }

    /** Records generated, and so in the ground truth, but not yet taken; unordered. */
    public List<TopicRecord> pending() {
        return outbox.contents();
    }

    /**
     * One more list entry like those of {@code hotlistSize}: no vehicle in the city has its plate.
     * Thread-safe.
     *
     * @param index from 0; different indexes give different plates
     * @throws IllegalArgumentException if the series have no more plates
     */
    public HotlistEntry anotherEntry(int index) {
        long number = firstListed + options.hotlistSize() + index;
        if (index < 0 || number >= fleet.capacity()) {
            throw new IllegalArgumentException(
                    "entry "
                            + index
                            + " of the bulk load: expected 0 to "
                            + (fleet.capacity() - firstListed - options.hotlistSize() - 1));
        }
        return entries.about(number);
    }

    /** Lower bound of the arrival time of all records not yet generated. */
    private long frontier() {
        return Math.min(roadFrontier(), cameras.nextTime());
    }

    private long roadFrontier() {
        if (listed < options.hotlistSize()) {
            return listedAt(listed);
        }
        long next = Math.min(traffic.nextTime(), nextStop());
        return next < options.end() ? next - ArchRecorder.TAG_AHEAD_MS : Long.MAX_VALUE;
    }

    private void advance() {
        if (cameras.nextTime() < roadFrontier()) {
            cameras.film(outbox::send);
        } else if (listed < options.hotlistSize()) {
            long number = firstListed + listed;
            outbox.send(
                    new TopicRecord(
                            Topics.HOTLIST,
                            listedAt(listed),
                            "E" + number,
                            HotlistEntryCodec.write(entries.about(number))));
            listed++;
        } else if (nextStop() <= traffic.nextTime()) {
            recorder.pass(plan.passages().get(passed++));
        } else {
            Traffic.Drive drive = traffic.next();
            recorder.pass(drive.passesAt(), drive.stretch(), fleet.vehicle(drive.vehicleNumber()));
        }
    }

    private long nextStop() {
        return passed < plan.passages().size()
                ? plan.passages().get(passed).passedAt()
                : Long.MAX_VALUE;
    }

    private long listedAt(int index) {
        long step = LIST_TAKES_MS * index / Math.max(1, options.hotlistSize());
        return options.start() - LIST_BEFORE_MS + step;
    }

    private void register(Device device) {
        long at = options.start() - DEVICES_BEFORE_MS - options.cameras().pastMinutes() * MINUTE_MS;
        outbox.send(
                new TopicRecord(Topics.DEVICES, at, device.deviceId(), Device.CODEC.write(device)));
    }

    private void sendListing(Listing listing) {
        String entryId = listing.entry().entryId();
        outbox.send(
                new TopicRecord(
                        Topics.HOTLIST,
                        listing.addedAt(),
                        entryId,
                        HotlistEntryCodec.write(listing.entry())));
        if (listing.removedAt() != null) {
            outbox.send(new TopicRecord(Topics.HOTLIST, listing.removedAt(), entryId, null));
        }
    }

    /**
     * An outage of the arch with the most passages of wanted vehicles in the interval, so that the
     * delayed records matter.
     */
    private static Outage outage(CityOptions options, Roads roads, List<ScenarioPassage> passages) {
        if (options.minutes() < OUTAGE_FROM_MINUTES) {
            return null;
        }
        long length = options.end() - options.start();
        long from = options.start() + length * 2 / 5;
        long to = from + Math.min(MAX_OUTAGE_MS, length / 6);
        Map<Integer, Integer> counts = new HashMap<>();
        int most = 0;
        for (ScenarioPassage passage : passages) {
            if (passage.passedAt() >= from
                    && passage.passedAt() < to
                    && !passage.listings().isEmpty()) {
                int arch = passage.stretch().to();
                counts.merge(arch, 1, Integer::sum);
                if (counts.get(arch) > counts.getOrDefault(most, 0)) {
                    most = arch;
                }
            }
        }
        return new Outage(roads.arch(most).deviceId(), from, to);
    }
}
