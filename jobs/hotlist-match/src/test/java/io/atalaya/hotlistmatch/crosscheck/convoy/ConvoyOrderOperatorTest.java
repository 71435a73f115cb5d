package io.atalaya.hotlistmatch.crosscheck.convoy;

import io.atalaya.contracts.alert.Alert;
import io.atalaya.contracts.topic.RecordPosition;
import io.atalaya.flink.device.DeviceChange;
import io.atalaya.hotlistmatch.LastRevisions;
import io.atalaya.hotlistmatch.TestRecords;
import io.atalaya.hotlistmatch.crosscheck.CrossCheckFinding;
import io.atalaya.hotlistmatch.event.CovertVersion;
import io.atalaya.hotlistmatch.event.DeviceVehicleRead;
import io.atalaya.hotlistmatch.event.ListedPassage;
import io.atalaya.hotlistmatch.event.ReferenceUpdate;
import io.atalaya.hotlistmatch.event.VehicleRead;
import io.atalaya.hotlistmatch.harness.Operators;
import io.atalaya.testutils.Backend;
import io.atalaya.testutils.Subtask;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.COMPANION;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.NOON;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.RULES;
import static io.atalaya.hotlistmatch.crosscheck.convoy.Drive.at;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A consumer that keeps each alert's highest revision ends with the same convoys, whatever the
 * interleaving of the edges, which are FIFO each, whatever is delivered twice, wherever the
 * operators restart, and however far the watermark runs ahead.
 */
class ConvoyOrderOperatorTest {
    private static final List<String> PLATES = List.of(COMPANION, "PUF719T", "MFR5710");
    private static final int DEVICES = 5;

    /** What arrives on the edges into the operators, in order on each edge. */
    private record Edges(
            List<List<DeviceVehicleRead>> vehicleReads,
            List<List<ListedPassage>> listed,
            List<ReferenceUpdate> references) {}

    @Property(tries = 300)
    void whateverComesFirst(@ForAll long seed) throws Exception {
        Edges edges = edges(new Random(seed));
        LastRevisions expected = run(edges, null);
        Statistics.label("convoys")
                .collect(
                        expected.last().values().stream()
                                .anyMatch(each -> each.status() != Alert.Status.CANCELLED))
                .coverage(seen -> seen.check(true).percentage(share -> share > 20));
        run(edges, new Random(seed + 1)).assertEndsLike(expected);
    }

    /** A recovered job does not know the messages that it sent after its checkpoint. */
    @Property(tries = 300)
    void aRecoveryLeavesTheSameContents(@ForAll long seed) throws Exception {
        Edges edges = edges(new Random(seed));
        LastRevisions expected = run(edges, null);
        Random random = new Random(seed + 1);
        try (Chain chain = new Chain()) {
            chain.failing(edges, random);
            List<Alert> sent = chain.finish();
            Map<String, Alert> lastSent = new TreeMap<>();
            sent.forEach(alert -> lastSent.put(alert.alertId(), alert));
            LastRevisions kept = LastRevisions.of(sent);
            assertThat(kept.last()).isEqualTo(lastSent);
            Map<String, String> held = kept.said();
            expected.last().values().stream()
                    .filter(alert -> alert.status() != Alert.Status.CANCELLED)
                    .forEach(
                            alert ->
                                    assertThat(held.get(alert.alertId()))
                                            .isEqualTo(LastRevisions.said(alert)));
        }
    }

    private static Edges edges(Random random) {
        List<List<DeviceVehicleRead>> vehicleReads = new ArrayList<>();
        List<List<ListedPassage>> listed = new ArrayList<>();
        List<ReferenceUpdate> references = new ArrayList<>();
        for (int i = 0; i < DEVICES; i++) {
            String device = Drive.name(i);
            List<VehicleRead> reads = new ArrayList<>();
            for (String plate : PLATES) {
                if (random.nextInt(5) > 0) {
                    double second = 240.0 * i + random.nextInt(30);
                    int late = random.nextInt(5) == 0 ? random.nextInt(300) : 0;
                    VehicleRead vehicleRead =
                            Drive.vehicleRead(device, plate, second, second + late);
                    reads.add(vehicleRead);
                    if (random.nextInt(8) == 0) {
                        reads.add(Drive.end(vehicleRead, second + late + 1 + random.nextInt(200)));
                    }
                }
            }
            reads.sort(Comparator.comparingLong(VehicleRead::causedAt));
            vehicleReads.add(
                    reads.stream()
                            .map(
                                    vehicleRead ->
                                            new DeviceVehicleRead(
                                                    device, vehicleRead, RecordPosition.UNKNOWN))
                            .toList());
            listed.add(emissions(Drive.neighbourhood(i), random));
            if (random.nextBoolean()) {
                references.add(
                        new ReferenceUpdate.DeviceChanged(
                                new DeviceChange(
                                        device,
                                        TestRecords.arch(device, "TOLUCA"),
                                        NOON - 3_600_000)));
            }
        }
        if (random.nextInt(3) == 0) {
            references.add(
                    new ReferenceUpdate.CovertEntryChanged(
                            new CovertVersion(
                                    TestRecords.covert("SECRET", COMPANION),
                                    at(random.nextInt(900)),
                                    CovertVersion.IN_FORCE,
                                    RecordPosition.UNKNOWN)));
        }
        return new Edges(vehicleReads, listed, references);
    }

    private static List<ListedPassage> emissions(ListedPassage passage, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> List.of(Drive.byItsTag(passage, 1_000 * random.nextInt(-20, 20)), passage);
            case 1 -> List.of(passage, Drive.inactive(passage));
            case 2 -> List.of(passage, Drive.inactive(passage), passage);
            case 3 -> List.of(passage, passage.retracted());
            case 4 -> List.of(passage, passage);
            default -> List.of(passage);
        };
    }

    /**
     * @param random decides the order; null: by arrival, with the watermark right behind
     */
    private static LastRevisions run(Edges edges, Random random) throws Exception {
        try (Chain shared = new Chain()) {
            if (random == null) {
                shared.inOrder(edges);
            } else {
                shared.anyhow(edges, random);
            }
            return LastRevisions.of(shared.finish());
        }
    }

    /** The three operators from the reads to the alerts, one subtask each. */
    private static final class Chain implements AutoCloseable {
        private final Subtask<DeviceVehicleRead, ListedPassage, ConvoyEvent> proximity =
                Subtask.start(Operators.company(RULES), Backend.HEAP, NOON);
        private final Subtask<ConvoyEvent, Void, CrossCheckFinding> convoys =
                Subtask.start(Operators.convoys(RULES), Backend.HEAP, NOON);
        private final Subtask<CrossCheckFinding, ReferenceUpdate, Alert> alerts =
                Subtask.start(Operators.crossCheckFinding(), Backend.HEAP, NOON);
        private final Deque<ConvoyEvent> events = new ArrayDeque<>();
        private final Deque<CrossCheckFinding> findings = new ArrayDeque<>();
        private final List<Alert> sent = new ArrayList<>();

        private boolean isFailing;

        Chain() throws Exception {}

        void inOrder(Edges edges) throws Exception {
            for (ReferenceUpdate reference : edges.references()) {
                alerts.second(reference);
            }
            List<Object> all = new ArrayList<>();
            edges.listed().forEach(all::addAll);
            edges.vehicleReads().forEach(all::addAll);
            all.sort(Comparator.comparingLong(Chain::arrival));
            for (Object each : all) {
                watermark(arrival(each) - 1);
                send(each);
            }
        }

        private static long arrival(Object each) {
            return each instanceof ListedPassage passage
                    ? passage.releaseAt()
                    : ((DeviceVehicleRead) each).vehicleRead().causedAt();
        }

        void anyhow(Edges edges, Random random) throws Exception {
            anyhow(open(edges), random, 0);
        }

        private static List<Deque<Object>> open(Edges edges) {
            List<Deque<Object>> open = new ArrayList<>();
            edges.vehicleReads().forEach(each -> open.add(new ArrayDeque<>(each)));
            edges.listed().forEach(each -> open.add(new ArrayDeque<>(each)));
            open.add(new ArrayDeque<>(edges.references()));
            open.removeIf(Deque::isEmpty);
            return open;
        }

        /** A checkpoint, more work whose state is lost, and all of it again in another order. */
        void failing(Edges edges, Random random) throws Exception {
            List<Deque<Object>> open = open(edges);
            int all = open.stream().mapToInt(Deque::size).sum();
            anyhow(open, random, random.nextInt(all + 1));
            for (int i = 0; i < 3; i++) {
                deliverEvents(Integer.MAX_VALUE);
                deliverFindings(Integer.MAX_VALUE);
            }
            List<Deque<Object>> again = open.stream().<Deque<Object>>map(ArrayDeque::new).toList();
            int left = open.stream().mapToInt(Deque::size).sum();
            isFailing = true;
            proximity.restartFromBefore(
                    () ->
                            convoys.restartFromBefore(
                                    () ->
                                            alerts.restartFromBefore(
                                                    () -> {
                                                        anyhow(
                                                                open,
                                                                random,
                                                                random.nextInt(left + 1));
                                                        alerts.now(at(3_000));
                                                        takeAll();
                                                    })));
            isFailing = false;
            events.clear();
            findings.clear();
            anyhow(new ArrayList<>(again), random, 0);
        }

        private void anyhow(List<Deque<Object>> open, Random random, int remaining)
                throws Exception {
            long watermark = Long.MIN_VALUE;
            while (open.stream().mapToInt(Deque::size).sum() > remaining) {
                int what = random.nextInt(12);
                if (what == 0) {
                    watermark = Math.max(watermark, at(random.nextInt(1_400)));
                    proximity.watermark(watermark);
                } else if (what == 1 && watermark > Long.MIN_VALUE) {
                    convoys.watermark(watermark);
                } else if (what == 2) {
                    pass(random.nextInt(6_000));
                } else if (what == 3) {
                    deliverEvents(random.nextInt(20));
                } else if (what == 4) {
                    deliverFindings(random.nextInt(5));
                } else if (what == 5 && !isFailing && random.nextInt(4) == 0) {
                    takeAll();
                    restartOneOf(random.nextInt(3));
                } else {
                    Deque<Object> edge = open.get(random.nextInt(open.size()));
                    send(edge.poll());
                    open.removeIf(Deque::isEmpty);
                }
            }
        }

        private void restartOneOf(int operator) throws Exception {
            switch (operator) {
                case 0 -> proximity.restart();
                case 1 -> convoys.restart();
                default -> alerts.restart();
            }
        }

        private void send(Object each) throws Exception {
            if (each instanceof DeviceVehicleRead vehicleRead) {
                proximity.first(vehicleRead);
            } else if (each instanceof ListedPassage passage) {
                proximity.second(passage);
            } else {
                alerts.second((ReferenceUpdate) each);
            }
        }

        private void watermark(long time) throws Exception {
            proximity.watermark(time);
            deliverEvents(Integer.MAX_VALUE);
            convoys.watermark(time);
            deliverFindings(Integer.MAX_VALUE);
        }

        private void pass(long ms) throws Exception {
            proximity.now(proximity.now() + ms);
            convoys.now(convoys.now() + ms);
            alerts.now(alerts.now() + ms);
        }

        private void takeAll() {
            events.addAll(proximity.drain());
            findings.addAll(convoys.drain());
            sent.addAll(alerts.drain());
        }

        private void deliverEvents(int max) throws Exception {
            takeAll();
            for (int i = 0; i < max && !events.isEmpty(); i++) {
                convoys.first(events.poll());
            }
        }

        private void deliverFindings(int max) throws Exception {
            takeAll();
            for (int i = 0; i < max && !findings.isEmpty(); i++) {
                alerts.first(findings.poll());
            }
        }

        List<Alert> finish() throws Exception {
            for (int i = 0; i < 4; i++) {
                watermark(at(2_000 + i));
                pass(10_000);
            }
            takeAll();
            return sent;
        }

        @Override
        public void close() {
            proximity.close();
            convoys.close();
            alerts.close();
        }
    }
}
