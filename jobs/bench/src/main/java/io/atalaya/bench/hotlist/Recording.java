package io.atalaya.bench.hotlist;

import io.atalaya.bench.latency.SteadyRun;
import io.atalaya.bench.recording.CityReads;
import io.atalaya.bench.recording.CityScan;
import io.atalaya.bench.recording.NationalList;
import io.atalaya.bench.recording.Publisher;
import io.atalaya.bench.throughput.BenchBroker;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.json.InvalidRecordException;
import io.atalaya.contracts.plate.CanonicalPlate;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.City;

import it.unimi.dsi.fastutil.longs.LongSet;

import java.util.List;

/**
 * The content of every broker of a run: one city's traffic and one list. It is regenerated from the
 * seed for each broker, so that it does not occupy the heap during a measurement.
 */
final class Recording {
    private static final int WARM_SECONDS = 10;
    private static final int MINUTE_S = 60;

    private final BenchPlan plan;
    private final long start;
    private final NationalList list;
    private final List<TopicRecord> devices;
    private final List<TopicRecord> scripted;

    private Recording(BenchPlan plan, long start, NationalList list, CityScan city) {
        this.plan = plan;
        this.start = start;
        this.list = list;
        this.devices = city.devices();
        this.scripted = city.listed();
    }

    /**
     * @param start start of the recorded traffic, epoch ms
     */
    static Recording of(BenchPlan plan, long start) {
        CityScan scan = CityScan.of(CityReads.recorded(plan.seed(), start, plan.reads()));
        CityScan steady =
                CityScan.of(
                        CityReads.steady(
                                steadySeed(plan),
                                start,
                                (warmSeconds(plan) + plan.steadySeconds()) / MINUTE_S + 1,
                                plan.readsPerSecond()));
        LongSet carried = scan.plates();
        carried.addAll(steady.plates());
        int size = plan.mostEntries() + SteadyRun.unlisted(warmSeconds(plan), plan.steadySeconds());
        return new Recording(plan, start, new NationalList(plan.seed(), size, carried), scan);
    }

    /**
     * A different seed from the recording's, because the job would drop reads it has already
     * processed.
     */
    static long steadySeed(BenchPlan plan) {
        return plan.seed() + 1;
    }

    static int warmSeconds(BenchPlan plan) {
        return Math.min(WARM_SECONDS, plan.steadySeconds());
    }

    NationalList list() {
        return list;
    }

    /** Publishes all records before the first read except the list. */
    void publishDevices(BenchBroker broker) {
        try (Publisher publisher = Publisher.bulk(broker.bootstrapServers())) {
            devices.forEach(publisher::publish);
            publisher.flush();
        }
    }

    /** Publishes the first {@code entries} of the list, and those of the city's scenarios. */
    void publishList(BenchBroker broker, int entries) throws InvalidRecordException {
        try (Publisher publisher = Publisher.bulk(broker.bootstrapServers())) {
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
            for (TopicRecord record : scripted) {
                publish(publisher, record, HotlistEntryCodec.read(record.value()));
            }
            publisher.flush();
        }
    }

    /**
     * Publishes the records of the arches.
     *
     * @param topic plate reads or tag reads
     */
    void publishReads(BenchBroker broker, String topic) {
        try (Publisher publisher = Publisher.bulk(broker.bootstrapServers())) {
            City city = CityReads.recorded(plan.seed(), start, plan.reads());
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
    private static void publish(Publisher publisher, TopicRecord record, HotlistEntry entry) {
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
