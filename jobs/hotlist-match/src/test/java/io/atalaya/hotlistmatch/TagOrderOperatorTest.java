package io.atalaya.hotlistmatch;

import io.atalaya.contracts.alert.AlertType;
import io.atalaya.contracts.hotlist.HotlistEntry;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.event.DeviceRead;
import io.atalaya.hotlistmatch.event.EnrichedTagRead;
import io.atalaya.hotlistmatch.event.HotlistChange;
import io.atalaya.hotlistmatch.harness.InterleavedGraph;
import io.atalaya.hotlistmatch.passage.PassageStory;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static io.atalaya.hotlistmatch.SharedSamples.NOON;

/**
 * Plates, tags and the list have no common order; the watermark may be far ahead of any, or stall
 * for long although more records follow. For any order, consumers end with the same alerts,
 * including clones and mismatches.
 */
class TagOrderOperatorTest {
    private static final long END = NOON + 600_000;

    /** A pause in ms after which the watermark counts as stalled. */
    private static final long LONG_PAUSE = 6_000;

    private static final int MAX_RESTARTS = 3;

    /**
     * An entry of the list.
     *
     * @param from when it arrives, ms since the start
     * @param lasts ms; null: it stays
     */
    record Listing(int plate, int from, Integer lasts) {}

    /**
     * @param again ms after which every vehicle passes the other device; null: it does not
     */
    record Town(List<Listing> list, List<PassageStory> passes, Integer again) {}

    @Provide
    Arbitrary<Town> towns() {
        Arbitrary<Listing> listings =
                Combinators.combine(
                                Arbitraries.integers().between(0, PassageStory.TEXTS.size() - 1),
                                Arbitraries.of(-1_800_000, -1_800_000, 0, 5_000, 30_000),
                                Arbitraries.of(4_000, 1_810_000).injectNull(0.7))
                        .as(Listing::new);
        return Combinators.combine(
                        listings.list().ofMinSize(1).ofMaxSize(3),
                        PassageStory.any().list().ofMinSize(1).ofMaxSize(6),
                        Arbitraries.of(5_000, 55_000).injectNull(0.5))
                .as(Town::new);
    }

    @Property(tries = 30, seed = "1")
    void whateverIsReadFirst(@ForAll("towns") Town town, @ForAll long seed) throws Exception {
        LastRevisions expected = inOrder(town);
        for (AlertType type :
                List.of(
                        AlertType.HOTLIST_MATCH,
                        AlertType.CLONED_PLATE,
                        AlertType.PLATE_TAG_MISMATCH)) {
            Statistics.label(type.wireName())
                    .collect(isAmong(expected, type))
                    .coverage(seen -> seen.check(true).count(tries -> tries > 0));
        }
        Statistics.label("covert clones")
                .collect(
                        expected.last().values().stream()
                                .anyMatch(
                                        alert ->
                                                alert.type() == AlertType.CLONED_PLATE
                                                        && alert.disclosure().isCovert()))
                .coverage(seen -> seen.check(true).count(tries -> tries > 0));
        interleaved(town, new Random(seed)).assertEndsLike(expected);
    }

    /** Processes records by arrival time, with the watermark right behind. */
    private static LastRevisions inOrder(Town town) throws Exception {
        List<Sent> all = new ArrayList<>();
        sources(town).values().forEach(all::addAll);
        all.sort(Comparator.comparingLong(Sent::arrival));
        try (InterleavedGraph graph = new InterleavedGraph(NOON)) {
            for (Sent sent : all) {
                graph.clock(sent.arrival() - 1);
                graph.deliverAll();
                sent.to(graph);
                graph.deliverAll();
                settle(graph);
            }
            return finish(graph);
        }
    }

    private static LastRevisions interleaved(Town town, Random random) throws Exception {
        Map<String, List<Sent>> sources = sources(town);
        try (InterleavedGraph graph = new InterleavedGraph(NOON)) {
            sources.values().forEach(source -> source.forEach(sent -> sent.to(graph)));
            long clock = NOON - 4_000_000;
            int slow = random.nextInt();
            int restarts = 0;
            for (List<String> busy = graph.busyEdges(); !busy.isEmpty(); busy = graph.busyEdges()) {
                int what = random.nextInt(100);
                if (what < 8) {
                    graph.pass(1 + random.nextInt(500));
                } else if (what < 9) {
                    graph.pass(LONG_PAUSE);
                } else if (what < 13) {
                    clock = Math.max(clock, NOON - 1_000 + random.nextInt(80_000));
                    if (random.nextBoolean()) {
                        graph.passageClock(clock);
                    } else {
                        graph.clock(clock);
                    }
                } else if (what < 14) {
                    // A restart takes as long as a hundred deliveries.
                    if (restarts < MAX_RESTARTS) {
                        graph.restart();
                        restarts++;
                        clock = NOON - 4_000_000;
                    }
                } else {
                    String edge = busy.get(random.nextInt(busy.size()));
                    // Each run has slow edges, so that others get far ahead of them.
                    boolean isSlow = (edge.hashCode() * 31 + slow & 3) == 0;
                    if (!isSlow || random.nextInt(30) == 0) {
                        graph.deliver(edge);
                    }
                }
            }
            return finish(graph);
        }
    }

    private static boolean isAmong(LastRevisions alerts, AlertType type) {
        return alerts.last().values().stream().anyMatch(alert -> alert.type() == type);
    }

    /** Advances time beyond any wait of the job. */
    private static void settle(InterleavedGraph graph) throws Exception {
        for (int i = 0; i < 4; i++) {
            graph.pass(150);
            graph.deliverAll();
        }
    }

    private static LastRevisions finish(InterleavedGraph graph) throws Exception {
        graph.deliverAll();
        settle(graph);
        for (int i = 0; i < 6; i++) {
            graph.pass(2_000);
            graph.deliverAll();
        }
        graph.watermark(END);
        // A tag, then a clone, then its alert are each emitted only after a wait.
        for (int i = 0; i < 12; i++) {
            graph.pass(2_000);
            graph.deliverAll();
        }
        // Excludes convoys, because the devices that they are compared with still differ between
        // runs.
        return LastRevisions.of(
                graph.alerts().stream().filter(alert -> alert.type() != AlertType.CONVOY).toList());
    }

    private interface Delivery {
        void to(InterleavedGraph graph);
    }

    private record Sent(long arrival, Delivery delivery) {
        void to(InterleavedGraph graph) {
            delivery.to(graph);
        }
    }

    /** The records of each partition, in order. */
    private static Map<String, List<Sent>> sources(Town town) {
        Map<String, List<Sent>> sources = new LinkedHashMap<>();
        List<Sent> devices = sources.computeIfAbsent("devices", name -> new ArrayList<>());
        for (int i = 0; i < PassageStory.DEVICES.size(); i++) {
            String device = PassageStory.DEVICES.get(i);
            // So far apart that no vehicle can be at both.
            DeviceChange change =
                    new DeviceChange(
                            device,
                            TestRecords.arch(device, "TOLUCA", 19.25 + 0.2 * i),
                            NOON - 7_200_000);
            devices.add(new Sent(change.arrivalTime(), graph -> graph.send(change)));
        }
        List<Sent> list = sources.computeIfAbsent("list", name -> new ArrayList<>());
        for (int i = 0; i < town.list().size(); i++) {
            Listing listing = town.list().get(i);
            HotlistEntry entry =
                    TestRecords.entry("E" + i, PassageStory.TEXTS.get(listing.plate()));
            add(
                    list,
                    new HotlistChange(
                            entry.entryId(), entry, NOON + listing.from(), RecordPosition.UNKNOWN));
            if (listing.lasts() != null) {
                add(
                        list,
                        new HotlistChange(
                                entry.entryId(),
                                null,
                                NOON + listing.from() + listing.lasts(),
                                RecordPosition.UNKNOWN));
            }
        }
        // A covert entry knows the first vehicle by its tag alone, so its alerts are restricted.
        HotlistEntry covert = TestRecords.covertTag("SECRET", "REP-0");
        add(
                list,
                new HotlistChange(
                        covert.entryId(), covert, NOON - 1_800_000, RecordPosition.UNKNOWN));
        for (int i = 0; i < town.passes().size(); i++) {
            PassageStory pass = town.passes().get(i);
            List<DeviceRead> messages = new ArrayList<>(pass.messages("-" + i));
            if (town.again() != null) {
                messages.addAll(pass.atTheOtherArch(town.again()).messages("-" + i + "-again"));
            }
            for (DeviceRead message : messages) {
                String topic = message instanceof EnrichedTagRead ? "tags of " : "plates of ";
                sources.computeIfAbsent(topic + message.deviceId(), name -> new ArrayList<>())
                        .add(new Sent(message.arrivalTime(), graph -> graph.send(message)));
            }
        }
        sources.values().forEach(source -> source.sort(Comparator.comparingLong(Sent::arrival)));
        return sources;
    }

    private static void add(List<Sent> list, HotlistChange change) {
        list.add(new Sent(change.arrivalTime(), graph -> graph.send(change)));
    }
}
