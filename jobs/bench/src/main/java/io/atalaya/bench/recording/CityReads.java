package io.atalaya.bench.recording;

import io.atalaya.json.InvalidRecordException;
import io.atalaya.kafka.TopicRecord;
import io.atalaya.kafka.Topics;
import io.atalaya.loadgenerator.City;
import io.atalaya.loadgenerator.CityOptions;
import io.atalaya.loadgenerator.PassagesKept;
import io.atalaya.loadgenerator.Roadside;
import io.atalaya.loadgenerator.SampleCity;
import io.atalaya.plate.CanonicalPlate;
import io.atalaya.plate.PlateRead;
import io.atalaya.plate.PlateReadJson;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

/**
 * The sample city as a recording: one busy minute, or a live feed. Reads have attributes and no
 * images; a few of its cars are wanted, cloned or in convoy, so that there are alerts.
 */
public final class CityReads {
    private static final double STORIES_PER_MINUTE = 20;
    private static final int MINUTE_S = 60;

    /** So many a nation's busiest network has, and the generator's limit. */
    private static final int ARCHES = 2_000;

    private static final int FEW_ARCHES = 100;
    private static final int BUSY_READS_PER_SECOND = 1_000;

    private CityReads() {}

    /**
     * @param reads about so many plate reads
     * @param start of the traffic, epoch ms
     */
    public static City recorded(long seed, long start, int reads) {
        return city(seed, start, 1, (double) reads / MINUTE_S);
    }

    /**
     * @param readsPerSecond 1 to 20,000
     */
    public static City steady(long seed, long start, int minutes, double readsPerSecond) {
        return city(seed, start, minutes, readsPerSecond);
    }

    private static City city(long seed, long start, int minutes, double readsPerSecond) {
        return SampleCity.generate(
                new CityOptions(
                        seed,
                        start,
                        minutes,
                        readsPerSecond,
                        0,
                        readsPerSecond < BUSY_READS_PER_SECOND ? FEW_ARCHES : ARCHES,
                        STORIES_PER_MINUTE,
                        PassagesKept.NONE,
                        Roadside.demonstration()));
    }

    /** The plates that a city's cameras read, packed. */
    public static LongSet plates(City city) {
        LongSet plates = new LongOpenHashSet();
        while (city.hasNext()) {
            TopicRecord record = city.next();
            if (record.topic().equals(Topics.PLATE_READS)) {
                add(record, plates);
            }
        }
        return plates;
    }

    private static void add(TopicRecord record, LongSet plates) {
        try {
            PlateRead read = PlateReadJson.read(record.value());
            if (read.plate() != null && CanonicalPlate.isPlate(read.plate())) {
                plates.add(CanonicalPlate.pack(read.plate()));
            }
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("a read of the generator's own", e);
        }
    }
}
