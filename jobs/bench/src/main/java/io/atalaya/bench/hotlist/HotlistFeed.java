package io.atalaya.bench.hotlist;

import io.atalaya.bench.cluster.BenchBroker;
import io.atalaya.bench.cluster.Checkpoints;
import io.atalaya.bench.cluster.SteadyFeed;
import io.atalaya.bench.comparison.Delays;
import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.device.Device;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.hotlist.HotlistEntryCodec;
import io.atalaya.contracts.plate.PlateRead;
import io.atalaya.contracts.plate.PlateReadCodec;
import io.atalaya.contracts.topic.TopicRecord;
import io.atalaya.contracts.topic.Topics;
import io.atalaya.simulator.City;
import io.atalaya.simulator.SampleCity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The steady feed of traffic, with listed vehicles that pass and changes of the list, and the delay
 * of the alerts that these cause. Every listed vehicle has a different entry, because a second
 * passage of one is an update.
 */
final class HotlistFeed {
    private static final long READ_EVERY_MS = 10;
    private static final long CHANGE_EVERY_MS = 200;
    private static final long SEEN_BEFORE_MS = 1_000;
    private static final long OPEN_FOR_MS = 2_000;
    private static final int KINDS_OF_CHANGE = 3;
    private static final double CONFIDENCE = 0.98;
    private static final long MILLIS = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;
    private static final int MINUTE_S = 60;
    private static final int MAX_WARM_SECONDS = 10;

    /** The job cannot follow if an alert comes so late. */
    private static final long MAX_BEHIND_MS = 10_000;

    /** Kind of an expected alert. */
    private enum Kind {
        /** A listed vehicle passes. */
        READ,
        /** An entry is added after its vehicle passed. */
        ADDED_PAST,
        /** An entry is added while its vehicle passes. */
        ADDED_NOW,
        /** The entry of an open alert is removed. */
        REMOVED
    }

    /**
     * @param dueAt due time of the record that causes it, epoch ms
     * @param isMeasured false during the warm-up
     */
    private record ExpectedAlert(Kind kind, String entryId, long dueAt, boolean isMeasured) {}

    private final HotlistBench.Plan plan;
    private final int number;
    private final NationalList list;
    private final List<TopicRecord> records = new ArrayList<>();
    private final Map<String, ExpectedAlert> opened = new HashMap<>();
    private final Map<String, ExpectedAlert> ended = new HashMap<>();
    private final Map<ExpectedAlert, Long> micros = new ConcurrentHashMap<>();
    private List<Device> arches;
    private int nextListed;
    private int nextUnlisted;
    private int nextRead;

    /** Due time of the newest alert, or the start of the measurement, epoch ms. */
    private volatile long newestAlerted;

    /** Due time of the newest read; what would have been due later was not sent. */
    private long fedUntil;

    /**
     * @param number of the feed: those of the plan's rates come first, then those that only warm up
     * @param list its entries of the largest list size are on the topic
     */
    HotlistFeed(HotlistBench.Plan plan, int number, NationalList list) {
        this.plan = plan;
        this.number = number;
        this.list = list;
        this.nextListed = number * entriesOfOne(plan);
        this.nextUnlisted = plan.maxEntries() + nextListed;
    }

    /** Reads a second; those that warm up have the first rate. */
    private static double rate(HotlistBench.Plan plan, int number) {
        List<Double> rates = plan.readsPerSecond();
        return rates.get(number < rates.size() ? number : 0);
    }

    /**
     * @param number of the feed
     */
    static City traffic(HotlistBench.Plan plan, int number, long start) {
        int minutes = (warmSeconds(plan) + plan.steadySeconds()) / MINUTE_S + 1;
        // Neither the recording's seed nor that of another feed, because the job drops reads that
        // it has already processed.
        return RecordedCity.city(plan.seed() + 1 + number, start, minutes, rate(plan, number));
    }

    /** Number of feeds, at most. */
    static int number(HotlistBench.Plan plan) {
        return plan.readsPerSecond().size() + plan.maxWarmFeeds();
    }

    /** Number of entries that all feeds use, at the start of the list and after the listed ones. */
    static int entries(HotlistBench.Plan plan) {
        return number(plan) * entriesOfOne(plan);
    }

    private static int entriesOfOne(HotlistBench.Plan plan) {
        long seconds = warmSeconds(plan) + plan.steadySeconds();
        return (int) (seconds * MILLIS / READ_EVERY_MS + seconds * MILLIS / CHANGE_EVERY_MS) + 1;
    }

    private static int warmSeconds(HotlistBench.Plan plan) {
        return Math.min(MAX_WARM_SECONDS, plan.steadySeconds());
    }

    /**
     * Feeds, waits for the last alerts, and returns the delays. Stops if the job cannot follow.
     *
     * @param checkpoints of the job since the feed began
     */
    HotlistReport.Latency run(BenchBroker broker, Supplier<Checkpoints> checkpoints)
            throws InterruptedException {
        try (SteadyFeed feed = new SteadyFeed(broker, warmSeconds(plan))) {
            City city = traffic(plan, number, feed.startsAt());
            arches = SampleCity.arches(city.options());
            long end = feed.measuredFrom() + plan.steadySeconds() * MILLIS;
            schedule(feed.startsAt(), feed.measuredFrom(), end);
            newestAlerted = feed.measuredFrom();
            feed.readAlerts(this::onAlert);
            int next = 0;
            boolean isBehind = false;
            TopicRecord read = city.next();
            while (read.timestamp() < end && !isBehind) {
                while (next < records.size() && records.get(next).timestamp() <= read.timestamp()) {
                    feed.send(records.get(next++));
                }
                feed.send(read);
                fedUntil = read.timestamp();
                isBehind = read.timestamp() - newestAlerted > MAX_BEHIND_MS;
                read = city.next();
            }
            feed.finish(() -> measured().allMatch(micros::containsKey));
            Delays ofReads = delays(Set.of(Kind.READ));
            return new HotlistReport.Latency(
                    rate(plan, number),
                    isBehind || ofReads.max() > MAX_BEHIND_MS,
                    plan.maxEntries(),
                    plan.steadySeconds(),
                    ofReads,
                    delays(Set.of(Kind.ADDED_PAST, Kind.ADDED_NOW, Kind.REMOVED)),
                    delays(Set.of(Kind.ADDED_PAST)),
                    delays(Set.of(Kind.ADDED_NOW)),
                    delays(Set.of(Kind.REMOVED)),
                    feed.lateness(),
                    checkpoints.get());
        }
    }

    private void schedule(long start, long warm, long end) {
        for (long due = start; due < end; due += READ_EVERY_MS) {
            expect(Kind.READ, nextListed, due, due >= warm);
            pass(nextListed++, due);
        }
        int change = 0;
        for (long due = start + OPEN_FOR_MS; due < end; due += CHANGE_EVERY_MS, change++) {
            change(change % KINDS_OF_CHANGE, due, due >= warm);
        }
        records.sort(Comparator.comparingLong(TopicRecord::timestamp));
    }

    private void change(int kind, long due, boolean measured) {
        if (kind == 0) {
            pass(nextUnlisted, due - SEEN_BEFORE_MS);
            add(nextUnlisted, due);
            expect(Kind.ADDED_PAST, nextUnlisted++, due, measured);
        } else if (kind == 1) {
            pass(nextUnlisted, due);
            add(nextUnlisted, due);
            expect(Kind.ADDED_NOW, nextUnlisted++, due, measured);
        } else {
            pass(nextListed, due - OPEN_FOR_MS);
            records.add(new TopicRecord(Topics.HOTLIST, due, NationalList.id(nextListed), null));
            expect(Kind.REMOVED, nextListed++, due, measured);
        }
    }

    private void expect(Kind kind, int number, long due, boolean measured) {
        String id = NationalList.id(number);
        (kind == Kind.REMOVED ? ended : opened).put(id, new ExpectedAlert(kind, id, due, measured));
    }

    private void add(int number, long due) {
        HotlistEntry entry = list.entry(number);
        records.add(
                new TopicRecord(
                        Topics.HOTLIST, due, entry.entryId(), HotlistEntryCodec.write(entry)));
    }

    private void pass(int listed, long due) {
        HotlistEntry entry = list.entry(listed);
        Device arch = arches.get(nextRead % arches.size());
        PlateRead read =
                new PlateRead(
                        "S" + number + "-" + nextRead++,
                        arch.deviceId(),
                        1,
                        due,
                        entry.plate(),
                        CONFIDENCE,
                        List.of(),
                        entry.country(),
                        entry.state(),
                        null,
                        null,
                        entry.vehicle(),
                        null,
                        null,
                        null,
                        false);
        records.add(
                new TopicRecord(
                        Topics.PLATE_READS, due, arch.deviceId(), PlateReadCodec.write(read)));
    }

    private void onAlert(Alert alert, long now) {
        if (alert.entry() == null) {
            return;
        }
        Map<String, ExpectedAlert> expected = alert.status() == Alert.Status.ENDED ? ended : opened;
        ExpectedAlert found = expected.get(alert.entry().entryId());
        if (found != null) {
            micros.putIfAbsent(found, now - found.dueAt() * MICROS_PER_MILLI);
            newestAlerted = Math.max(newestAlerted, found.dueAt());
        }
    }

    private Stream<ExpectedAlert> measured() {
        return Stream.of(opened, ended)
                .flatMap(alerts -> alerts.values().stream())
                .filter(alert -> alert.isMeasured() && alert.dueAt() <= fedUntil);
    }

    private Delays delays(Set<Kind> kinds) {
        Delays.Recorder delays = new Delays.Recorder();
        List<ExpectedAlert> expected =
                measured().filter(alert -> kinds.contains(alert.kind())).toList();
        expected.stream().map(micros::get).filter(delay -> delay != null).forEach(delays::add);
        return delays.delays(expected.stream().filter(alert -> !micros.containsKey(alert)).count());
    }
}
