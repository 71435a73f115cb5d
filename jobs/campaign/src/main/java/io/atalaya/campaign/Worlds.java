package io.atalaya.campaign;

import io.atalaya.campaign.World.Plan;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.SampleCity;
import io.atalaya.simulator.camera.CameraPlan;
import io.atalaya.simulator.condition.Conditions;
import io.atalaya.simulator.dispatch.DispatchDay;
import io.atalaya.simulator.dispatch.DispatchOptions;
import io.atalaya.simulator.dispatch.OtherAgency;
import io.atalaya.simulator.recording.GeneratedCities;
import io.atalaya.simulator.recording.MergedRecords;
import io.atalaya.simulator.recording.Recording;
import io.atalaya.testutils.Backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Generates the world of a seed; the same options give the same world. */
final class Worlds {
    /** The conditions of the sample cities in turn. */
    private static final List<Conditions> CONDITIONS =
            Stream.of("clear", "clear:night+rain", "wind", "crowded+poor-tracker")
                    .map(Conditions::parse)
                    .toList();

    /** 2026-03-03T13:00:00Z, a working day at the start of the rush hour. */
    private static final long START = 1_772_542_800_000L;

    /** In the long form, one seed in this many has a list of a million entries. */
    private static final int MILLION_EVERY = 500;

    private static final int MILLION = 1_000_000;

    /** One seed in this many has the sources of dispatch; all others have alerts only. */
    private static final int DISPATCH_EVERY = 3;

    /** Number of consecutive seeds that share a generated city, because each takes long. */
    private static final int WORLDS_PER_CITY = 20;

    /** Limit of generated cities, because the generator starts each a day after the previous. */
    private static final int CITIES = 2_000;

    private final List<Path> recordings;
    private final GeneratedCities sumo;
    private final boolean isShort;
    private final Map<Path, List<TopicRecord>> read = new HashMap<>();

    /**
     * @param sumo null without a generator
     * @param isShort whether worlds are small
     */
    Worlds(List<Path> recordings, GeneratedCities sumo, boolean isShort) {
        this.recordings = recordings;
        this.sumo = sumo;
        this.isShort = isShort;
    }

    World of(long seed) throws IOException, InterruptedException {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        List<String> names = new ArrayList<>();
        boolean isMillion = !isShort && seed % MILLION_EVERY == MILLION_EVERY - 1;
        List<TopicRecord> records = isMillion ? million(seed, names) : base(seed, random, names);
        // One world in eight stays unchanged, because typical input must survive restarts and
        // disorder as well.
        if (random.nextInt(8) > 0) {
            records = Mutator.mutate(records, random, names);
        }
        return new World(String.join(" ", names), plan(random, seed, isMillion), records);
    }

    private static long sumoSeed(long seed) {
        return seed / WORLDS_PER_CITY % CITIES + 1;
    }

    private static Plan plan(Random random, long seed, boolean isMillion) {
        long[] lags = {0, 0, 1_000, 60_000};
        int[] snapshots = {0, 500, 3_000, 20_000};
        int[] warmUps = {1, 2, 5, 20};
        Plan plan =
                new Plan(
                        seed,
                        random.nextBoolean(),
                        lags[random.nextInt(lags.length)],
                        snapshots[random.nextInt(snapshots.length)],
                        random.nextInt(10) == 0 ? Backend.ROCKSDB : Backend.HEAP,
                        warmUps[random.nextInt(warmUps.length)],
                        random.nextInt(20) == 0);
        return isMillion ? Plan.plain(seed, plan.warmUpMinutes()) : plan;
    }

    private List<TopicRecord> base(long seed, Random random, List<String> names)
            throws IOException, InterruptedException {
        if (seed % DISPATCH_EVERY == 0) {
            names.add("dispatch day");
            return dispatchDay(seed, random);
        }
        int kind = random.nextInt(4);
        if (kind == 0 && !recordings.isEmpty()) {
            Path recording = recordings.get(random.nextInt(recordings.size()));
            names.add("recording " + recording.getFileName());
            return part(read(recording), random);
        }
        if (kind <= 1 && sumo != null) {
            names.add("sumo " + sumoSeed(seed));
            return part(read(sumo.city(sumoSeed(seed))), random);
        }
        if (kind <= 2) {
            names.add("sample city");
            return sampleCity(seed, random);
        }
        names.add("wild city");
        return WildCity.records(random, START, 1 + random.nextInt(8), isShort);
    }

    private List<TopicRecord> sampleCity(long seed, Random random) {
        int cameras = isShort ? 1 + random.nextInt(2) : 1 + random.nextInt(5);
        CameraPlan film =
                new CameraPlan(
                                cameras,
                                isShort ? 4 : 15 + random.nextInt(30),
                                0,
                                isShort ? 4 : 15 + random.nextInt(30),
                                random.nextInt(60))
                        .with(new CameraPlan.EpisodeRates(random.nextInt(240), random.nextInt(60)));
        CityOptions options =
                CityOptions.defaults(seed, START)
                        .withMinutes(isShort ? 2 : 10)
                        .withReadsPerSecond(isShort ? 3 : 1 + random.nextInt(10))
                        .withHotlistSize(random.nextInt(isShort ? 50 : 500))
                        .withArches(50)
                        .withScenariosPerMinute(random.nextInt(60))
                        .withCameras(film)
                        .withConditions(CONDITIONS.get(Math.floorMod(seed, CONDITIONS.size())));
        return all(SampleCity.generate(options));
    }

    private List<TopicRecord> dispatchDay(long seed, Random random) {
        DispatchOptions options =
                DispatchOptions.defaults(seed, START)
                        .withMinutes(isShort ? 10 : 10 + random.nextInt(110))
                        .withLoad((isShort ? 0.2 : 0.5) * (1 + random.nextInt(4)))
                        .withButtons(100, random.nextInt(3))
                        .withCovert(random.nextBoolean());
        return DispatchDay.generate(options).with(new OtherAgency().records(options)).records();
    }

    private static List<TopicRecord> million(long seed, List<String> names) {
        names.add("sample city with a list of a million entries");
        return all(
                SampleCity.generate(
                        CityOptions.defaults(seed, START)
                                .withMinutes(5)
                                .withReadsPerSecond(10)
                                .withHotlistSize(MILLION)
                                .withArches(50)));
    }

    private static List<TopicRecord> all(City city) {
        List<TopicRecord> records = new ArrayList<>();
        city.forEachRemaining(records::add);
        return records;
    }

    /**
     * The frames of a random share of the cameras, so that many worlds are possible; all other
     * records are kept.
     */
    private List<TopicRecord> part(List<TopicRecord> records, Random random) {
        double share = isShort ? 0.1 : 0.05 + 0.2 * random.nextDouble();
        int salt = random.nextInt();
        return records.stream()
                .filter(
                        record ->
                                !record.topic().equals(Topics.CAMERA_FRAMES)
                                        || new Random(record.key().hashCode() ^ salt).nextDouble()
                                                < share)
                .toList();
    }

    /** Caches the last recording read, because several worlds use it. */
    private List<TopicRecord> read(Path directory) {
        List<TopicRecord> records = read.get(directory);
        if (records == null) {
            read.clear();
            records = records(directory);
            read.put(directory, records);
        }
        return records;
    }

    /** A recording's records in order of arrival. */
    static List<TopicRecord> records(Path directory) {
        Recording recording = Recording.in(directory);
        List<TopicRecord> records = new ArrayList<>();
        try (MergedRecords merged = recording.open(recording.topics())) {
            while (merged.hasNext()) {
                records.add(merged.next());
            }
        }
        return records;
    }
}
