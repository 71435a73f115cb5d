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
import io.atalaya.simulator.ScenarioPassage.Twist;
import io.atalaya.simulator.random.SeededRandom;
import io.atalaya.simulator.truth.GroundTruth.Outage;
import io.atalaya.simulator.truth.GroundTruth.Passage;
import io.atalaya.simulator.truth.GroundTruth.WantedPassage;
import io.atalaya.simulator.truth.ReadClass;

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
    private final SeededRandom random;
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
            SeededRandom random,
            Outbox outbox,
            GroundTruthWriter book,
            Outage outage,
            List<Listing> listings) {
        this.options = options;
        this.roads = roads;
        this.camera = camera;
        this.random = random;
        this.lanes = new Lanes(random, roads.arches().size());
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
    void pass(long time, Stretch stretch, RegisteredVehicle vehicle) {
        record(
                new ScenarioPassage(time, stretch, vehicle, vehicle.plate(), List.of(), Twist.NONE),
                wildcards);
    }

    /** Records the passage of a vehicle in a scenario. */
    void pass(ScenarioPassage passage) {
        record(passage, List.of());
    }

    private void record(ScenarioPassage passage, List<Wildcard> byChance) {
        Device arch = roads.arch(passage.stretch().to());
        int lane = lanes.assign(passage.stretch(), passage.passedAt());
        String id = String.format(Locale.ROOT, "%07d", ++number);
        String readId = readPrefix + id;
        Reading reading = reading(passage);
        Vehicle appearance = camera.appearanceOf(passage.vehicle().appearance());
        PlateRead read = read(passage, arch, readId, lane, reading, appearance, null);
        long arrival = arrival(arch, passage.passedAt());
        send(Topics.PLATE_READS, arch, arrival, PlateReadCodec.write(read));
        if (random.happens(DELIVERED_TWICE)) {
            long again = Math.min(arrival + (long) random.between(200, 10_000), lastArrival());
            send(Topics.PLATE_READS, arch, Math.max(arrival, again), PlateReadCodec.write(read));
        }
        boolean tagRead =
                passage.vehicle().tagId() != null
                        && (passage.twist() == Twist.TAGGED || random.happens(TAG_READ));
        String tagReadId = tagRead ? tagPrefix + id : null;
        if (tagRead) {
            sendTag(passage, arch, tagReadId, lane);
        }
        List<Listing> wanted = new ArrayList<>(passage.listings());
        wanted.addAll(fitting(byChance, reading.text()));
        book.passed(
                new Passage(
                        readId,
                        passage.passedAt(),
                        arch.deviceId(),
                        passage.vehicle().id(),
                        passage.shown(),
                        passage.vehicle().tagPlate(),
                        reading.text(),
                        reading.readClass().wireName(),
                        tagRead),
                passage.stretch().to(),
                lane,
                arch,
                passage.vehicle().hasStaleTag(),
                !wanted.isEmpty());
        for (Listing listing : wanted) {
            wanted(listing, passage, arch, readId, reading.readClass(), arrival, tagReadId);
        }
        revise(passage, arch, read, appearance, arrival, tagReadId);
    }

    private Reading reading(ScenarioPassage passage) {
        String shown = passage.shown();
        return switch (passage.twist()) {
            case NONE, TAGGED, IMPOSTOR -> camera.read(shown);
            case MISREAD ->
                    random.happens(0.25)
                            ? camera.read(shown)
                            : camera.misread(
                                    shown,
                                    random.happens(0.6)
                                            ? ReadClass.LOOK_ALIKE
                                            : ReadClass.ONE_EDIT);
            case REVISED -> camera.misread(shown, ReadClass.ONE_EDIT);
            case MISTAKEN, WITHDRAWN -> mistaken(passage);
        };
    }

    /**
     * The confidence is that of a correct read, so an alert interrupts operators before the
     * correction.
     */
    private Reading mistaken(ScenarioPassage passage) {
        String listed = passage.listings().get(0).vehicle().plate();
        Reading plain = camera.reading(listed, listed);
        return new Reading(
                listed,
                plain.confidence(),
                List.of(new Candidate(listed, plain.confidence())),
                ReadClass.of(passage.shown(), listed));
    }

    private void wanted(
            Listing listing,
            ScenarioPassage passage,
            Device arch,
            String readId,
            ReadClass read,
            long arrival,
            String tagReadId) {
        boolean innocent = passage.twist() == Twist.MISTAKEN || passage.twist() == Twist.WITHDRAWN;
        ReadClass readClass =
                innocent ? ReadClass.WORSE : listing.isByTag() ? ReadClass.BY_TAG : read;
        if (listing.coversPlace(arch, passage.stretch().direction())) {
            book.wanted(
                    new WantedPassage(
                            listing.entry().entryId(),
                            readId,
                            passage.passedAt(),
                            arch.deviceId(),
                            readClass.wireName(),
                            tagReadId,
                            arrival < listing.addedAt(),
                            passage.twist() != Twist.IMPOSTOR
                                    && listing.covers(readClass)
                                    && listing.covers(passage.passedAt(), arrival)));
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
            ScenarioPassage passage,
            Device arch,
            PlateRead first,
            Vehicle appearance,
            long firstArrival,
            String tagReadId) {
        boolean stranger = passage.listings().isEmpty();
        boolean misread = !first.plate().equals(passage.shown());
        long arrival =
                Math.max(
                        firstArrival,
                        Math.min(firstArrival + (long) random.between(800, 3_000), lastArrival()));
        if (passage.twist() == Twist.WITHDRAWN || stranger && random.happens(TAKEN_BACK)) {
            send(Topics.PLATE_READS, arch, arrival, PlateReadCodec.write(withdrawal(first)));
        } else if (passage.twist() == Twist.REVISED
                || passage.twist() == Twist.MISTAKEN
                || stranger && misread && random.happens(CORRECTED)) {
            String readId = readPrefix + String.format(Locale.ROOT, "%07d", ++number);
            Reading better = camera.reading(passage.shown(), passage.shown());
            PlateRead revision =
                    read(passage, arch, readId, first.lane(), better, appearance, first.readId());
            send(Topics.PLATE_READS, arch, arrival, PlateReadCodec.write(revision));
            if (tagReadId != null && !passage.shown().equals(passage.vehicle().tagPlate())) {
                book.unclearMismatch(readId);
            }
            if (passage.twist() == Twist.REVISED) {
                // Optional, because the required passage is that of the first read.
                for (Listing listing : passage.listings()) {
                    book.wanted(
                            new WantedPassage(
                                    listing.entry().entryId(),
                                    readId,
                                    passage.passedAt(),
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
            ScenarioPassage passage,
            Device arch,
            String readId,
            int lane,
            Reading reading,
            Vehicle appearance,
            String supersedes) {
        double kmh = Traffic.kmh(passage.stretch(), random);
        return new PlateRead(
                readId,
                arch.deviceId(),
                lane,
                passage.passedAt(),
                reading.text(),
                reading.confidence(),
                reading.candidates(),
                Entries.COUNTRY,
                null,
                passage.stretch().direction(),
                Math.rint(kmh * 10) / 10,
                appearance,
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
                first.deviceTime(),
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

    private void sendTag(ScenarioPassage passage, Device arch, String readId, int lane) {
        long time = passage.passedAt() + (long) random.between(-TAG_AHEAD_MS, TAG_AHEAD_MS);
        RegisteredVehicle vehicle = passage.vehicle();
        RfidRead read =
                new RfidRead(
                        readId,
                        arch.deviceId(),
                        lane,
                        time,
                        vehicle.tagId(),
                        vehicle.tagPlate(),
                        vehicle.appearance());
        send(Topics.RFID_READS, arch, arrival(arch, time), RfidReadCodec.write(read));
    }

    private long arrival(Device arch, long time) {
        long link = 60 + (long) Math.min(SLOWEST_LINK_MS - 60, random.exponential(140));
        if (outage != null
                && arch.deviceId().equals(outage.deviceId())
                && time >= outage.start()
                && time < outage.end()) {
            return outage.end() + (time - outage.start()) / 50 + link;
        }
        if (random.happens(LATE)) {
            long late = time + (long) random.between(5_000, 60_000);
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
