package io.atalaya.simulator;

import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.PlatePattern;
import io.atalaya.contracts.plate.Candidate;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.plate.Vehicle;
import io.atalaya.contracts.rfid.RfidRead;
import io.atalaya.contracts.rfid.RfidReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.PlateCamera.Reading;
import io.atalaya.simulator.Roads.Stretch;
import io.atalaya.simulator.Stop.Twist;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.GroundTruth.Outage;
import io.atalaya.simulator.truth.GroundTruth.Passage;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Generates the records of an arch for each passing vehicle: the plate read, the tag read, and
 * late, duplicate and revised records.
 */
final class ArchRecorder {
    static final double TAG_READ = 0.95;
    static final double DELIVERED_TWICE = 0.02;
    static final double LATE = 0.01;

    /** Maximum delay of a record without a fault. */
    private static final long SLOWEST_LINK_MS = 1_500;

    /**
     * A tag may be read up to 1 s before the vehicle's passage, so no record arrives earlier than
     * that.
     */
    static final long TAG_AHEAD_MS = 1_000;

    /** Share of the misread plates of other vehicles that the camera corrects. */
    private static final double CORRECTED = 0.04;

    private static final double TAKEN_BACK = 0.0005;

    private record Wildcard(Listing listing, PlatePattern pattern) {}

    private final CityOptions options;
    private final Roads roads;
    private final PlateCamera camera;
    private final SeededRandom chance;
    private final Lanes lanes;
    private final Outbox outbox;
    private final GroundTruthWriter book;
    private final Outage outage;
    private final List<Wildcard> wildcards;
    private final String readPrefix;
    private final String tagPrefix;
    private long number;

    ArchRecorder(
            CityOptions options,
            Roads roads,
            PlateCamera camera,
            SeededRandom chance,
            Outbox outbox,
            GroundTruthWriter book,
            Outage outage,
            List<Listing> listings) {
        this.options = options;
        this.roads = roads;
        this.camera = camera;
        this.chance = chance;
        this.lanes = new Lanes(chance, roads.arches().size());
        this.outbox = outbox;
        this.book = book;
        this.outage = outage;
        this.wildcards =
                listings.stream()
                        .filter(l -> l.entry().pattern() != null)
                        .map(l -> new Wildcard(l, PlatePattern.compile(l.entry().pattern(), false)))
                        .toList();
        String run = Long.toUnsignedString(options.seed(), Character.MAX_RADIX);
        this.readPrefix = "R" + run + "-";
        this.tagPrefix = "T" + run + "-";
    }

    /** Records the passage of a free vehicle. */
    void pass(long time, Stretch stretch, Car car) {
        record(new Stop(time, stretch, car, car.plate(), List.of(), Twist.NONE), wildcards);
    }

    /** Records the passage of a vehicle in a scenario. */
    void pass(Stop stop) {
        record(stop, List.of());
    }

    private void record(Stop stop, List<Wildcard> byChance) {
        Device arch = roads.arch(stop.stretch().to());
        int lane = lanes.take(stop.stretch(), stop.time());
        String id = String.format(Locale.ROOT, "%07d", ++number);
        String readId = readPrefix + id;
        Reading reading = reading(stop);
        Vehicle looks = camera.look(stop.car().vehicle());
        PlateRead read = read(stop, arch, readId, lane, reading, looks, null);
        long arrival = arrival(arch, stop.time());
        send(Topics.PLATE_READS, arch, arrival, PlateReadCodec.write(read));
        if (chance.happens(DELIVERED_TWICE)) {
            long again = Math.min(arrival + (long) chance.between(200, 10_000), lastArrival());
            send(Topics.PLATE_READS, arch, Math.max(arrival, again), PlateReadCodec.write(read));
        }
        boolean tagRead =
                stop.car().tagId() != null
                        && (stop.twist() == Twist.TAGGED || chance.happens(TAG_READ));
        String tagReadId = tagRead ? tagPrefix + id : null;
        if (tagRead) {
            sendTag(stop, arch, tagReadId, lane);
        }
        List<Listing> wanted = new ArrayList<>(stop.listings());
        wanted.addAll(fitting(byChance, reading.text()));
        book.passed(
                new Passage(
                        readId,
                        stop.time(),
                        arch.deviceId(),
                        stop.car().id(),
                        stop.shown(),
                        stop.car().tagPlate(),
                        reading.text(),
                        reading.readClass().wireName(),
                        tagRead),
                stop.stretch().to(),
                lane,
                arch,
                stop.car().hasStaleTag(),
                !wanted.isEmpty());
        for (Listing listing : wanted) {
            wanted(listing, stop, arch, readId, reading.readClass(), arrival, tagReadId);
        }
        revise(stop, arch, read, looks, arrival, tagReadId);
    }

    private Reading reading(Stop stop) {
        String shown = stop.shown();
        return switch (stop.twist()) {
            case NONE, TAGGED, IMPOSTOR -> camera.read(shown);
            case MISREAD ->
                    chance.happens(0.25)
                            ? camera.read(shown)
                            : camera.misread(
                                    shown,
                                    chance.happens(0.6)
                                            ? ReadClass.LOOK_ALIKE
                                            : ReadClass.ONE_EDIT);
            case REVISED -> camera.misread(shown, ReadClass.ONE_EDIT);
            case MISTAKEN, WITHDRAWN -> mistaken(stop);
        };
    }

    /**
     * The confidence is that of a correct read, so an alert interrupts operators before the
     * correction.
     */
    private Reading mistaken(Stop stop) {
        String listed = stop.listings().get(0).car().plate();
        Reading plain = camera.reading(listed, listed);
        return new Reading(
                listed,
                plain.confidence(),
                List.of(new Candidate(listed, plain.confidence())),
                ReadClass.of(stop.shown(), listed));
    }

    private void wanted(
            Listing listing,
            Stop stop,
            Device arch,
            String readId,
            ReadClass read,
            long arrival,
            String tagReadId) {
        boolean innocent = stop.twist() == Twist.MISTAKEN || stop.twist() == Twist.WITHDRAWN;
        ReadClass readClass =
                innocent ? ReadClass.WORSE : listing.byTag() ? ReadClass.BY_TAG : read;
        if (listing.coversPlace(arch, stop.stretch().direction())) {
            book.wanted(
                    new WantedPassage(
                            listing.entry().entryId(),
                            readId,
                            stop.time(),
                            arch.deviceId(),
                            readClass.wireName(),
                            tagReadId,
                            arrival < listing.addedAt(),
                            stop.twist() != Twist.IMPOSTOR
                                    && listing.covers(readClass)
                                    && listing.covers(stop.time(), arrival)));
        }
    }

    /**
     * A wildcard matches other vehicles as well; such a passage justifies an alert, so the ground
     * truth contains it.
     */
    private static List<Listing> fitting(List<Wildcard> wildcards, String text) {
        if (wildcards.isEmpty()) {
            return List.of();
        }
        byte[] symbols = new byte[CanonicalPlate.MAX_LENGTH];
        int length = CanonicalPlate.unpack(CanonicalPlate.pack(text), symbols);
        return wildcards.stream()
                .filter(wildcard -> wildcard.pattern().matches(symbols, length))
                .map(Wildcard::listing)
                .toList();
    }

    private void revise(
            Stop stop,
            Device arch,
            PlateRead first,
            Vehicle looks,
            long firstArrival,
            String tagReadId) {
        boolean stranger = stop.listings().isEmpty();
        boolean misread = !first.plate().equals(stop.shown());
        long arrival =
                Math.max(
                        firstArrival,
                        Math.min(firstArrival + (long) chance.between(800, 3_000), lastArrival()));
        if (stop.twist() == Twist.WITHDRAWN || stranger && chance.happens(TAKEN_BACK)) {
            send(Topics.PLATE_READS, arch, arrival, PlateReadCodec.write(withdrawal(first)));
        } else if (stop.twist() == Twist.REVISED
                || stop.twist() == Twist.MISTAKEN
                || stranger && misread && chance.happens(CORRECTED)) {
            String readId = readPrefix + String.format(Locale.ROOT, "%07d", ++number);
            Reading better = camera.reading(stop.shown(), stop.shown());
            PlateRead revision =
                    read(stop, arch, readId, first.lane(), better, looks, first.readId());
            send(Topics.PLATE_READS, arch, arrival, PlateReadCodec.write(revision));
            if (stop.twist() == Twist.REVISED) {
                // Optional, because the required passage is that of the first read.
                for (Listing listing : stop.listings()) {
                    book.wanted(
                            new WantedPassage(
                                    listing.entry().entryId(),
                                    readId,
                                    stop.time(),
                                    arch.deviceId(),
                                    ReadClass.EXACT.wireName(),
                                    tagReadId,
                                    arrival < listing.addedAt(),
                                    false));
                }
            }
        }
    }

    private PlateRead read(
            Stop stop,
            Device arch,
            String readId,
            int lane,
            Reading reading,
            Vehicle looks,
            String supersedes) {
        double kmh = Traffic.kmh(stop.stretch(), chance);
        return new PlateRead(
                readId,
                arch.deviceId(),
                lane,
                stop.time(),
                reading.text(),
                reading.confidence(),
                reading.candidates(),
                Entries.COUNTRY,
                null,
                stop.stretch().direction(),
                Math.rint(kmh * 10) / 10,
                looks,
                null,
                null,
                supersedes,
                false);
    }

    private static PlateRead withdrawal(PlateRead first) {
        return new PlateRead(
                first.readId(),
                first.deviceId(),
                first.lane(),
                first.time(),
                null,
                0,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                first.readId(),
                true);
    }

    private void sendTag(Stop stop, Device arch, String readId, int lane) {
        long time = stop.time() + (long) chance.between(-TAG_AHEAD_MS, TAG_AHEAD_MS);
        Car car = stop.car();
        RfidRead read =
                new RfidRead(
                        readId,
                        arch.deviceId(),
                        lane,
                        time,
                        car.tagId(),
                        car.tagPlate(),
                        car.vehicle());
        send(Topics.RFID_READS, arch, arrival(arch, time), RfidReadCodec.write(read));
    }

    private long arrival(Device arch, long time) {
        long link = 60 + (long) Math.min(SLOWEST_LINK_MS - 60, chance.exponential(140));
        if (outage != null
                && arch.deviceId().equals(outage.deviceId())
                && time >= outage.start()
                && time < outage.end()) {
            return outage.end() + (time - outage.start()) / 50 + link;
        }
        if (chance.happens(LATE)) {
            long late = time + (long) chance.between(5_000, 60_000);
            return late < lastArrival() ? late : time + link;
        }
        return time + link;
    }

    /** Maximum arrival time: a recording ends soon after its traffic, with the slowest link. */
    private long lastArrival() {
        return options.end() + SLOWEST_LINK_MS;
    }

    private void send(String topic, Device arch, long arrival, byte[] value) {
        outbox.send(new TopicRecord(topic, arrival, arch.deviceId(), value));
    }
}
