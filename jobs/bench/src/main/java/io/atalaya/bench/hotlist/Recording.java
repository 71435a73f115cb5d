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
 * What every broker of a run is filled with: one city's traffic and one list, made again from the
 * seed for each, so that nothing of it is on the heap while something is measured.
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
     * @param start of the recorded traffic, epoch ms
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

    /** Other cars than the recording's: a read that was seen already would be dropped. */
    static long steadySeed(BenchPlan plan) {
        return plan.seed() + 1;
    }

    static int warmSeconds(BenchPlan plan) {
        return Math.min(WARM_SECONDS, plan.steadySeconds());
    }

    NationalList list() {
        return list;
    }

    /** Publishes what is known before the first read but for the list. */
    void publishDevices(BenchBroker broker) {
        try (Publisher publisher = Publisher.bulk(broker.bootstrapServers())) {
            devices.forEach(publisher::publish);
            publisher.flush();
        }
    }

    /** Publishes the first {@code entries} of the list, and those of the city's scripted cars. */
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
     * Publishes what the arches send.
     *
     * @param topic of plate reads or of tags
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
