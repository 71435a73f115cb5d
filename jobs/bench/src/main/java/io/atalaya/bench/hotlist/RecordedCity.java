package io.atalaya.bench.hotlist;

import io.atalaya.bench.cluster.BenchBroker;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.embedded.RecordPublisher;
import io.atalaya.simulator.City;
import io.atalaya.simulator.CityOptions;
import io.atalaya.simulator.CityOptions.PassagesKept;
import io.atalaya.simulator.Roadside;
import io.atalaya.simulator.SampleCity;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;

import java.util.ArrayList;
import java.util.List;

/**
 * The content of every broker of a run: one city's traffic and one list. It is regenerated from the
 * seed for each broker, so that it does not occupy the heap during a measurement. Reads have
 * attributes and no images; a few vehicles are wanted, cloned or in a convoy, so that there are
 * alerts.
 */
final class RecordedCity {
    /**
     * A scenario has about ten passages, so about one read in 3,000 is of a listed vehicle, as on a
     * busy day; in a real city it is one in ten thousand to a million.
     */
    private static final double SCENARIOS_PER_MINUTE = 1;

    private static final int MINUTE_S = 60;

    /**
     * A busy arch of three lanes. The number of simultaneous vehicles determines the cost of
     * pairing plates with tags, so arches are as busy as real ones.
     */
    private static final double READS_PER_SECOND_AND_ARCH = 1;

    private static final int RECORDED_ARCHES = 500;
    private static final int MIN_ARCHES = 100;

    /** The generator's limit. */
    private static final int MAX_ARCHES = 2_000;

    private final HotlistBench.Plan plan;
    private final long start;
    private final NationalList list;
    private final List<TopicRecord> devices = new ArrayList<>();
    private final List<TopicRecord> scenarioEntries = new ArrayList<>();

    /**
     * @param start start of the recorded traffic, epoch ms
     */
    RecordedCity(HotlistBench.Plan plan, long start) {
        this.plan = plan;
        this.start = start;
        LongSet plates = new LongOpenHashSet();
        City city = traffic();
        while (city.hasNext()) {
            TopicRecord record = city.next();
            switch (record.topic()) {
                case Topics.PLATE_READS -> addPlate(record, plates);
                case Topics.DEVICES -> devices.add(record);
                case Topics.HOTLIST -> scenarioEntries.add(record);
                default -> {
                    // Tags are registered to plates that are read as well.
                }
            }
        }
        scenarioEntries.removeIf(record -> record.value() == null);
        for (int feed = 0; feed < HotlistFeed.number(plan); feed++) {
            City steady = HotlistFeed.traffic(plan, feed, start);
            while (steady.hasNext()) {
                TopicRecord record = steady.next();
                if (record.topic().equals(Topics.PLATE_READS)) {
                    addPlate(record, plates);
                }
            }
        }
        this.list =
                new NationalList(
                        plan.seed(), plan.maxEntries() + HotlistFeed.entries(plan), plates);
    }

    private static void addPlate(TopicRecord record, LongSet plates) {
        try {
            PlateRead read = PlateReadCodec.read(record.value());
            if (read.plate() != null && CanonicalPlate.isPlate(read.plate())) {
                plates.add(CanonicalPlate.pack(read.plate()));
            }
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("a read of the generator's own", e);
        }
    }

    /** The recorded traffic, with as many minutes as the reads take. */
    private City traffic() {
        double readsPerMinute = RECORDED_ARCHES * READS_PER_SECOND_AND_ARCH * MINUTE_S;
        int minutes = (int) Math.ceil(plan.reads() / readsPerMinute);
        return city(plan.seed(), start, minutes, (double) plan.reads() / minutes / MINUTE_S);
    }

    /**
     * @param start start of the traffic, epoch ms
     * @param readsPerSecond up to 19,000, for which the series have plates
     */
    static City city(long seed, long start, int minutes, double readsPerSecond) {
        int arches = (int) Math.ceil(readsPerSecond / READS_PER_SECOND_AND_ARCH);
        return SampleCity.generate(
                new CityOptions(
                        seed,
                        start,
                        minutes,
                        readsPerSecond,
                        0,
                        Math.max(MIN_ARCHES, Math.min(MAX_ARCHES, arches)),
                        SCENARIOS_PER_MINUTE,
                        PassagesKept.NONE,
                        Roadside.demonstration()));
    }

    /** Entries for the largest list, followed by unlisted ones for the steady feed. */
    NationalList list() {
        return list;
    }

    /** Publishes all records before the first read except the list. */
    void publishDevices(BenchBroker broker) {
        try (RecordPublisher publisher = RecordPublisher.bulk(broker.bootstrapServers())) {
            devices.forEach(publisher::publish);
            publisher.flush();
        }
    }

    /** Publishes the first {@code entries} of the list, and those of the city's scenarios. */
    void publishList(BenchBroker broker, int entries) {
        try (RecordPublisher publisher = RecordPublisher.bulk(broker.bootstrapServers())) {
            for (int i = 0; i < entries; i++) {
                HotlistEntry entry = list.entry(i);
                publish(
                        publisher,
                        new TopicRecord(
                                Topics.HOTLIST,
                                start,
                                entry.entryId(),
                                HotlistEntryCodec.write(entry)),
                        entry);
            }
            for (TopicRecord record : scenarioEntries) {
                publish(publisher, record, HotlistEntryCodec.read(record.value()));
            }
            publisher.flush();
        } catch (InvalidRecordException e) {
            throw new IllegalStateException("an entry of the generator's own", e);
        }
    }

    /**
     * Publishes the records of the arches.
     *
     * @param topic plate reads or tag reads
     */
    void publishReads(BenchBroker broker, String topic) {
        try (RecordPublisher publisher = RecordPublisher.bulk(broker.bootstrapServers())) {
            City city = traffic();
            while (city.hasNext()) {
                TopicRecord record = city.next();
                if (record.topic().equals(topic)) {
                    publisher.publish(record);
                }
            }
            publisher.flush();
        }
    }

    /** Under the entry's id for the job, and under the plate for a join by plate. */
    private static void publish(RecordPublisher publisher, TopicRecord record, HotlistEntry entry) {
        publisher.publish(record);
        if (entry.plate() != null) {
            publisher.publish(
                    new TopicRecord(
                            BenchBroker.LIST_BY_PLATE,
                            record.timestamp(),
                            CanonicalPlate.text(CanonicalPlate.pack(entry.plate())),
                            record.value()));
        }
    }
}
